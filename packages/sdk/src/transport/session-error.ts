import { type ErrorCode, errorTable, WaggleError } from "@waggle/contract";

/** The codes a host hears from `startMcpSession` and `join`. */
const spoken: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "NOT_READY",
  "SESSION_REFUSED",
  "SERVER_UNREACHABLE",
  "SESSION_RUNNING",
  "SESSION_ENDED",
  "FORBIDDEN",
  "RATE_LIMITED",
  "INVALID_TEMPLATE",
  "TEMPLATE_NOT_FOUND",
]);

/** Why a session did not start, in the host's codes; the server's own answer is in `data` and `cause`. */
export function toSessionError(failure: unknown): WaggleError {
  if (!(failure instanceof WaggleError)) {
    return new WaggleError("SESSION_REFUSED", { message: "The session could not be started.", cause: failure });
  }
  if (spoken.has(failure.code)) return failure;
  const code = errorTable[failure.code].retry ? "SERVER_UNREACHABLE" : "SESSION_REFUSED";
  const { rest } = errorTable[failure.code];
  return new WaggleError(code, {
    message: `${failure.message} (${rest})`,
    data: { ...failure.data, rest },
    cause: failure,
  });
}

/** Whether a new token may help. */
export function isAboutToken(failure: unknown): boolean {
  return failure instanceof WaggleError && errorTable[failure.code].http === 401;
}
