import type { IncomingMessage, ServerResponse } from "node:http";
import { classifyInboundRequest, isInitializeRequest, isJsonContentType } from "@modelcontextprotocol/server";
import { counts, lifetimes, WaggleError } from "@waggle/contract";
import { readVersion } from "../config/version.ts";
import { sendError } from "../http/error-body.ts";
import type { DoorGuard, McpEndpoint } from "../http/ports.ts";
import type { Log } from "../observability/log.ts";
import type { Clock } from "../rooms/clock.ts";
import { AgentLeases } from "./agent-leases.ts";
import { agentServers, type ProtocolServers } from "./agent-server.ts";
import { answerJson, answerRpcError, requestIdOf, toWaggleError } from "./answers.ts";
import type { Exchange } from "./exchange.ts";
import { requireMessages } from "./message-shape.ts";
import { findHeader, memberOf } from "./named-values.ts";
import type { AgentKey, AgentRooms, Authenticate } from "./ports.ts";
import { readJsonBody } from "./request-body.ts";
import { SessionEra } from "./session-era.ts";
import { StatelessEra } from "./stateless-era.ts";
import { type Tool, ToolTable } from "./tools.ts";
import { onceClosed } from "./web-exchange.ts";

export interface McpEndpointOptions {
  readonly rooms: AgentRooms;
  readonly authenticate: Authenticate;
  /** Looks at Host and Origin; left out where a door in front has done so. */
  readonly guard?: DoorGuard;
  readonly clock: Clock;
  readonly catalogue: readonly Tool[];
  /** Put in front of every tool's name. */
  readonly prefix: string;
  /** Which agents are here, shared by the doors an agent may come through. Default: kept for this door alone. */
  readonly leases?: AgentLeases;
  /** How long an unused 2025-era session is kept. Default one hour. */
  readonly sessionIdleMs?: number;
  /** How many 2025-era sessions one API key may have at once. Default `counts.mcpSessionsPerKey`. */
  readonly sessionsPerKey?: number;
  readonly log: Log;
  /** What speaks the protocol behind this door. Default: the agents' server, with `catalogue` as its tools. */
  readonly servers?: ProtocolServers;
}

/**
 * The door for agents: MCP over Streamable HTTP on one address, for the 2025 protocols (sessions) and for 2026-07-28
 * (stateless). The template is named by the header `x-bee-template-id` or in `_meta`.
 */
export function createMcpEndpoint(options: McpEndpointOptions): McpEndpoint {
  return new Endpoint(options);
}

class Endpoint implements McpEndpoint {
  readonly #options: McpEndpointOptions;
  readonly #leases: AgentLeases;
  readonly #sessions: SessionEra;
  readonly #stateless: StatelessEra;
  /** Calls that are being answered. */
  readonly #underWay = new Set<Promise<unknown>>();

  constructor(options: McpEndpointOptions) {
    const { rooms, clock, sessionIdleMs = lifetimes.editorActiveMs } = options;
    const { sessionsPerKey = counts.mcpSessionsPerKey } = options;
    this.#options = options;
    this.#leases = options.leases ?? new AgentLeases({ clock, leaseMs: lifetimes.agentLeaseMs });
    const places = { rooms, leases: this.#leases };
    const servers =
      options.servers ?? agentServers({ ...places, tools: new ToolTable(options), version: readVersion() });
    const shared = { ...places, servers };
    this.#sessions = new SessionEra({ ...shared, clock, sessionIdleMs, sessionsPerKey });
    this.#stateless = new StatelessEra(shared);
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let key: AgentKey;
    try {
      this.#checkDoor(request);
      key = await this.#options.authenticate(request);
    } catch (failure) {
      sendError(response, this.#logged(failure));
      return;
    }
    const notWorthWaiting = this.#track(response);
    let body: unknown;
    try {
      if (request.method === "POST") {
        body = await readPost(request);
        requireMessages(body);
      }
      // Everything but a call may be a stream that stays open.
      if (!hasCall(body)) notWorthWaiting();
      await this.#route({ request, response, key, body });
    } catch (failure) {
      const error = this.#logged(failure);
      if (response.headersSent) response.destroy();
      else answerRpcError(response, error, requestIdOf(body));
    }
  }

  /** Calls under way are answered first: what they did is done. */
  async close(): Promise<void> {
    this.#leases.close();
    await Promise.all(this.#underWay);
    await Promise.all([this.#sessions.close(), this.#stateless.close()]);
  }

  #track(response: ServerResponse): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#underWay.add(promise);
    void promise.then(() => this.#underWay.delete(promise));
    onceClosed(response, resolve);
    return resolve;
  }

  #checkDoor({ headers }: IncomingMessage): void {
    const refusal = this.#options.guard?.refusal(headers);
    if (refusal) throw refusal;
  }

  async #route(exchange: Exchange): Promise<void> {
    const { request, response, body } = exchange;
    const sessionId = findHeader(request, "mcp-session-id");
    const isOurs = ["GET", "POST", "DELETE"].includes(request.method ?? "");
    if (sessionId !== undefined && isOurs) return this.#sessions.serve(sessionId, exchange);
    if (request.method !== "POST") return answerWrongMethod(response);
    if (isInitializeRequest(body)) return this.#sessions.open(exchange);
    if (isSessionEra(request, body)) throw memberOf(body, "method") === "initialize" ? badHandshake() : sessionNeeded();
    return this.#stateless.serve(exchange);
  }

  #logged(failure: unknown): WaggleError {
    const error = toWaggleError(failure);
    if (error.code === "INTERNAL") this.#options.log.error({ err: failure }, "An MCP request failed.");
    return error;
  }
}

function hasCall(body: unknown): boolean {
  const messages: readonly unknown[] = Array.isArray(body) ? body : [body];
  return messages.some((message) => memberOf(message, "method") === "tools/call");
}

async function readPost(request: IncomingMessage): Promise<unknown> {
  if (!isJsonContentType(findHeader(request, "content-type") ?? null)) {
    throw new WaggleError("INVALID_FRAME", { message: "Send JSON, with the header Content-Type: application/json." });
  }
  return readJsonBody(request);
}

/** Whether the request is of the protocols before 2026-07-28, as the protocol library judges it. */
function isSessionEra(request: IncomingMessage, body: unknown): boolean {
  const protocolVersionHeader = findHeader(request, "mcp-protocol-version");
  const mcpMethodHeader = findHeader(request, "mcp-method");
  const outcome = classifyInboundRequest({
    httpMethod: "POST",
    ...(protocolVersionHeader === undefined ? {} : { protocolVersionHeader }),
    ...(mcpMethodHeader === undefined ? {} : { mcpMethodHeader }),
    body,
  });
  return outcome.kind === "legacy";
}

function sessionNeeded(): WaggleError {
  return new WaggleError("INVALID_FRAME", {
    message: "The header Mcp-Session-Id is missing. Send initialize first, or speak protocol 2026-07-28.",
  });
}

function badHandshake(): WaggleError {
  return new WaggleError("INVALID_FRAME", {
    message: "initialize needs the params protocolVersion, capabilities and clientInfo with name and version.",
  });
}

function answerWrongMethod(response: ServerResponse): void {
  response.setHeader("allow", "GET, POST, DELETE");
  const error = { code: -32000, message: "GET and DELETE need the header Mcp-Session-Id; everything else is a POST." };
  answerJson(response, 405, { jsonrpc: "2.0", error, id: null });
}
