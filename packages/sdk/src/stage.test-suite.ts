import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import type { McpSessionEvent } from "@waggle/contract";
import { createServer, type ServerOptions, type WaggleServer } from "@waggle/server";
import type { Json } from "@waggle/template";
import { createBee } from "./bee.ts";
import type { Bee, BeeConfig, TokenGrant } from "./bee-types.ts";

/** A bee and everything its host heard of. */
export interface Guest {
  readonly bee: Bee;
  readonly heard: McpSessionEvent[];
}

/** A real server on a free port with its data in a folder of its own, and everyone who comes to it. */
export class Stage {
  readonly #folder: string;
  readonly #options: ServerOptions;
  readonly #leavings: (() => unknown)[] = [];
  #server: WaggleServer;

  private constructor(folder: string, options: ServerOptions, server: WaggleServer) {
    this.#folder = folder;
    this.#options = options;
    this.#server = server;
  }

  static async open(options: ServerOptions = {}): Promise<Stage> {
    const folder = await mkdtemp(join(tmpdir(), "waggle-sdk-"));
    const complete: ServerOptions = { port: 0, logLevel: "error", dataFolder: join(folder, "data"), ...options };
    const server = await createServer(complete);
    await server.listen();
    return new Stage(folder, complete, server);
  }

  get server(): WaggleServer {
    return this.#server;
  }

  get address(): string {
    return this.#server.address;
  }

  /** The same port and the same data, another process as far as anyone can tell. */
  async restart({ whileClosed }: { whileClosed?: (databaseFile: string) => void } = {}): Promise<void> {
    const port = Number(new URL(this.address).port);
    await this.#server.close();
    whileClosed?.(join(this.#folder, "data", "waggle.db"));
    this.#server = await createServer({ ...this.#options, port });
    await this.#server.listen();
  }

  /** A token object of /loginV2, as a host's backend passes it on. */
  async login(uid = "ann"): Promise<TokenGrant> {
    const { clientId, clientSecret } = this.#server;
    const response = await fetch(`${this.address}/loginV2`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ client_id: clientId, client_secret: clientSecret, uid }),
    });
    return response.json();
  }

  guest(config: Partial<BeeConfig> = {}): Guest {
    const heard: McpSessionEvent[] = [];
    const bee = createBee({
      server: this.address,
      token: () => this.login(config.userHandle),
      username: "Ann",
      userColor: "#7747ff",
      onMcpSessionChange: (event) => heard.push(event),
      ...config,
    });
    this.#leavings.push(() => bee.destroy());
    return { bee, heard };
  }

  /** An MCP client that works on a template, by another way to the server if one is given. */
  async agent(templateId: string, name = "Scout", address = this.address): Promise<Agent> {
    const agent = await Agent.connect({ address, apiKey: this.#server.apiKey, templateId, name });
    this.#leavings.push(() => agent.close());
    return agent;
  }

  /** The template as the server has it. */
  async exported(templateId: string): Promise<Json> {
    const headers = { authorization: `Bearer ${this.#server.apiKey}` };
    const response = await fetch(`${this.address}/v2/sdk/mcp/template/${templateId}`, { headers });
    return response.json();
  }

  async close(): Promise<void> {
    for (const leave of this.#leavings.reverse()) await leave();
    await this.#server.close();
    await rm(this.#folder, { recursive: true });
  }
}

export interface AgentAddress {
  readonly address: string;
  readonly apiKey: string;
  readonly templateId: string;
  readonly name: string;
}

/** One MCP client. */
export class Agent {
  readonly #client: Client;
  readonly #transport: StreamableHTTPClientTransport;

  private constructor(client: Client, transport: StreamableHTTPClientTransport) {
    this.#client = client;
    this.#transport = transport;
  }

  static async connect({ address, apiKey, templateId, name }: AgentAddress): Promise<Agent> {
    const client = new Client({ name, version: "1.0.0" });
    const headers = { authorization: `Bearer ${apiKey}`, "x-bee-template-id": templateId };
    const transport = new StreamableHTTPClientTransport(new URL(`${address}/v2/sdk/mcp`), {
      requestInit: { headers },
    });
    await client.connect(transport);
    return new Agent(client, transport);
  }

  /** Calls a tool by its name without the prefix. Rejects with the tool's own message when it fails. */
  async call(name: string, args: Record<string, unknown>): Promise<unknown> {
    const result = await this.#client.callTool({ name: `beefree_${name}`, arguments: args }, { timeout: 3000 });
    if (result.isError) throw new Error(JSON.stringify(result.content));
    return result.structuredContent;
  }

  /** Says goodbye, which takes the agent out of the room. */
  async leave(): Promise<void> {
    await this.#transport.terminateSession();
  }

  async close(): Promise<void> {
    // The server may have forgotten the agent, for example in a restart.
    await this.leave().catch(() => undefined);
    await this.#client.close();
  }
}

/** Resolves when the condition holds; rejects with `what` when it does not in time. */
export async function until(condition: () => boolean, what: string, waitMs = 10_000): Promise<void> {
  const end = performance.now() + waitMs;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`Waited in vain until ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
