import {
  isJSONRPCNotification,
  isJSONRPCRequest,
  isJSONRPCResultResponse,
  type JSONRPCMessage,
  type JSONRPCNotification,
  type JSONRPCRequest,
  PROTOCOL_VERSION_META_KEY,
  type Transport,
} from "@modelcontextprotocol/server";
import { WaggleError } from "@waggle/contract";
import { leaveMethod } from "../mcp/agent-server.ts";
import { memberOf } from "../mcp/named-values.ts";
import { errorMessage, messagesIn, sendUpstream, type UpstreamOptions } from "./upstream.ts";
import { UpstreamSession } from "./upstream-session.ts";

export interface StdioBridgeOptions {
  /** The running server. */
  readonly upstream: UpstreamOptions;
  /** The client's side: standard input and output. */
  readonly transport: Transport;
  /** Where a person reads what went wrong; never standard output, which is the protocol's. */
  readonly complain: (sentence: string) => void;
}

type Id = string | number;

/** A goodbye is not worth a longer wait: without it the agent's lease ends. */
const goodbyeMs = 2000;

/**
 * Carries MCP messages between a client on standard input and output and a running server, in both eras of the protocol.
 * It understands no more of them than it has to: tools, progress and refusals are the server's.
 */
export class StdioBridge {
  readonly #options: StdioBridgeOptions;
  readonly #underWay = new Map<Id, AbortController>();
  readonly #closed = Promise.withResolvers<void>();
  #session: UpstreamSession | undefined;
  #opened: Promise<void> = Promise.resolve();
  /** The last request of protocol 2026-07-28: it says who has to say goodbye. */
  #lastStateless: JSONRPCRequest | undefined;

  constructor(options: StdioBridgeOptions) {
    this.#options = options;
  }

  /** Begins to read. Resolves when the client has closed its side and the server knows that the agent has left. */
  async run(): Promise<void> {
    const { transport, complain } = this.#options;
    transport.onmessage = (message) => void this.#carry(message);
    transport.onerror = () => complain("A line that is no JSON-RPC message was left out.");
    transport.onclose = () => this.close();
    await transport.start();
    await this.#closed.promise;
    for (const controller of this.#underWay.values()) controller.abort();
    // Whether the server hears of it or not, this process ends.
    await this.#sayGoodbye(AbortSignal.timeout(goodbyeMs)).catch(() => undefined);
  }

  /** Ends `run`. */
  close(): void {
    this.#closed.resolve();
  }

  async #carry(message: JSONRPCMessage): Promise<void> {
    const id = isJSONRPCRequest(message) ? message.id : undefined;
    try {
      if (isHandshake(message)) await this.#open(message);
      else await this.#pass(message, id);
    } catch (failure) {
      if (id === undefined) this.#options.complain(failure instanceof Error ? failure.message : String(failure));
      else await this.#answer(errorMessage(id, failure));
    }
  }

  /** What is said in a session waits until the session is open. */
  #open(message: JSONRPCRequest): Promise<void> {
    const exchanged = this.#exchange(message, message.id);
    this.#opened = exchanged.catch(() => undefined);
    return exchanged;
  }

  async #pass(message: JSONRPCMessage, id: Id | undefined): Promise<void> {
    if (!isStateless(message)) await this.#opened;
    if (isCancellation(message)) await this.#cancel(message);
    else await this.#exchange(message, id);
  }

  /** Sends a message and passes on all that is said about it. A request that was given up is not answered. */
  async #exchange(message: JSONRPCMessage, id: Id | undefined): Promise<void> {
    const controller = new AbortController();
    if (id !== undefined) this.#underWay.set(id, controller);
    try {
      const response = await this.#send(message, controller.signal);
      let isAnswered = id === undefined;
      for await (const each of messagesIn(response, id)) {
        if (controller.signal.aborted) return;
        if (isHandshake(message) && isJSONRPCResultResponse(each)) this.#begin(message, [response, each]);
        isAnswered ||= !("method" in each);
        await this.#answer(each);
      }
      if (!isAnswered) throw unanswered();
      if (isJSONRPCNotification(message) && message.method === "notifications/initialized")
        void this.#session?.listen();
    } catch (failure) {
      if (!controller.signal.aborted) throw failure;
    } finally {
      if (id !== undefined) this.#underWay.delete(id);
    }
  }

  #send(message: JSONRPCMessage, signal: AbortSignal): Promise<Response> {
    const { upstream } = this.#options;
    if (isStateless(message)) {
      if (isJSONRPCRequest(message)) this.#lastStateless = message;
      return sendUpstream(upstream, { method: "POST", headers: statelessHeaders(message), message, signal });
    }
    if (isHandshake(message) || !this.#session) return sendUpstream(upstream, { method: "POST", message, signal });
    return this.#session.send(message, signal);
  }

  #begin(handshake: JSONRPCRequest, answer: [Response, JSONRPCMessage]): void {
    const hear = (message: JSONRPCMessage): Promise<void> => this.#answer(message);
    this.#session = new UpstreamSession({ upstream: this.#options.upstream, hear }, handshake, answer);
  }

  /** Over HTTP, protocol 2026-07-28 gives a request up by closing its connection. */
  async #cancel(message: JSONRPCNotification): Promise<void> {
    const id = memberOf(message.params, "requestId");
    const controller = typeof id === "string" || typeof id === "number" ? this.#underWay.get(id) : undefined;
    if (this.#session && !isStateless(message)) await (await this.#session.send(message)).body?.cancel();
    controller?.abort();
  }

  async #sayGoodbye(signal: AbortSignal): Promise<void> {
    await this.#session?.end(signal);
    const last = this.#lastStateless;
    if (!last) return;
    const message: JSONRPCRequest = {
      jsonrpc: "2.0",
      id: "goodbye",
      method: leaveMethod,
      params: { _meta: last.params?._meta },
    };
    const request = { method: "POST", headers: statelessHeaders(message), message, signal } as const;
    await (await sendUpstream(this.#options.upstream, request)).body?.cancel();
  }

  #answer(message: JSONRPCMessage): Promise<void> {
    // A client that does not read any more has gone.
    return this.#options.transport.send(message).catch(() => undefined);
  }
}

function unanswered(): WaggleError {
  return new WaggleError("CONNECTION_LOST", {
    message: "The Waggle server closed the connection without an answer. It may have been done: read again first.",
  });
}

function isHandshake(message: JSONRPCMessage): message is JSONRPCRequest {
  return isJSONRPCRequest(message) && message.method === "initialize";
}

function isCancellation(message: JSONRPCMessage): message is JSONRPCNotification {
  return isJSONRPCNotification(message) && message.method === "notifications/cancelled";
}

type Said = JSONRPCRequest | JSONRPCNotification;

/** Whether a message is of protocol 2026-07-28, which says so in each. */
function isStateless(message: JSONRPCMessage): message is Said {
  return "method" in message && versionOf(message) !== undefined;
}

function versionOf({ params }: Said): string | undefined {
  const version = memberOf(memberOf(params, "_meta"), PROTOCOL_VERSION_META_KEY);
  return typeof version === "string" ? version : undefined;
}

/** What protocol 2026-07-28 wants repeated in headers. */
function statelessHeaders(message: Said): Readonly<Record<string, string>> {
  const name = memberOf(message.params, "name") ?? memberOf(message.params, "uri");
  return {
    "mcp-protocol-version": headerText(versionOf(message) ?? ""),
    "mcp-method": headerText(message.method),
    ...(typeof name === "string" && { "mcp-name": headerText(name) }),
  };
}

/** As the protocol writes what a header cannot hold. */
function headerText(text: string): string {
  if (/^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(text)) return text;
  return `=?base64?${Buffer.from(text).toString("base64")}?=`;
}
