interface Timer {
  readonly id: number;
  readonly due: number;
  readonly run: () => void;
}

/**
 * A clock that stands still until a test moves it.
 *
 * @example
 * const clock = new FakeClock();
 * clock.after(1000, () => console.log("late"));
 * clock.advance(1000); // prints
 */
export class FakeClock {
  #now: number;
  #lastId = 0;
  readonly #timers = new Map<number, Timer>();

  constructor(now: number = Date.UTC(2026, 0, 1)) {
    this.#now = now;
  }

  /** Unix time in milliseconds. */
  now(): number {
    return this.#now;
  }

  /** How many timers wait: 0 when everything that was started was stopped. */
  get pending(): number {
    return this.#timers.size;
  }

  setTimeout(run: () => void, delayMs = 0): number {
    this.#lastId += 1;
    this.#timers.set(this.#lastId, { id: this.#lastId, due: this.#now + Math.max(0, delayMs), run });
    return this.#lastId;
  }

  clearTimeout(id: number | undefined): void {
    if (id !== undefined) this.#timers.delete(id);
  }

  /** Runs `run` once after the delay, unless the returned function was called first. */
  after(delayMs: number, run: () => void): () => void {
    const id = this.setTimeout(run, delayMs);
    return () => this.clearTimeout(id);
  }

  /** Moves time on. What falls due runs in order, each at its own time, timers set meanwhile included. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (let timer = this.#next(end); timer; timer = this.#next(end)) {
      this.#timers.delete(timer.id);
      this.#now = timer.due;
      timer.run();
    }
    this.#now = end;
  }

  #next(end: number): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers.values()) {
      if (timer.due <= end && (!next || timer.due < next.due)) next = timer;
    }
    return next;
  }
}
