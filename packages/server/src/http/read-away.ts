import type { IncomingMessage } from "node:http";

/** What more than this is sent is cut off, whether its sender has heard the answer or not. */
const mostBytes = 64 * 1024 * 1024;

/**
 * Takes in the rest of a body nobody wants, then calls back. A sender that is cut off in the middle reports a broken
 * connection instead of the answer. Node ends senders that take too long.
 */
export function readAway(request: IncomingMessage, then: () => void): void {
  if (request.complete || request.destroyed) {
    then();
    return;
  }
  let read = 0;
  request.on("data", (chunk: Buffer) => {
    read += chunk.length;
    if (read > mostBytes) request.destroy();
  });
  // The connection broke: there is nobody to answer.
  request.on("error", () => undefined);
  request.once("end", then);
}
