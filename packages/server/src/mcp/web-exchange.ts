// Node's requests and responses as the protocol library wants them: those of the Fetch standard.
import type { IncomingMessage, ServerResponse } from "node:http";
import { setImmediate as nextTurn } from "node:timers/promises";
import { findHeader } from "./named-values.ts";

const passedOn = ["content-type", "accept"];
/** An answer that takes longer begins with its headers alone, so that nobody takes the connection for dead. */
const headersAfterMs = 1_000;

/** The request without its body, which goes along parsed: the library's own adapter would write and read it once more. */
export function toWebRequest(request: IncomingMessage, signal: AbortSignal): Request {
  // All of the protocol's own, which the library compares with the body.
  const names = [...passedOn, ...Object.keys(request.headers).filter((name) => name.startsWith("mcp-"))];
  const values = names.map((name): [string, string | undefined] => [name, findHeader(request, name)]);
  const present = values.filter((entry): entry is [string, string] => entry[1] !== undefined);
  return new Request("http://localhost/", { method: request.method ?? "POST", headers: present, signal });
}

/** Calls back when the answer is over, be it because its connection is gone: at once where that has happened already. */
export function onceClosed(response: ServerResponse, then: () => void): void {
  if (response.destroyed || response.closed) then();
  else response.once("close", then);
}

/** Aborted when the connection is gone before the answer is. */
export function closedEarly(response: ServerResponse): AbortSignal {
  const closed = new AbortController();
  onceClosed(response, () => {
    if (!response.writableFinished) closed.abort();
  });
  return closed.signal;
}

/** Sends an answer with another body, which is the whole of it. */
export function sendBytes({ status, headers }: Response, target: ServerResponse, body: Uint8Array): void {
  target.writeHead(status, { ...Object.fromEntries(headers), "content-length": body.length });
  target.end(body);
}

/**
 * Sends an answer. A stream of one event, as nearly every call has it, leaves in one piece; any other goes out as it comes.
 * Resolves when all of it was handed to the connection, or the connection is gone.
 */
export async function sendResponse(source: Response, target: ServerResponse): Promise<void> {
  if (source.headers.get("content-type") !== "text/event-stream" || !source.body) {
    sendBytes(source, target, Buffer.from(await source.text()));
    return;
  }
  const reader = source.body.getReader();
  const closed = new Promise<void>((resolve) => onceClosed(target, resolve));
  void closed.then(() => reader.cancel().catch(() => undefined));
  const begin = (): void => {
    if (target.headersSent) return;
    target.writeHead(source.status, Object.fromEntries(source.headers));
    target.flushHeaders();
  };
  // What is asked for with GET is a stream to listen to.
  if (target.req.method === "GET") begin();
  const patience = setTimeout(begin, headersAfterMs);
  const first = await reader.read().finally(() => clearTimeout(patience));
  const second = reader.read();
  // Awaited below, perhaps after something else.
  second.catch(() => undefined);
  const isWhole = await Promise.race([second.then(({ done }) => done), nextTurn(false)]);
  if (isWhole && !target.headersSent) {
    sendBytes(source, target, first.value ?? new Uint8Array());
    return;
  }
  begin();
  const write = async (chunk: Uint8Array): Promise<void> => {
    if (!target.write(chunk)) await Promise.race([new Promise((resolve) => target.once("drain", resolve)), closed]);
  };
  if (first.value) await write(first.value);
  for (let next = await second; !next.done; next = await reader.read()) await write(next.value);
  target.end();
}
