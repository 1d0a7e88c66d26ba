import { type ErrorCode, WaggleError } from "@waggle/contract";

/** What the permanent close codes of the sync socket mean to the host. */
const meanings: Readonly<Record<number, readonly [ErrorCode, string]>> = {
  4401: ["AUTH_EXPIRED", "The server refused the token, and a new one too. Check what config.token() returns."],
  4403: ["FORBIDDEN", "This token may not enter the room. Ask the owner of the template for access."],
  4404: ["TEMPLATE_NOT_FOUND", "The server has no such template. Its time may be over: start a new session."],
  4409: ["GENERATION_CHANGED", "The server holds a newer build of this template. Load it again."],
  4410: ["SESSION_ENDED", "The session has ended. Start a new one to work with agents."],
  4429: ["RATE_LIMITED", "Too many connections. Try again in a minute."],
};

/** Whether a new token may help. */
export function isAboutToken(closeCode: number): boolean {
  return closeCode === 4401;
}

/** Why the server closed the connection for good. */
export function closeError(closeCode: number): WaggleError {
  const [code, message] = meanings[closeCode] ?? ["SESSION_REFUSED", "The server refused the connection."];
  return new WaggleError(code, { message, data: { closeCode } });
}
