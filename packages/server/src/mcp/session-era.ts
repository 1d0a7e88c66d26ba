import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { NodeStreamableHTTPServerTransport } from "@modelcontextprotocol/node";
import { type Actor, headers, WaggleError } from "@waggle/contract";
import type { Clock } from "../rooms/clock.ts";
import { sessionAgent } from "./agent-identity.ts";
import { type AgentServerOptions, arrive, createAgentServer } from "./agent-server.ts";
import { answerJson, requestIdOf } from "./answers.ts";
import { findNamedValue, memberOf } from "./named-values.ts";
import type { AgentKey } from "./ports.ts";

/** One exchange at the door: the key is checked, the body read. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly key: AgentKey;
  /** The parsed body; undefined for GET and DELETE. */
  readonly body: unknown;
}

export interface SessionEraOptions extends AgentServerOptions {
  readonly clock: Clock;
  /** A session that was not used this long is forgotten; its client gets 404 and initialises again. */
  readonly sessionIdleMs: number;
}

interface AgentSession {
  readonly keyId: string;
  readonly clientId: string;
  readonly actor: Actor;
  readonly transport: NodeStreamableHTTPServerTransport;
  templateId: string | undefined;
  usedAt: number;
}

/** The protocol up to 2025-11-25: `initialize` opens a session, `Mcp-Session-Id` names it from then on. */
export class SessionEra {
  readonly #options: SessionEraOptions;
  readonly #sessions = new Map<string, AgentSession>();

  constructor(options: SessionEraOptions) {
    this.#options = options;
  }

  /** Answers `initialize`. Rejects with TEMPLATE_NOT_FOUND or SESSION_ENDED when the template it names cannot be edited. */
  async open({ request, response, key, body }: Exchange): Promise<void> {
    this.#forgetIdle();
    const templateId = findNamedValue(request, body, headers.templateId);
    const clientName = memberOf(memberOf(memberOf(body, "params"), "clientInfo"), "name");
    const actor = sessionAgent({
      clientName: typeof clientName === "string" ? clientName : undefined,
      userHandle: findNamedValue(request, body, headers.userHandle),
    });
    if (templateId !== undefined) await arrive(this.#options, { actor, clientId: key.clientId, templateId });
    const session: AgentSession = {
      keyId: key.keyId,
      clientId: key.clientId,
      actor,
      templateId,
      usedAt: this.#options.clock.now(),
      transport: new NodeStreamableHTTPServerTransport({
        sessionIdGenerator: randomUUID,
        onsessioninitialized: (id) => void this.#sessions.set(id, session),
      }),
    };
    const server = createAgentServer(this.#options, () => session);
    await server.connect(session.transport);
    server.onclose = () => this.#forget(session);
    await session.transport.handleRequest(request, response, body);
    if (session.transport.sessionId === undefined) await server.close();
  }

  /** Answers every request that carries `Mcp-Session-Id`. */
  async serve(sessionId: string, exchange: Exchange): Promise<void> {
    const { request, response, body } = exchange;
    const session = this.#sessions.get(sessionId);
    // Someone else's session does not exist, as far as this key is concerned.
    if (session?.keyId !== exchange.key.keyId) {
      answerUnknownSession(response, body);
      return;
    }
    session.usedAt = this.#options.clock.now();
    bindTemplate(session, findNamedValue(request, body, headers.templateId));
    if (request.method === "GET") response.once("close", this.#options.leases.holdStream(session.actor.id));
    await session.transport.handleRequest(request, response, body);
  }

  async close(): Promise<void> {
    const transports = [...this.#sessions.values()].map(({ transport }) => transport);
    this.#sessions.clear();
    await Promise.all(transports.map((transport) => transport.close()));
  }

  #forget({ actor, transport }: AgentSession): void {
    // Absent when the endpoint itself is closing: then nobody left.
    if (transport.sessionId === undefined || !this.#sessions.delete(transport.sessionId)) return;
    this.#options.leases.leave(actor.id);
  }

  #forgetIdle(): void {
    const oldest = this.#options.clock.now() - this.#options.sessionIdleMs;
    for (const { usedAt, transport } of this.#sessions.values()) if (usedAt < oldest) void transport.close();
  }
}

/** A session edits one template: the one it named first. */
function bindTemplate(session: AgentSession, named: string | undefined): void {
  if (named === undefined || named === session.templateId) return;
  if (session.templateId !== undefined) {
    throw new WaggleError("INVALID_INPUT", {
      message: `This MCP session edits template ${session.templateId}. Initialise a new session for ${named}.`,
      data: { session: session.templateId, named },
    });
  }
  session.templateId = named;
}

/** 404 is how the protocol tells a client to initialise again. */
function answerUnknownSession(response: ServerResponse, body: unknown): void {
  const error = { code: -32001, message: "Session not found. Initialise again." };
  answerJson(response, 404, { jsonrpc: "2.0", error, id: requestIdOf(body) });
}
