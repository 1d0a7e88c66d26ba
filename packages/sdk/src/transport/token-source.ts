import { WaggleError } from "@waggle/contract";
import type { BeeConfig, TokenGrant } from "../bee-types.ts";
import type { Clock } from "../clock.ts";
import { unlessAborted } from "../parts.ts";
import { isTokenGrant, type ServerDoor } from "./server-door.ts";
import { isAboutToken } from "./session-error.ts";
import { SharedWork } from "./shared-work.ts";
import { expiryOf } from "./token-life.ts";

/** A token is replaced this long before it expires, or at half its life when that is shorter. */
const renewAheadMs = 5 * 60_000;
/** A host that keeps giving a token about to expire is not asked more often than this. */
const leastDelayMs = 5_000;
/** How long the host may take to give one. */
const hostWaitMs = 15_000;

interface KnownToken {
  readonly token: string;
  readonly expiresAt: number | undefined;
}

export interface TokenSourceOptions {
  readonly token: BeeConfig["token"];
  readonly door: ServerDoor;
  readonly clock: Clock;
}

/** The browser token: asked of the host when needed, renewed before it expires. */
export class TokenSource {
  readonly #configured: BeeConfig["token"];
  readonly #door: ServerDoor;
  readonly #clock: Clock;
  #known: KnownToken | undefined;
  readonly #renewing = new SharedWork((signal) => this.#renew(signal));

  constructor({ token, door, clock }: TokenSourceOptions) {
    this.#configured = token;
    this.#door = door;
    this.#clock = clock;
  }

  /** A token that should work. Rejects with SESSION_REFUSED when the host gives none. */
  async current(signal: AbortSignal): Promise<string> {
    const known = this.#known;
    if (known && !this.#isOver(known)) return known.token;
    const { token } = this.#remember(await this.#askHost(signal));
    return token;
  }

  /** Another token than the last one, which the server refused or which is about to expire. Calls at the same time share one. */
  renew(signal: AbortSignal): Promise<string> {
    return this.#renewing.run(signal);
  }

  /** Calls with a token, and once more with a new one when the server refuses it. */
  async use<Answer>(signal: AbortSignal, call: (token: string) => Promise<Answer>): Promise<Answer> {
    const token = await this.current(signal);
    try {
      return await call(token);
    } catch (failure) {
      if (!isAboutToken(failure)) throw failure;
    }
    const renewed = await this.renew(signal);
    signal.throwIfAborted();
    return call(renewed);
  }

  /** Renews in time, again and again, until the returned function is called. */
  keepFresh(renewed: (token: string) => void): () => void {
    const stopped = new AbortController();
    let cancel = () => {};
    const renewSoon = () => {
      this.renew(stopped.signal).then(
        (token) => {
          if (stopped.signal.aborted) return;
          renewed(token);
          plan();
        },
        // A backend that is down may be back before the token is over; one that is refused for good is not asked again.
        (failure: unknown) => {
          if (!stopped.signal.aborted && !isAboutToken(failure)) plan();
        },
      );
    };
    const plan = () => {
      const delayMs = this.#renewInMs();
      if (delayMs !== undefined) cancel = this.#clock.after(delayMs, renewSoon);
    };
    plan();
    return () => {
      stopped.abort();
      cancel();
    };
  }

  async #renew(signal: AbortSignal): Promise<string> {
    const known = this.#known;
    if (typeof this.#configured === "function") return this.#remember(await this.#askHost(signal)).token;
    const token = known?.token ?? tokenOf(this.#configured);
    return this.#remember(await this.#door.renewToken({ token, signal })).token;
  }

  async #askHost(signal: AbortSignal): Promise<string | TokenGrant> {
    if (typeof this.#configured !== "function") return this.#configured;
    const late = new AbortController();
    const stopWaiting = this.#clock.after(hostWaitMs, () => late.abort(noAnswer()));
    try {
      const answer = Promise.resolve(this.#configured());
      return await unlessAborted(answer, AbortSignal.any([signal, late.signal]));
    } catch (cause) {
      signal.throwIfAborted();
      // What is ours to say tells what to do; anything else is the host's own and may hold what nobody else should see.
      const message =
        cause instanceof WaggleError ? cause.message : "config.token() failed, so there is no token to come in with.";
      throw new WaggleError("SESSION_REFUSED", { message, cause });
    } finally {
      stopWaiting();
    }
  }

  #remember(answer: string | TokenGrant): KnownToken {
    const token = tokenOf(answer);
    const expiresInS = typeof answer === "string" ? undefined : answer.expires_in;
    this.#known = { token, expiresAt: expiryOf(token, { expiresInS, now: this.#clock.now() }) };
    return this.#known;
  }

  #isOver({ expiresAt }: KnownToken): boolean {
    return expiresAt !== undefined && expiresAt <= this.#clock.now();
  }

  #renewInMs(): number | undefined {
    const expiresAt = this.#known?.expiresAt;
    if (expiresAt === undefined) return undefined;
    const leftMs = Math.max(0, expiresAt - this.#clock.now());
    return Math.max(leftMs - renewAheadMs, leftMs / 2, leastDelayMs);
  }
}

function noAnswer(): WaggleError {
  return new WaggleError("SESSION_REFUSED", {
    message: `config.token() did not answer within ${hostWaitMs / 1000} seconds, so there is no token to come in with. Let it reject when your backend does not answer, then try again.`,
  });
}

function tokenOf(answer: unknown): string {
  const token = isTokenGrant(answer) ? answer.access_token : answer;
  if (typeof token === "string" && token !== "") return token;
  throw new WaggleError("SESSION_REFUSED", {
    message: "config.token has to give the token object of /loginV2, or its access_token.",
  });
}
