import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { headers, routes } from "@waggle/contract";
import { onTestFinished } from "vitest";
import { createServer, type ServerOptions, type WaggleApp } from "../server.ts";

/** An agent at a whole server of its own. */
export interface ToolAgent {
  readonly address: string;
  readonly client: Client;
  /** Calls a tool by its name without prefix. */
  call(tool: string, input?: Record<string, unknown>): ReturnType<Client["callTool"]>;
  /** Ends the server. Done after the test in any case. */
  close(): Promise<void>;
}

/** A server on a free port with a template, and an MCP client that is connected to it. */
export async function openToolAgent(options: ServerOptions & { readonly template?: unknown } = {}): Promise<ToolAgent> {
  const { template, ...config } = options;
  const dataFolder = await mkdtemp(join(tmpdir(), "waggle-tools-"));
  let app: WaggleApp | undefined;
  const server = await createServer({
    port: 0,
    dataFolder,
    logLevel: "silent",
    ...config,
    extend: (web) => {
      app = web;
    },
  });
  const client = new Client({ name: "scout", version: "1.0.0" });
  onTestFinished(async () => {
    await client.close();
    await server.close();
    await rm(dataFolder, { recursive: true });
  });
  await server.listen();
  // Where it listens, also when it calls itself something else.
  const bound = app?.server.address();
  const address = `http://127.0.0.1:${typeof bound === "object" ? bound?.port : 0}`;
  const { templateId } = await server.createTemplate(template === undefined ? {} : { template });
  const transport = new StreamableHTTPClientTransport(new URL(routes.mcp, address), {
    requestInit: { headers: { authorization: `Bearer ${server.apiKey}`, [headers.templateId]: templateId } },
  });
  await client.connect(transport);
  return {
    address,
    client,
    call: (tool, input = {}) => client.callTool({ name: `beefree_${tool}`, arguments: input }),
    close: () => server.close(),
  };
}
