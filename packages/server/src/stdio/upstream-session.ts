import { setTimeout as pause } from "node:timers/promises";
import { isJSONRPCResultResponse, type JSONRPCMessage, type JSONRPCRequest } from "@modelcontextprotocol/server";
import { WaggleError } from "@waggle/contract";
import { memberOf } from "../mcp/named-values.ts";
import { messagesIn, sendUpstream, type UpstreamOptions } from "./upstream.ts";

export interface UpstreamSessionOptions {
  readonly upstream: UpstreamOptions;
  /** Takes what the server says unasked. */
  readonly hear: (message: JSONRPCMessage) => Promise<void>;
}

const retryMs = 1000;

/** A session of the protocols up to 2025-11-25, opened again on a server that has forgotten it. */
export class UpstreamSession {
  readonly #options: UpstreamSessionOptions;
  readonly #handshake: JSONRPCRequest;
  readonly #ended = new AbortController();
  #headers: Readonly<Record<string, string>>;
  /** For all who found the session gone at once. */
  #reopening: Promise<void> | undefined;

  /** Of the `initialize` that the client sent, and how the server answered it. */
  constructor(options: UpstreamSessionOptions, handshake: JSONRPCRequest, answer: [Response, JSONRPCMessage]) {
    this.#options = options;
    this.#handshake = handshake;
    this.#headers = sessionHeaders(...answer);
  }

  /** Sends a message in the session; a session that is gone is opened again first. */
  async send(message: JSONRPCMessage, signal?: AbortSignal): Promise<Response> {
    const response = await this.#post(message, signal);
    if (response.status !== 404) return response;
    await response.body?.cancel();
    this.#reopening ??= this.#reopen().finally(() => {
      this.#reopening = undefined;
    });
    await this.#reopening;
    return this.#post(message, signal);
  }

  /** Holds a stream open until `end`, by which the server knows that the agent is here. */
  async listen(): Promise<void> {
    const { upstream, hear } = this.#options;
    const { signal } = this.#ended;
    while (!signal.aborted) {
      try {
        const response = await sendUpstream(upstream, { method: "GET", headers: this.#headers, signal });
        if (response.ok) for await (const message of messagesIn(response)) await hear(message);
        else await response.body?.cancel();
      } catch {
        // The server is away. Calls say so; the stream only waits until it is back.
      }
      await pause(retryMs, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Says goodbye. */
  async end(signal: AbortSignal): Promise<void> {
    this.#ended.abort();
    const request = { method: "DELETE", headers: this.#headers, signal } as const;
    await (await sendUpstream(this.#options.upstream, request)).body?.cancel();
  }

  #post(message: JSONRPCMessage, signal?: AbortSignal): Promise<Response> {
    const request = { method: "POST", headers: this.#headers, message, ...(signal && { signal }) } as const;
    return sendUpstream(this.#options.upstream, request);
  }

  async #reopen(): Promise<void> {
    const message = this.#handshake;
    const response = await sendUpstream(this.#options.upstream, { method: "POST", message });
    for await (const answer of messagesIn(response, message.id)) {
      if (!isJSONRPCResultResponse(answer)) throw refused(answer);
      this.#headers = sessionHeaders(response, answer);
    }
    const told = await this.#post({ jsonrpc: "2.0", method: "notifications/initialized" });
    await told.body?.cancel();
  }
}

function refused(answer: JSONRPCMessage): WaggleError {
  const reason = memberOf(memberOf(answer, "error"), "message");
  return new WaggleError("SESSION_ENDED", {
    message: `The server has forgotten this session and opens no new one: ${String(reason)}`,
  });
}

function sessionHeaders(response: Response, answer: JSONRPCMessage): Readonly<Record<string, string>> {
  const version = memberOf(memberOf(answer, "result"), "protocolVersion");
  const session = response.headers.get("mcp-session-id");
  return {
    ...(session !== null && { "mcp-session-id": session }),
    ...(typeof version === "string" && { "mcp-protocol-version": version }),
  };
}
