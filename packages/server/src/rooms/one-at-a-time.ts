import { setImmediate as nextTurn } from "node:timers/promises";

/** Work that is done one piece after the other, with the process free for others in between. */
export class OneAtATime {
  #last: Promise<unknown> = Promise.resolve();

  /** Does the step when those before it are over, however they ended. */
  run<Value>(step: () => Promise<Value>): Promise<Value> {
    const done = this.#last.then(() => nextTurn()).then(step);
    this.#last = done.catch(() => undefined);
    return done;
  }
}
