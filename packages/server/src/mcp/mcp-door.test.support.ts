import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { headers, lifetimes, routes, WaggleError } from "@waggle/contract";
import { operations } from "@waggle/operations";
import type { Json } from "@waggle/template";
import { FakeClock } from "@waggle/testing";
import { onTestFinished } from "vitest";
import type { DoorGuard } from "../http/ports.ts";
import type { Policy } from "../policy/policy.ts";
import { RoomRegistry } from "../rooms/room-registry.ts";
import { TemplateSessions } from "../sessions/template-sessions.ts";
import { openSqlite } from "../storage/sqlite/open-sqlite.ts";
import { AgentLeases } from "./agent-leases.ts";
import { agentTools } from "./agent-tools.ts";
import { createMcpEndpoint, type McpEndpointOptions } from "./endpoint.ts";
import type { AgentKey } from "./ports.ts";
import { answerRetiredMcp } from "./retired.ts";
import type { Tool } from "./tools.ts";

const keys: Readonly<Record<string, AgentKey>> = {
  "Bearer key-1": { keyId: "key-1", clientId: "client-1" },
  "Bearer key-2": { keyId: "key-2", clientId: "client-2" },
};

/** The log of a test: what was reported as an error. */
class ErrorList {
  readonly errors: object[] = [];
  debug(): void {}
  info(): void {}
  warn(): void {}
  error(facts: object): void {
    this.errors.push(facts);
  }
}

export interface McpDoor {
  readonly url: URL;
  /** Another door to the same rooms, for the same agents. */
  readonly otherUrl: URL;
  readonly clock: FakeClock;
  readonly log: ErrorList;
  readonly registry: RoomRegistry;
  /** Makes a template of client-1 and answers with its id. */
  createTemplate(page?: Json, policy?: Policy): Promise<string>;
  /** Names of those who are in the room of a template. */
  people(templateId: string): readonly string[];
  /** Requests that have reached the door. */
  readonly requests: number;
  /** Closes the door while its server still listens. */
  close(): Promise<void>;
  /** Texts and structure as they are in the room. */
  exported(templateId: string): Promise<Json>;
}

export interface McpDoorOptions {
  readonly guard?: DoorGuard;
  readonly sessionsPerKey?: number;
  /** Default: everything an agent can call. */
  readonly catalogue?: readonly Tool[];
  /** Of key-1. */
  readonly policy?: Policy;
  /** Default: `beefree_`. */
  readonly prefix?: string;
}

/** The MCP door on a real port, with real rooms on a real database in a folder of its own, and a clock that stands still. */
export async function openDoor({
  guard,
  sessionsPerKey,
  policy,
  prefix = "beefree_",
  catalogue = agentTools({ operations, prefix }),
}: McpDoorOptions = {}): Promise<McpDoor> {
  const folder = await mkdtemp(join(tmpdir(), "waggle-mcp-"));
  const storage = await openSqlite({ file: join(folder, "waggle.db") });
  const [clock, log] = [new FakeClock(), new ErrorList()];
  const registry = new RoomRegistry({ storage, clock, log });
  const sessions = new TemplateSessions({ storage, registry, clock });
  const options: McpEndpointOptions = {
    rooms: registry,
    authenticate: async ({ headers: { authorization } }) => {
      const key = requireKey(authorization);
      return policy && key.keyId === "key-1" ? { ...key, policy } : key;
    },
    ...(guard ? { guard } : {}),
    ...(sessionsPerKey === undefined ? {} : { sessionsPerKey }),
    clock,
    catalogue,
    prefix,
    log,
    leases: new AgentLeases({ clock, leaseMs: lifetimes.agentLeaseMs }),
  };
  const [endpoint, other] = [createMcpEndpoint(options), createMcpEndpoint(options)];
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    if (request.url === routes.mcpV1) answerRetiredMcp(request, response);
    else void (request.url === routes.codeMode ? other : endpoint).handle(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    await endpoint.close();
    await other.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await registry.close();
    await storage.close();
    await rm(folder, { recursive: true });
  });
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    url: new URL(routes.mcp, `http://127.0.0.1:${port}`),
    otherUrl: new URL(routes.codeMode, `http://127.0.0.1:${port}`),
    clock,
    log,
    registry,
    createTemplate: async (template, ofSession) =>
      (await sessions.createTemplate({ clientId: "client-1", policy: ofSession, ...(template ? { template } : {}) }))
        .templateId,
    people: (templateId) => registry.find(templateId)?.people.map(({ actor }) => actor.name) ?? [],
    get requests() {
      return requests;
    },
    close: () => endpoint.close(),
    exported: (templateId) => sessions.exportTemplate(templateId, "client-1"),
  };
}

function requireKey(authorization: string | undefined): AgentKey {
  const key = keys[authorization ?? ""];
  if (key) return key;
  const code = authorization === undefined ? "AUTH_MISSING" : "AUTH_INVALID";
  throw new WaggleError(code, { message: "Send Authorization: Bearer <API key>." });
}

export type Era = "2025" | "2026";

export interface AgentOptions {
  readonly era: Era;
  readonly name?: string;
  readonly template?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Put into `_meta` of `initialize`, or of every request in the 2026 era. */
  readonly meta?: Readonly<Record<string, string>>;
}

export interface TestAgent {
  readonly client: Client;
  readonly transport: StreamableHTTPClientTransport;
  /** Calls a tool and answers with its structured content, or `{ error }` with what the text of a failure says. */
  call(tool: string, input?: Record<string, unknown>): Promise<Record<string, unknown>>;
  leave(): Promise<void>;
}

/** A real MCP client that is connected to the door. */
export async function connectAgent(door: Pick<McpDoor, "url">, options: AgentOptions): Promise<TestAgent> {
  const { era, name = "scout", template, meta = {} } = options;
  const sent = {
    authorization: "Bearer key-1",
    ...(template ? { [headers.templateId]: template } : {}),
    ...options.headers,
  };
  const transport = new StreamableHTTPClientTransport(door.url, {
    requestInit: { headers: sent },
    fetch: (url, init) => fetch(url, withMeta(init, meta)),
  });
  const mode = era === "2026" ? { pin: "2026-07-28" } : "legacy";
  const client = new Client({ name, version: "1.0.0" }, { versionNegotiation: { mode } });
  onTestFinished(() => client.close());
  await client.connect(transport);
  return {
    client,
    transport,
    call: async (tool, input = {}) => {
      const result = await client.callTool({ name: `beefree_${tool}`, arguments: input });
      return readResult(result);
    },
    leave: async () => {
      if (era === "2025") await transport.terminateSession();
      else await client.request({ method: "waggle/leave", params: {} }, emptyResult);
    },
  };
}

/** Accepts any result: a goodbye says nothing. */
const emptyResult = {
  "~standard": { version: 1, vendor: "test", validate: (value: unknown) => ({ value }) },
} as const;

type ToolResult = Awaited<ReturnType<Client["callTool"]>>;

export function readResult({ structuredContent, content, isError }: ToolResult): Record<string, unknown> {
  if (!isError) return { ...(structuredContent as Record<string, unknown>) };
  const [first] = content;
  return { error: JSON.parse(first?.type === "text" ? first.text : "null") };
}

function withMeta(init: RequestInit | undefined, meta: Readonly<Record<string, string>>): RequestInit | undefined {
  if (Object.keys(meta).length === 0 || typeof init?.body !== "string") return init;
  const message = JSON.parse(init.body);
  if (message.id === undefined) return init;
  const isStateless = message.method !== "initialize" && message.params?._meta === undefined;
  if (isStateless) return init;
  const params = { ...message.params, _meta: { ...message.params?._meta, ...meta } };
  return { ...init, body: JSON.stringify({ ...message, params }) };
}
