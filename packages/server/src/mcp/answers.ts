import type { ServerResponse } from "node:http";
import { errorTable, WaggleError } from "@waggle/contract";

const longestQuote = 100;

/** Answers with JSON and ends the response. */
export function answerJson(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(text) });
  response.end(text);
}

/** A protocol error: the JSON-RPC error under the HTTP status of its code. */
export function answerRpcError(response: ServerResponse, error: WaggleError, id: string | number | null): void {
  const { http, rpc } = errorTable[error.code];
  const data = { code: error.code, ...error.data };
  answerJson(response, http, { jsonrpc: "2.0", error: { code: rpc, message: error.message, data }, id });
}

/** The id of a JSON-RPC request, or null where there is none. */
export function requestIdOf(body: unknown): string | number | null {
  if (typeof body !== "object" || body === null || !("id" in body)) return null;
  return typeof body.id === "string" || typeof body.id === "number" ? body.id : null;
}

/** What went wrong, as an error of ours. Bugs become INTERNAL without a word of what they were. */
export function toWaggleError(failure: unknown): WaggleError {
  if (failure instanceof WaggleError) return failure;
  return new WaggleError("INTERNAL", {
    message: "The server failed to do this. Nothing was changed; try again, and tell its operator if it stays so.",
    cause: failure,
  });
}

/** Something a client sent, short enough to be quoted in an answer. */
export function quotable(text: string): string {
  return text.length > longestQuote ? `${text.slice(0, longestQuote)}…` : text;
}
