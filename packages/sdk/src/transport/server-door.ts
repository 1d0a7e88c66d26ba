import {
  type AgentPolicy,
  type ErrorCode,
  errorTable,
  isErrorCode,
  routes,
  type SessionGrant,
  WaggleError,
} from "@waggle/contract";
import type { Json } from "@waggle/template";
import type { TokenGrant } from "../bee-types.ts";
import type { Clock } from "../clock.ts";

/** How long one answer may take. */
const answerWaitMs = 15_000;

interface Request {
  readonly path: string;
  readonly token: string;
  readonly body?: object;
  readonly signal: AbortSignal;
}

/** What a session is made of. */
export interface SessionContents {
  readonly template: Json;
  /** What agents may do in it. */
  readonly policy?: AgentPolicy | undefined;
}

/** The server's REST door, as far as a browser needs it. */
export class ServerDoor {
  readonly #origin: string;
  readonly #clock: Clock;

  constructor(server: string, clock: Clock) {
    this.#origin = server.replace(/\/+$/, "");
    this.#clock = clock;
  }

  /** WebSocket address of the rooms, without a template id. */
  get syncUrl(): string {
    return `${this.#origin.replace(/^http/, "ws")}${routes.sync}`;
  }

  /** Has the server build a room from page JSON. */
  async createSession(
    body: SessionContents,
    { token, signal }: Pick<Request, "token" | "signal">,
  ): Promise<SessionGrant> {
    const answer = await this.#post({ path: routes.session, token, body, signal });
    if (!isSessionGrant(answer)) throw unexpectedAnswer(routes.session);
    return answer;
  }

  /** A new token for one that still works. */
  async renewToken({ token, signal }: Pick<Request, "token" | "signal">): Promise<TokenGrant> {
    const answer = await this.#post({ path: routes.token, token, signal });
    if (!isTokenGrant(answer)) throw unexpectedAnswer(routes.token);
    return answer;
  }

  async #post({ path, token, body, signal }: Request): Promise<unknown> {
    const late = new AbortController();
    const stopWaiting = this.#clock.after(answerWaitMs, () => late.abort());
    try {
      const response = await fetch(`${this.#origin}${path}`, {
        method: "POST",
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.any([signal, late.signal]),
      });
      const answer: unknown = await response.json().catch(() => undefined);
      if (!response.ok) throw refusal(response.status, answer);
      return answer;
    } catch (failure) {
      signal.throwIfAborted();
      throw failure instanceof WaggleError ? failure : unreachable(failure);
    } finally {
      stopWaiting();
    }
  }
}

export function isTokenGrant(value: unknown): value is TokenGrant {
  return (
    typeof value === "object" && value !== null && "access_token" in value && typeof value.access_token === "string"
  );
}

function isSessionGrant(value: unknown): value is SessionGrant {
  if (typeof value !== "object" || value === null) return false;
  return (
    "templateId" in value &&
    typeof value.templateId === "string" &&
    "syncUrl" in value &&
    typeof value.syncUrl === "string" &&
    "expiresAt" in value &&
    typeof value.expiresAt === "number" &&
    "generation" in value &&
    typeof value.generation === "number"
  );
}

/** The error in a body `{code, message}`: by its numeric code, else by the status. */
function refusal(status: number, answer: unknown): WaggleError {
  const body: { code?: unknown; message?: unknown } = typeof answer === "object" && answer !== null ? answer : {};
  const code = codeOf(body.code) ?? codeOfStatus(status);
  const message = typeof body.message === "string" ? body.message : `The server answered ${status}.`;
  return new WaggleError(code, { message, data: { status, rest: body.code } });
}

function codeOf(rest: unknown): ErrorCode | undefined {
  return Object.keys(errorTable)
    .filter(isErrorCode)
    .find((code) => errorTable[code].rest === rest);
}

function codeOfStatus(status: number): ErrorCode {
  if (status === 401) return "AUTH_INVALID";
  if (status === 429) return "RATE_LIMITED";
  return status >= 500 ? "SERVER_UNREACHABLE" : "SESSION_REFUSED";
}

function unreachable(cause: unknown): WaggleError {
  return new WaggleError("SERVER_UNREACHABLE", {
    // A browser does not tell the one from the other.
    message:
      "The server could not be reached. Check the address and the network, then try again. To a page, a server whose WAGGLE_ORIGINS does not list it looks the same.",
    cause,
  });
}

function unexpectedAnswer(path: string): WaggleError {
  return new WaggleError("SERVER_UNREACHABLE", {
    message: `What answers at ${path} is not a Waggle server of this version.`,
  });
}
