import { type ErrorCode, sizes } from "@waggle/contract";

/** What the close frame of a WebSocket has room for. */
const mostBytes = 123;

/** What to do next, where nothing more exact is known. */
const sentences: Readonly<Partial<Record<ErrorCode, string>>> = {
  AUTH_EXPIRED: "The token has expired. Get a new one, then connect again.",
  TEMPLATE_NOT_FOUND: "There is no such template. Check its id, or create one.",
  GENERATION_CHANGED: "The template was loaded from other bytes. Load it again.",
  SESSION_ENDED: "The session has ended. Start a new one.",
  SESSION_RUNNING: "A newer connection of this instance took over. Give each its own.",
  INVALID_FRAME: "Send binary messages of y-websocket's protocol. Connect again.",
  BODY_TOO_LARGE: `A message may have ${sizes.socketFrame} bytes at most. Send less at once.`,
  RATE_LIMITED: "Too much was sent at once. Connect again, and send more slowly.",
  TOO_SLOW: "You read too slowly for what is written here. Connect again.",
  NOT_SAVED: "A change could not be saved. Connect again, and send yours again.",
  SHUTTING_DOWN: "The server is restarting. Connect again in a moment.",
  INTERNAL: "The server failed to go on. Connect again.",
};

/** `CODE: sentence`, as long as a close frame can be. A sentence that does not fit gives way to the code's own. */
export function closeReason(code: ErrorCode, message?: string): string {
  const [exact, usual] = [message, sentences[code]].map((each) => each && `${code}: ${each}`);
  if (exact && Buffer.byteLength(exact) <= mostBytes) return exact;
  return usual ?? shortened(exact ?? code);
}

function shortened(text: string): string {
  // By bytes, and not in the middle of a character.
  return new TextDecoder().decode(Buffer.from(text).subarray(0, mostBytes - 3)).replace(/\uFFFD+$/, "");
}
