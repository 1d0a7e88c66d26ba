import { spawn } from "node:child_process";
import { join } from "node:path";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { type RealServer, startRealServer } from "./real-server.ts";

const modules = join(import.meta.dirname, "..", "node_modules");
const inspector = join(modules, "@modelcontextprotocol/inspector/clients/launcher/build/index.js");
const remote = join(modules, "mcp-remote/dist/proxy.js");
const eras = ["legacy", "modern"] as const;
const patience = 60_000;

let server: RealServer;
beforeAll(async () => {
  server = await startRealServer();
}, patience);
afterAll(() => server.stop());

interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly complaint: string;
}

/** The Inspector's command line against the real endpoint. */
function inspect(era: (typeof eras)[number], ...args: readonly string[]): Promise<Ended> {
  const headers = Object.entries(server.headers).flatMap(([name, value]) => ["--header", `${name}: ${value}`]);
  const fixed = ["--cli", server.url.href, "--transport", "http", "--protocol-era", era, "--format", "json"];
  const child = spawn(process.execPath, [inspector, ...fixed, ...args, ...headers], {
    env: { PATH: process.env.PATH, HOME: server.folder, MCP_CATALOG_PATH: join(server.folder, "catalog.json") },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [output, complaint] = ["", ""];
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  child.stderr.on("data", (chunk) => {
    complaint += chunk;
  });
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, output, complaint })));
}

test.each(eras)("the Inspector finds no fault in the tools' schemas (%s era)", { timeout: patience }, async (era) => {
  const { code, output, complaint } = await inspect(era, "--method", "tools/list", "--strict");
  // Warnings are about style; errors are what a client may stumble over.
  expect(complaint).not.toMatch(/^Error/m);
  expect(code).toBe(0);
  const { result } = JSON.parse(output);
  expect(result.tools.length).toBeGreaterThanOrEqual(20);
});

test.each(eras)("the Inspector calls tools that write and read (%s era)", { timeout: patience }, async (era) => {
  const input = JSON.stringify({ columns: [6, 6] });
  const added = await inspect(
    era,
    "--method",
    "tools/call",
    "--tool-name",
    "beefree_add_section",
    "--tool-args-json",
    input,
  );
  expect([added.code, added.complaint]).toEqual([0, ""]);
  const read = await inspect(era, "--method", "tools/call", "--tool-name", "beefree_get_content_hierarchy");
  expect(read.code).toBe(0);
  expect(read.output).toContain(elementIdIn(added.output));
  const failed = await inspect(
    era,
    "--method",
    "tools/call",
    "--tool-name",
    "beefree_delete_element",
    "--tool-arg",
    "elementId=nobody",
  );
  expect(failed.output).toContain("ELEMENT_NOT_FOUND");
});

test("mcp-remote carries a client on standard input to the real endpoint", { timeout: patience }, async () => {
  const headers = Object.entries(server.headers).flatMap(([name, value]) => ["--header", `${name}:${value}`]);
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [remote, server.url.href, "--allow-http", "--transport", "http-only", ...headers],
    env: { PATH: process.env.PATH ?? "", HOME: server.folder, MCP_REMOTE_CONFIG_DIR: server.folder },
    stderr: "ignore",
  });
  const client = new Client({ name: "scout", version: "1.0.0" });
  onTestFinished(() => client.close());
  await client.connect(transport);
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toContain("beefree_add_section");
  const added = await client.callTool({ name: "beefree_add_section", arguments: { columns: [12] } });
  expect(added.isError).toBeFalsy();
  const read = await client.callTool({ name: "beefree_get_content_hierarchy", arguments: {} });
  expect(JSON.stringify(read.structuredContent)).toContain(elementIdIn(JSON.stringify(added.structuredContent)));
});

function elementIdIn(text: string): string {
  const elementId = /"elementId":\s*"([^"]+)"/.exec(text)?.[1];
  if (!elementId) throw new Error(`No elementId in ${text}`);
  return elementId;
}
