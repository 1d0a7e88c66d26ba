import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client, InMemoryTransport } from "@modelcontextprotocol/client";
import { headers, routes } from "@waggle/contract";
import { expect, onTestFinished, test } from "vitest";
import * as z from "zod/mini";
import { openDoor } from "../mcp/mcp-door.test.support.ts";
import { defineServerTool, type ToolCaller } from "../mcp/server-tool.ts";
import { createServer, type WaggleServer } from "../server.ts";
import { StdioBridge } from "./stdio-bridge.ts";

const eras = ["2025", "2026"] as const;

interface Bridged {
  readonly era: (typeof eras)[number];
  readonly url: URL;
  readonly key: string;
  readonly templateId: string;
}

/** A client behind a bridge of this process. `left` resolves when the bridge is done. */
async function connect({ era, url, key, templateId }: Bridged) {
  const [near, far] = InMemoryTransport.createLinkedPair();
  const bridge = new StdioBridge({
    upstream: { url, headers: { authorization: `Bearer ${key}`, [headers.templateId]: templateId } },
    transport: far,
    complain: () => undefined,
  });
  const left = bridge.run();
  const mode = era === "2026" ? { pin: "2026-07-28" } : "legacy";
  const client = new Client({ name: "scout", version: "1.0.0" }, { versionNegotiation: { mode } });
  onTestFinished(async () => {
    await client.close();
    await left;
  });
  await client.connect(near);
  return { client, left };
}

const readAll = { name: "beefree_get_content_hierarchy", arguments: {} };
const addSection = { name: "beefree_add_section", arguments: { columns: [12] } };

test.each(eras)("[STDIO-2] calls of a %s client go on after the server was started anew", async (era) => {
  const dataFolder = await mkdtemp(join(tmpdir(), "waggle-bridge-"));
  onTestFinished(() => rm(dataFolder, { recursive: true, force: true }));
  const start = async (port: number): Promise<WaggleServer> => {
    const server = await createServer({ port, dataFolder, logLevel: "silent" });
    onTestFinished(() => server.close());
    await server.listen();
    return server;
  };
  const first = await start(0);
  const { templateId } = await first.createTemplate();
  const url = new URL(routes.mcp, first.address);
  const { client } = await connect({ era, url, key: first.apiKey, templateId });
  await client.callTool(addSection);
  await first.close();
  await expect(client.callTool(readAll)).rejects.toThrow(/does not answer\. Is it running\?/);
  await start(Number(url.port));
  const answers = await Promise.all([client.callTool(readAll), client.callTool(readAll)]);
  for (const { structuredContent } of answers) expect(structuredContent).toMatchObject({ sections: [{}] });
});

test("[STDIO-2] a client that does not wait for the session is answered all the same", async () => {
  const door = await openDoor();
  const [near, far] = InMemoryTransport.createLinkedPair();
  const complaints: string[] = [];
  const templateId = await door.createTemplate();
  const bridge = new StdioBridge({
    upstream: { url: door.url, headers: { authorization: "Bearer key-1", [headers.templateId]: templateId } },
    transport: far,
    complain: (sentence) => complaints.push(sentence),
  });
  const left = bridge.run();
  const ids: unknown[] = [];
  near.onmessage = (message) => ids.push("id" in message ? message.id : message);
  await near.start();
  const params = { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "scout", version: "1" } };
  void near.send({ jsonrpc: "2.0", id: 1, method: "initialize", params });
  void near.send({ jsonrpc: "2.0", method: "notifications/initialized" });
  void near.send({ jsonrpc: "2.0", id: 2, method: "tools/call", params: addSection });
  await expect.poll(() => ids).toEqual([1, 2]);
  await near.close();
  await left;
  expect(complaints).toEqual([]);
});

test.each(eras)("[STDIO-5] a %s client that closes its side has left", async (era) => {
  const door = await openDoor();
  const templateId = await door.createTemplate();
  const { client, left } = await connect({ era, url: door.url, key: "key-1", templateId });
  await client.callTool(addSection);
  expect(door.people(templateId)).toEqual(["Scout"]);
  await client.close();
  await left;
  expect(door.people(templateId)).toEqual([]);
});

test.each(eras)("[STDIO-6] progress comes through, and so does giving a call up (%s)", async (era) => {
  const given = Promise.withResolvers<void>();
  const run = async ({ progress, signal }: ToolCaller): Promise<Record<string, never>> => {
    signal.addEventListener("abort", () => given.resolve(), { once: true });
    progress(1, 2);
    await given.promise;
    return {};
  };
  const long = defineServerTool({
    name: "take_long",
    title: "Take long",
    description: "Takes long.",
    kind: "read",
    destructive: false,
    idempotent: true,
    input: z.object({}),
    output: z.object({}),
    errors: [],
    examples: [],
    run,
  });
  const door = await openDoor({ catalogue: [long] });
  const { client } = await connect({ era, url: door.url, key: "key-1", templateId: await door.createTemplate() });
  const controller = new AbortController();
  const onprogress = (): void => controller.abort();
  const call = client.callTool({ name: "beefree_take_long", arguments: {} }, { signal: controller.signal, onprogress });
  await expect(call).rejects.toThrow();
  await given.promise;
  expect((await client.listTools()).tools).toHaveLength(1);
});
