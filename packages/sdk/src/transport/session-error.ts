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
  "SEATS_TAKEN",
]);

/** What a host can do about a refusal that says only what is wrong. */
const nextSteps: Readonly<Partial<Record<ErrorCode, string>>> = {
  AUTH_MISSING: "Let config.token give what POST /loginV2 of this server answers.",
  AUTH_INVALID: "Let config.token give what POST /loginV2 of this server answers.",
  AUTH_EXPIRED: "Let config.token fetch a new one from your backend.",
};

/** Why a session did not start, in the host's codes; the server's own answer is in `data` and `cause`. */
export function toSessionError(failure: unknown): WaggleError {
  if (!(failure instanceof WaggleError)) {
    return new WaggleError("SESSION_REFUSED", {
      message: "The session could not be started. What went wrong is in the error's cause.",
      cause: failure,
    });
  }
  if (spoken.has(failure.code)) return failure;
  const { rest, retry } = errorTable[failure.code];
  const nextStep = nextSteps[failure.code] ?? (retry ? "Try again." : "");
  return new WaggleError(retry ? "SERVER_UNREACHABLE" : "SESSION_REFUSED", {
    message: `${failure.message} ${nextStep}`.trim().replace(/[.]$/, ` (${rest}).`),
    data: { ...failure.data, rest },
    cause: failure,
  });
}

/** Whether a new token may help. */
export function isAboutToken(failure: unknown): boolean {
  return failure instanceof WaggleError && errorTable[failure.code].http === 401;
}
