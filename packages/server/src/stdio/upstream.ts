import { type JSONRPCMessage, parseJSONRPCMessage } from "@modelcontextprotocol/server";
import { errorTable, isErrorCode, WaggleError } from "@waggle/contract";
import { memberOf } from "../mcp/named-values.ts";
import { readEvents } from "./event-stream.ts";

/** The MCP address of a running server. */
export interface UpstreamOptions {
  readonly url: URL;
  /** Sent with every request: the key, the template and who the agent is. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface UpstreamRequest {
  readonly method: "POST" | "GET" | "DELETE";
  readonly headers?: Readonly<Record<string, string>>;
  readonly message?: JSONRPCMessage;
  readonly signal?: AbortSignal;
}

/** Sends one request. Rejects with SERVER_UNREACHABLE when no server answers, or with the signal's reason. */
export async function sendUpstream({ url, headers }: UpstreamOptions, request: UpstreamRequest): Promise<Response> {
  const { method, message, signal } = request;
  try {
    return await fetch(url, {
      method,
      headers: {
        ...headers,
        accept: method === "GET" ? "text/event-stream" : "application/json, text/event-stream",
        ...(message && { "content-type": "application/json" }),
        ...request.headers,
      },
      ...(message && { body: JSON.stringify(message) }),
      ...(signal && { signal }),
    });
  } catch (cause) {
    signal?.throwIfAborted();
    throw new WaggleError("SERVER_UNREACHABLE", {
      message: `The Waggle server at ${url.origin} does not answer. Is it running? Then try again.`,
      cause,
    });
  }
}

/**
 * The messages of the answer to a request, as they arrive. Rejects with CONNECTION_LOST when it breaks off, or with what the
 * server refused.
 *
 * @param id of the request, which an error names that was told before the server had read it
 */
export async function* messagesIn(response: Response, id?: string | number): AsyncGenerator<JSONRPCMessage> {
  const type = response.headers.get("content-type") ?? "";
  if (type.startsWith("text/event-stream")) {
    if (response.body) yield* streamed(response.body);
    return;
  }
  const text = await response.text().catch(lost);
  if (text === "" && response.ok) return;
  const body = jsonOrUndefined(text);
  for (const one of Array.isArray(body) ? body : [body]) {
    if (memberOf(one, "jsonrpc") !== "2.0") throw refusal(response, one);
    if (memberOf(one, "id") !== null) yield parseJSONRPCMessage(one);
    else if (id !== undefined) yield parseJSONRPCMessage({ ...one, id });
    else throw refused(one);
  }
}

async function* streamed(body: NonNullable<Response["body"]>): AsyncGenerator<JSONRPCMessage> {
  try {
    for await (const data of readEvents(body)) if (data !== "") yield parseJSONRPCMessage(JSON.parse(data));
  } catch (cause) {
    lost(cause);
  }
}

/** What is no request has no id under which its refusal could be passed on. */
function refused(answer: unknown): WaggleError {
  const reason = memberOf(memberOf(answer, "error"), "message");
  return new WaggleError("INVALID_FRAME", { message: `The server refused a notification: ${String(reason)}` });
}

/** A refusal at the door has the shape of REST errors. */
export function refusal({ status, url }: Response, body: unknown): WaggleError {
  const [message, details] = [memberOf(body, "message"), memberOf(body, "details")];
  const code = memberOf(details, "code");
  if (typeof message === "string" && typeof code === "string" && isErrorCode(code)) {
    return new WaggleError(code, { message });
  }
  return new WaggleError("SERVER_UNREACHABLE", {
    message: `${url} answers ${status}, and not as a Waggle server. Check the address.`,
  });
}

/** What a failed request is answered with. */
export function errorMessage(id: string | number, failure: unknown): JSONRPCMessage {
  const error = failure instanceof WaggleError ? failure : new WaggleError("INTERNAL", { message: String(failure) });
  const { code, message } = error;
  return { jsonrpc: "2.0", id, error: { code: errorTable[code].rpc, message, data: { code } } };
}

function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function lost(cause: unknown): never {
  throw new WaggleError("CONNECTION_LOST", {
    message:
      "The connection to the Waggle server broke off before the answer. It may have been done: read again first.",
    cause,
  });
}
