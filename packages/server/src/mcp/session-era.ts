import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import {
  McpServer,
  ProtocolError,
  ProtocolErrorCode,
  WebStandardStreamableHTTPServerTransport,
} from "@modelcontextprotocol/server";
import { type Actor, headers, WaggleError } from "@waggle/contract";
import type { Clock } from "../rooms/clock.ts";
import { sessionAgent } from "./agent-identity.ts";
import { type AgentPlaces, openRoom, type ProtocolServers, unknownMethod } from "./agent-server.ts";
import { answerJson, requestIdOf } from "./answers.ts";
import type { Exchange } from "./exchange.ts";
import { findNamedValue, memberOf } from "./named-values.ts";
import type { AgentKey, AgentRoom } from "./ports.ts";
import { asksPlainly, ReadyLists } from "./ready-list.ts";
import { SessionCounts } from "./session-counts.ts";
import { closedEarly, onceClosed, sendResponse, toWebRequest } from "./web-exchange.ts";

export interface SessionEraOptions extends AgentPlaces {
  readonly servers: ProtocolServers;
  readonly clock: Clock;
  /** A session that was not used this long is forgotten; its client gets 404 and initialises again. */
  readonly sessionIdleMs: number;
  /** How many sessions one API key may have. */
  readonly sessionsPerKey: number;
}

interface AgentSession extends AgentKey {
  readonly actor: Actor;
  readonly transport: WebStandardStreamableHTTPServerTransport;
  templateId: string | undefined;
  usedAt: number;
  openStreams: number;
  /**
   * Ids of requests that are being answered, each with how many were sent with it: the protocol library knows answers by
   * their ids alone.
   */
  readonly pending: Map<RequestId, number>;
  /** Gives back its place among the sessions of its key. */
  readonly release: () => void;
}

type RequestId = string | number;

/** As the Language Server Protocol has it; MCP names none, because it wants no answer. */
const cancelledCode = -32800;

/** The protocol up to 2025-11-25: `initialize` opens a session, `Mcp-Session-Id` names it from then on. */
export class SessionEra {
  readonly #options: SessionEraOptions;
  readonly #sessions = new Map<string, AgentSession>();
  readonly #counts: SessionCounts;
  readonly #lists = new ReadyLists();

  constructor(options: SessionEraOptions) {
    this.#options = options;
    this.#counts = new SessionCounts(options.sessionsPerKey);
  }

  /**
   * Answers `initialize`. Rejects with TEMPLATE_NOT_FOUND or SESSION_ENDED when the template it names cannot be edited, and
   * with RATE_LIMITED when the key has too many sessions in use.
   */
  async open(exchange: Exchange): Promise<void> {
    this.#forgetIdle();
    const { keyId } = exchange.key;
    if (this.#counts.isFull(keyId)) await this.#makeRoom(keyId);
    const release = this.#counts.take(keyId);
    try {
      await this.#open(exchange, release);
    } catch (failure) {
      release();
      throw failure;
    }
  }

  async #open(exchange: Exchange, release: () => void): Promise<void> {
    const { request, key, body } = exchange;
    const templateId = findNamedValue(request, body, headers.templateId);
    const clientName = memberOf(memberOf(memberOf(body, "params"), "clientInfo"), "name");
    const actor = sessionAgent({
      clientName: typeof clientName === "string" ? clientName : undefined,
      userHandle: findNamedValue(request, body, headers.userHandle),
    });
    const caller = { ...key, actor, templateId };
    const room = templateId === undefined ? undefined : await openRoom(this.#options.rooms, caller);
    const session = this.#createSession({ ...caller, release }, room);
    const made = this.#options.servers.create({ caller: () => session });
    const server = made instanceof McpServer ? made.server : made;
    server.fallbackRequestHandler ??= ({ method }) =>
      Promise.reject(new ProtocolError(ProtocolErrorCode.MethodNotFound, unknownMethod(method)));
    await server.connect(session.transport);
    server.onclose = () => this.#forget(session);
    await answerBy(session.transport, exchange);
    if (session.transport.sessionId !== undefined) return;
    // The protocol library refused the handshake: nothing began.
    release();
    await server.close();
  }

  /** Ends the session of a key that was unused for longest, if its agent is gone. */
  async #makeRoom(keyId: string): Promise<void> {
    const latest = this.#options.clock.now() - this.#options.leases.leaseMs;
    const [oldest] = [...this.#sessions.values()]
      .filter((session) => session.keyId === keyId && isUnused(session) && session.usedAt <= latest)
      .sort((a, b) => a.usedAt - b.usedAt);
    await oldest?.transport.close();
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
    if (this.#isIdle(session)) {
      this.#end(session);
      answerUnknownSession(response, body);
      return;
    }
    session.usedAt = this.#options.clock.now();
    bindTemplate(session, findNamedValue(request, body, headers.templateId));
    if (request.method === "GET") this.#holdStream(session, response);
    else claimIds(session, exchange);
    if (this.#answerReady(session, exchange)) return;
    await answerBy(session.transport, exchange);
    for (const id of cancelledIn(body)) endCancelled(session, id);
  }

  /** Whether the request is answered: it asks for the list of tools, which is ready. */
  #answerReady(session: AgentSession, exchange: Exchange): boolean {
    const [id, { sessionId }] = [asksPlainly(exchange), session.transport];
    const list = id === undefined ? undefined : this.#options.servers.findList?.(session);
    if (id === undefined || sessionId === undefined || !list) return false;
    this.#lists.answer(exchange.response, list, { sessionId, id });
    return true;
  }

  async close(): Promise<void> {
    const transports = [...this.#sessions.values()].map(({ transport }) => transport);
    this.#sessions.clear();
    await Promise.all(transports.map((transport) => transport.close()));
  }

  #createSession(
    traits: Pick<AgentSession, keyof AgentKey | "actor" | "templateId" | "release">,
    room: AgentRoom | undefined,
  ): AgentSession {
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => {
        this.#sessions.set(id, session);
        if (room) this.#options.leases.seen(session.actor, room);
      },
    });
    const session: AgentSession = {
      ...traits,
      transport,
      usedAt: this.#options.clock.now(),
      openStreams: 0,
      pending: new Map(),
    };
    return session;
  }

  #holdStream(session: AgentSession, response: ServerResponse): void {
    const release = this.#options.leases.holdStream(session.actor.id);
    session.openStreams += 1;
    onceClosed(response, () => {
      session.openStreams -= 1;
      session.usedAt = this.#options.clock.now();
      release();
    });
  }

  #forget({ actor, transport, release }: AgentSession): void {
    release();
    // Absent when the endpoint itself is closing: then nobody left.
    if (transport.sessionId === undefined || !this.#sessions.delete(transport.sessionId)) return;
    this.#options.leases.leave(actor.id);
  }

  #forgetIdle(): void {
    for (const session of this.#sessions.values()) if (this.#isIdle(session)) this.#end(session);
  }

  #isIdle({ usedAt, openStreams }: AgentSession): boolean {
    return openStreams === 0 && usedAt < this.#options.clock.now() - this.#options.sessionIdleMs;
  }

  #end({ transport }: AgentSession): void {
    transport.close().catch(() => undefined);
  }
}

async function answerBy(
  transport: WebStandardStreamableHTTPServerTransport,
  { request, response, body }: Exchange,
): Promise<void> {
  const closed = closedEarly(response);
  await sendResponse(await transport.handleRequest(toWebRequest(request, closed), { parsedBody: body }), response);
}

function isUnused({ openStreams, pending }: AgentSession): boolean {
  return openStreams === 0 && pending.size === 0;
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

/** Throws INVALID_FRAME when an id is taken: one of the two requests would never be answered. */
function claimIds({ pending }: AgentSession, { body, response }: Exchange): void {
  const messages: readonly unknown[] = Array.isArray(body) ? body : [body];
  const ids = messages
    .filter((message) => memberOf(message, "method") !== undefined)
    .map((message) => requestIdOf(message))
    .filter((id) => id !== null);
  const isTaken = ids.some((id, i) => pending.has(id) || ids.indexOf(id) !== i);
  if (isTaken) {
    throw new WaggleError("INVALID_FRAME", {
      message: "A request with the same id is still being answered. Give each request of a session an id of its own.",
    });
  }
  for (const id of ids) pending.set(id, ids.length);
  onceClosed(response, () => {
    for (const id of ids) pending.delete(id);
  });
}

function cancelledIn(body: unknown): readonly RequestId[] {
  const messages: readonly unknown[] = Array.isArray(body) ? body : [body];
  return messages
    .filter((message) => memberOf(message, "method") === "notifications/cancelled")
    .map((message) => memberOf(memberOf(message, "params"), "requestId"))
    .filter((id) => typeof id === "string" || typeof id === "number");
}

/** The protocol library leaves a request that was given up unanswered and its stream open, for good. */
function endCancelled({ pending, transport }: AgentSession, id: RequestId): void {
  const together = pending.get(id);
  if (together === 1) transport.closeSSEStream(id);
  if (together === undefined || together === 1) return;
  // Others of the batch are answered on the same stream, which ends when all of them are.
  const error = { code: cancelledCode, message: "The request was cancelled." };
  transport.send({ jsonrpc: "2.0", id, error }).catch(() => undefined);
}

/** 404 is how the protocol tells a client to initialise again. */
function answerUnknownSession(response: ServerResponse, body: unknown): void {
  const error = { code: -32001, message: "Session not found. Initialise again." };
  answerJson(response, 404, { jsonrpc: "2.0", error, id: requestIdOf(body) });
}
