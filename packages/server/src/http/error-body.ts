import type { OutgoingHttpHeaders, ServerResponse } from "node:http";
import { errorTable, type WaggleError } from "@waggle/contract";

/** How REST tells of a failure. */
export interface ErrorBody {
  /** The number of `errorTable`, which is the contract's where it has one. */
  readonly code: number;
  readonly message: string;
  /** The name of the code, as the SDK and agents know it, and facts. */
  readonly details: Readonly<Record<string, unknown>>;
}

export interface ErrorAnswer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: ErrorBody;
}

const retryAfterSeconds = "1";

export function errorAnswer({ code, message, data }: WaggleError): ErrorAnswer {
  const { http, rest, retry } = errorTable[code];
  return {
    status: http,
    headers: {
      "cache-control": "no-store",
      ...(http === 401 && { "www-authenticate": "Bearer" }),
      ...(retry && http >= 429 && { "retry-after": retryAfterSeconds }),
      ...(Array.isArray(data.allowed) && http === 405 && { allow: data.allowed.join(", ") }),
    },
    body: { code: rest, message, details: { code, ...data } },
  };
}

/** The same answer where there is no framework yet. */
export function sendError(response: ServerResponse, error: WaggleError): void {
  const { status, headers, body } = errorAnswer(error);
  const text = JSON.stringify(body);
  const length = Buffer.byteLength(text);
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "content-length": length,
    ...headers,
  });
  response.end(text);
}
