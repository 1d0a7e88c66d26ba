import { type ReadonlySignal, signal } from "@preact/signals";
import type { Clock } from "@waggle/sdk";

const tickMs = 1000;

/** The time as a signal that moves once a second while someone needs it. */
export class Ticker {
  readonly #clock: Clock;
  readonly #now = signal(0);
  #cancel: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#now.value = clock.now();
  }

  get now(): ReadonlySignal<number> {
    return this.#now;
  }

  start(): void {
    if (!this.#cancel) this.#tick();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #tick(): void {
    this.#now.value = this.#clock.now();
    this.#cancel = this.#clock.after(tickMs, () => this.#tick());
  }
}
