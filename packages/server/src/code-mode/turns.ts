import { WaggleError } from "@waggle/contract";

export interface TurnsOptions {
  /** How many may be at it at once. */
  readonly atOnce: number;
  /** How many may wait. */
  readonly mostWaiting: number;
}

interface Waiting {
  readonly owner: string;
  readonly start: () => void;
}

/** Who may run a script now: a few at once, and of one owner only one, so that nobody keeps the others waiting alone. */
export class Turns {
  readonly #options: TurnsOptions;
  readonly #busy = new Set<string>();
  readonly #waiting: Waiting[] = [];

  constructor(options: TurnsOptions) {
    this.#options = options;
  }

  /**
   * Resolves with what ends the turn, once it begins. Rejects with RATE_LIMITED when too many wait, and with the reason of
   * the signal when it is aborted before.
   */
  async take(owner: string, signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.#waiting.length >= this.#options.mostWaiting) throw tooMany(this.#options);
    const begun = Promise.withResolvers<void>();
    const waiting: Waiting = { owner, start: begun.resolve };
    const giveUp = (): void => {
      this.#leave(waiting);
      begun.reject(signal.reason);
    };
    signal.addEventListener("abort", giveUp, { once: true });
    this.#waiting.push(waiting);
    this.#next();
    try {
      await begun.promise;
    } finally {
      signal.removeEventListener("abort", giveUp);
    }
    return () => this.#end(owner);
  }

  #next(): void {
    if (this.#busy.size >= this.#options.atOnce) return;
    const next = this.#waiting.find(({ owner }) => !this.#busy.has(owner));
    if (!next) return;
    this.#leave(next);
    this.#busy.add(next.owner);
    next.start();
  }

  #end(owner: string): void {
    this.#busy.delete(owner);
    this.#next();
  }

  #leave(waiting: Waiting): void {
    const at = this.#waiting.indexOf(waiting);
    if (at >= 0) this.#waiting.splice(at, 1);
  }
}

function tooMany({ mostWaiting }: TurnsOptions): WaggleError {
  return new WaggleError("RATE_LIMITED", {
    message: `${mostWaiting} scripts are waiting already. Nothing was run; send it again in a few seconds.`,
  });
}
