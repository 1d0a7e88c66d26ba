import { type ErrorCode, isErrorCode, WaggleError } from "@waggle/contract";
import type { ServerClose } from "./room-connection.ts";

/** Codes by close code, for servers or proxies between that pass on no reason. */
const codes: Readonly<Record<number, ErrorCode>> = {
  4401: "AUTH_EXPIRED",
  4403: "FORBIDDEN",
  4404: "TEMPLATE_NOT_FOUND",
  4409: "GENERATION_CHANGED",
  4410: "SESSION_ENDED",
  4429: "RATE_LIMITED",
};

const messages: Readonly<Partial<Record<ErrorCode, string>>> = {
  FORBIDDEN: "This token may not enter the room. Ask the owner of the template for access.",
  TEMPLATE_NOT_FOUND: "The server has no such template. Its time may be over: start a new session.",
  GENERATION_CHANGED: "The server holds another build of this template. Load it again.",
  SESSION_ENDED: "The session has ended. Start a new one to work with agents.",
  SESSION_REFUSED:
    "This session belongs to one person, who is somebody else. Start your own, or join a template that a backend created.",
  SEATS_TAKEN: "All seats of this template are taken. Try again when one leaves.",
  RATE_LIMITED: "Too many changes in a short time. Try again in a minute.",
};

/** Why the server closed the connection for good. The reason of a close begins with the name of an error code. */
export function closeError({ code: closeCode, reason }: ServerClose): WaggleError {
  const [name] = reason.split(":", 1);
  const code = isErrorCode(name) ? name : (codes[closeCode] ?? "SESSION_REFUSED");
  const message = messages[code] ?? "The server refused the connection. Check the token and the template id.";
  return new WaggleError(code, { message, data: { closeCode } });
}
