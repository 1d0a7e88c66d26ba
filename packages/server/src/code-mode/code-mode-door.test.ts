import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { headers, routes } from "@waggle/contract";
import { expect, onTestFinished, test } from "vitest";
import { createServer } from "../server.ts";

test("[CODE-12] the server has code mode at its own address, with the key, the templates and the rooms of the tools", async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), "waggle-code-mode-"));
  const server = await createServer({ port: 0, dataFolder, logLevel: "silent" });
  onTestFinished(async () => {
    await server.close();
    await rm(dataFolder, { recursive: true });
  });
  const address = await server.listen();
  const { templateId } = await server.createTemplate();
  const connect = async (path: string): Promise<Client> => {
    const client = new Client({ name: "scout", version: "1.0.0" });
    const requestInit = {
      headers: { authorization: `Bearer ${server.apiKey}`, [headers.templateId]: templateId },
    };
    await client.connect(new StreamableHTTPClientTransport(new URL(path, address), { requestInit }));
    onTestFinished(() => client.close());
    return client;
  };
  expect((await fetch(new URL(routes.codeMode, address), { method: "POST", body: "{}" })).status).toBe(401);
  const scripts = await connect(routes.codeMode);
  const script = 'bee.addTitle({ section: bee.addSection({ columns: [12] }).elementId, text: "By script" });';
  expect(await scripts.callTool({ name: "beefree_execute", arguments: { script } })).toMatchObject({
    structuredContent: { calls: 2, changedElements: 3 },
  });
  const tools = await connect(routes.mcp);
  const { structuredContent } = await tools.callTool({ name: "beefree_get_content_hierarchy", arguments: {} });
  expect(JSON.stringify(structuredContent)).toContain("By script");
});
