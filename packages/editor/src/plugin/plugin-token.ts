import { routes, WaggleError } from "@waggle/contract";
import { type Clock, systemClock } from "@waggle/sdk";
import type { PluginToken } from "./plugin-config.ts";

/** A token is renewed this long before it is over, or at half its life when that is shorter. */
const aheadMs = 5 * 60_000;
/** A server that does not answer is asked again after this. */
const againMs = 30_000;
/** How long an answer may take. */
const answerWaitMs = 15_000;

/** The token of a page that has no function to get another one: the server renews it, or the host brings a new one. */
export class TokenKeeper {
  readonly #server: string;
  readonly #clock: Clock;
  #grant: PluginToken;
  #isFresh = true;
  #expiresAt: number | undefined;
  #cancel = () => {};
  #isClosed = false;

  constructor(grant: PluginToken, server: string, clock: Clock = systemClock) {
    this.#grant = grant;
    this.#server = server;
    this.#clock = clock;
    this.#keep(grant);
  }

  /** A new one from the host is given out once before the server is asked. */
  update(grant: PluginToken): void {
    this.#keep(grant);
  }

  /**
   * The token at first; whenever it is asked for again, a later one. It says how long it still works. Rejects with
   * AUTH_EXPIRED when the server renews it no more, and with SERVER_UNREACHABLE when it can't be asked now.
   */
  async next(): Promise<PluginToken> {
    if (!this.#isFresh) await this.#renew();
    this.#isFresh = false;
    if (this.#expiresAt === undefined) return this.#grant;
    return { ...this.#grant, expires_in: Math.max(0, (this.#expiresAt - this.#clock.now()) / 1000) };
  }

  close(): void {
    this.#isClosed = true;
    this.#cancel();
  }

  // Only a token that works can be renewed, and a person may edit for hours before the first session asks for one.
  #keep(grant: PluginToken): void {
    this.#grant = grant;
    this.#isFresh = true;
    this.#cancel();
    const lifeMs = grant.expires_in === undefined ? undefined : grant.expires_in * 1000;
    this.#expiresAt = lifeMs === undefined ? undefined : this.#clock.now() + lifeMs;
    if (lifeMs !== undefined && lifeMs > 0) this.#renewAfter(Math.max(lifeMs - aheadMs, lifeMs / 2));
  }

  #renewAfter(delayMs: number): void {
    if (this.#isClosed) return;
    this.#cancel = this.#clock.after(delayMs, () => {
      this.#renew().catch((failure: unknown) => {
        // A refusal is told when the token is asked for next.
        if (!isRefusal(failure)) this.#renewAfter(againMs);
      });
    });
  }

  /** What the host brings meanwhile is newer than the answer, whatever that says. */
  async #renew(): Promise<void> {
    const old = this.#grant;
    try {
      const grant = await this.#ask(old);
      if (this.#grant === old) this.#keep(grant);
    } catch (failure) {
      if (this.#grant === old) throw failure;
    }
  }

  async #ask({ access_token }: PluginToken): Promise<PluginToken> {
    const late = new AbortController();
    const stopWaiting = this.#clock.after(answerWaitMs, () => late.abort());
    try {
      const response = await fetch(`${this.#server}${routes.token}`, {
        method: "POST",
        headers: { authorization: `Bearer ${access_token}` },
        signal: late.signal,
      });
      const answer: unknown = await response.json().catch(() => undefined);
      if (response.ok && isGrant(answer)) return answer;
      throw notRenewed(response.status);
    } catch (cause) {
      throw cause instanceof WaggleError ? cause : unreachable("The server could not be asked for a new token.", cause);
    } finally {
      stopWaiting();
    }
  }
}

function notRenewed(status: number): WaggleError {
  if (status !== 401 && status !== 403) return unreachable(`The token was not renewed for now (${status}).`);
  const message = `The token was not renewed (${status}). Call updateToken with a new one of POST /loginV2.`;
  return new WaggleError("AUTH_EXPIRED", { message });
}

function unreachable(what: string, cause?: unknown): WaggleError {
  const message = `${what} Try again, or call updateToken with one of POST /loginV2.`;
  return new WaggleError("SERVER_UNREACHABLE", { message, cause });
}

function isRefusal(failure: unknown): boolean {
  return failure instanceof WaggleError && failure.code === "AUTH_EXPIRED";
}

/** Whether this is what `POST /loginV2` answers. */
export function isGrant(value: unknown): value is PluginToken {
  return (
    typeof value === "object" && value !== null && "access_token" in value && typeof value.access_token === "string"
  );
}
