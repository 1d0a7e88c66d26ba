export interface BucketOptions {
  readonly perSecond: number;
  /** What may be taken at once after a pause. */
  readonly burst: number;
}

/** Lets a steady rate and short bursts through. */
export class TokenBucket {
  readonly #options: BucketOptions;
  #tokens: number;
  #filledAt: number;

  constructor(options: BucketOptions, now: number) {
    this.#options = options;
    this.#tokens = options.burst;
    this.#filledAt = now;
  }

  /** Whether that many tokens were there; they are gone then. */
  take(count: number, now: number): boolean {
    const { perSecond, burst } = this.#options;
    const elapsedMs = Math.max(0, now - this.#filledAt);
    this.#tokens = Math.min(burst, this.#tokens + (elapsedMs * perSecond) / 1000);
    this.#filledAt = now;
    if (this.#tokens < count) return false;
    this.#tokens -= count;
    return true;
  }
}
