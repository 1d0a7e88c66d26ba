import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { createServer, type WaggleServer } from "@waggle/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WaggleClient } from "../agent/waggle-client.ts";
import { buildEditByEdit, findPictures, toScript } from "./build.ts";
import { emails } from "./emails.ts";

let server: WaggleServer;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "waggle-emails-"));
  server = await createServer({ port: 0, dataFolder: folder });
  await server.listen();
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

async function connect(): Promise<{ client: WaggleClient; templateId: string }> {
  const { templateId } = await server.createTemplate();
  const url = new URL("/v2/sdk/mcp", server.address);
  const client = new WaggleClient({
    url,
    template: templateId,
    key: server.apiKey,
    era: "2025",
    name: "builder",
    handle: undefined,
  });
  await client.connect();
  return { client, templateId };
}

async function runScript(templateId: string, script: string): Promise<Readonly<Record<string, unknown>>> {
  const headers = { authorization: `Bearer ${server.apiKey}`, "x-bee-template-id": templateId };
  const client = new Client({ name: "builder", version: "1" }, { versionNegotiation: { mode: { pin: "2026-07-28" } } });
  await client.connect(
    new StreamableHTTPClientTransport(new URL("/v2/sdk/mcp/codemode", server.address), { requestInit: { headers } }),
  );
  const { tools } = await client.listTools();
  const answer = await client.callTool({ name: tools[0]?.name ?? "", arguments: { script } });
  await client.close();
  expect(answer.isError, JSON.stringify(answer.content)).toBeFalsy();
  return answer.structuredContent as Readonly<Record<string, unknown>>;
}

/** The template without what is made anew each time. */
async function readTemplate(templateId: string): Promise<unknown> {
  const response = await fetch(`${server.address}/v2/sdk/mcp/template/${templateId}`, {
    headers: { authorization: `Bearer ${server.apiKey}` },
  });
  const text = await response.text();
  return JSON.parse(text, (key, value: unknown) => (key === "uuid" || key === "id" ? "" : value));
}

describe.each(emails)("$name", (email) => {
  test("made edit by edit, as one batch and as one script, it is the same e-mail, and nothing is to be found wrong", async () => {
    const { client, templateId } = await connect();
    const edits = email.edits(await findPictures(client, email));
    await buildEditByEdit(client, edits);
    const checked = await client.call("check_template");
    await client.leave();

    const batch = await connect();
    await batch.client.call("apply_edits", { edits });
    await batch.client.leave();
    const { templateId: scripted } = await server.createTemplate();
    const reply = await runScript(scripted, toScript(edits));

    const made = await readTemplate(templateId);
    expect(await readTemplate(batch.templateId)).toEqual(made);
    expect(await readTemplate(scripted)).toEqual(made);
    expect(made).toHaveProperty("page.rows.length", edits.filter(({ tool }) => tool === "add_section").length);
    expect(checked).toMatchObject({ warnings: 0, suggestions: 0 });
    expect(reply.calls).toBe(edits.length);
    expect(reply.check ?? []).toEqual([]);
  });
});
