import { type ErrorCode, isErrorCode, WaggleError } from "@waggle/contract";
import type { ServerClose } from "./room-connection.ts";

/** Codes by close code, for servers or proxies between that pass on no reason. */
const codes: Readonly<Record<number, ErrorCode>> = {
  1008: "INVALID_FRAME",
  1009: "BODY_TOO_LARGE",
  4401: "AUTH_EXPIRED",
  4403: "FORBIDDEN",
  4404: "TEMPLATE_NOT_FOUND",
  4409: "GENERATION_CHANGED",
  4410: "SESSION_ENDED",
  4429: "RATE_LIMITED",
};

/** For the person in front of this editor. Codes that are not here are told in the server's own words. */
const messages: Readonly<Partial<Record<ErrorCode, string>>> = {
  FORBIDDEN: "This token may not enter the room. Ask the owner of the template for access.",
  TEMPLATE_NOT_FOUND: "The server has no such template. Its time may be over: start a new session.",
  GENERATION_CHANGED: "The server holds another build of this template. Load it again.",
  SESSION_ENDED: "The session has ended. Start a new one to work with agents.",
  SESSION_REFUSED:
    "This session belongs to one person, who is somebody else. Start your own, or join a template that a backend created.",
  SEATS_TAKEN: "All seats of this template are taken. Try again when one leaves.",
  RATE_LIMITED: "Too many changes in a short time. Try again in a minute.",
  BODY_TOO_LARGE:
    "What you changed is too large for the server to take at once, so the session ended here. Your edits are kept in this editor: use addresses instead of embedded pictures, then start a new session.",
  INVALID_FRAME:
    "The server could not read what you changed, so the session ended here. Your edits are kept in this editor: save its template, load the page again, then start a new session.",
};

const refused = "The server refused the connection. Check the token and the template id.";

/**
 * Whether the server would close the next connection for the same reason: a refusal by its code, or an edit it does not take,
 * which would go up again with each connection.
 */
export function isFinal({ code }: Pick<ServerClose, "code">): boolean {
  return (code >= 4400 && code < 4500) || code === 1008 || code === 1009;
}

/** Why the server closed the connection for good. The reason of a close is `CODE: sentence`. */
export function closeError({ code: closeCode, reason }: ServerClose): WaggleError {
  const [name = "", ...rest] = reason.split(":");
  const named = isErrorCode(name) ? name : undefined;
  const code = named ?? codes[closeCode];
  const sentence = named ? rest.join(":").trim() : "";
  const message = (code && messages[code]) || sentence || refused;
  return new WaggleError(code ?? "SESSION_REFUSED", { message, data: { closeCode } });
}
