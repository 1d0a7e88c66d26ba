/**
 * What listeners are to be told, in order, and only when nothing is half done: they may edit the template themselves.
 */
export class Delivery {
  readonly #waiting: (() => void)[] = [];
  #holds = 0;
  #isDelivering = false;

  add(tell: () => void): void {
    this.#waiting.push(tell);
    this.#deliver();
  }

  /** Nothing is told until each hold was released. */
  hold(): void {
    this.#holds += 1;
  }

  release(): void {
    this.#holds -= 1;
    this.#deliver();
  }

  /** Tells only after `run` is through. */
  during(run: () => void): void {
    this.hold();
    try {
      run();
    } finally {
      this.release();
    }
  }

  #deliver(): void {
    if (this.#isDelivering) return;
    this.#isDelivering = true;
    try {
      for (let tell = this.#next(); tell; tell = this.#next()) tell();
    } finally {
      this.#isDelivering = false;
    }
  }

  #next(): (() => void) | undefined {
    return this.#holds > 0 ? undefined : this.#waiting.shift();
  }
}
