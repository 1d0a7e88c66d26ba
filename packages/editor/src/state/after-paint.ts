/** A page in the background paints no frames; what waits for one comes after this at the latest. */
const longestWaitMs = 100;

/**
 * Work that may wait until what has just changed is on the screen. It is done in the order it came in, soon after the
 * next frame was painted.
 */
export class AfterPaint {
  readonly #runAll: (tasks: readonly (() => void)[]) => void;
  #tasks: (() => void)[] = [];
  #cancel = () => {};

  /** `runAll` carries out everything that waited for one frame. */
  constructor(runAll: (tasks: readonly (() => void)[]) => void) {
    this.#runAll = runAll;
  }

  get isPending(): boolean {
    return this.#tasks.length > 0;
  }

  add(task: () => void): void {
    this.#tasks.push(task);
    if (this.#tasks.length === 1) this.#schedule();
  }

  /** Does at once what waits. */
  flush(): void {
    this.#cancel();
    const tasks = this.#tasks;
    this.#tasks = [];
    if (tasks.length > 0) this.#runAll(tasks);
  }

  close(): void {
    this.#cancel();
    this.#tasks = [];
  }

  #schedule(): void {
    let afterFrame: ReturnType<typeof setTimeout> | undefined;
    // A timer set in a frame's callback is due when that frame has been painted.
    const frame = requestAnimationFrame(() => {
      afterFrame = setTimeout(() => this.flush());
    });
    const atLast = setTimeout(() => this.flush(), longestWaitMs);
    this.#cancel = () => {
      cancelAnimationFrame(frame);
      clearTimeout(afterFrame);
      clearTimeout(atLast);
    };
  }
}
