import { unlessAborted } from "../parts.ts";

interface Running<Value> {
  readonly result: Promise<Value>;
  readonly giveUp: AbortController;
  waiting: number;
}

/** One piece of work for everyone who wants it at the same time. It is given up when nobody waits for it any more. */
export class SharedWork<Value> {
  readonly #work: (signal: AbortSignal) => Promise<Value>;
  #running: Running<Value> | undefined;

  constructor(work: (signal: AbortSignal) => Promise<Value>) {
    this.#work = work;
  }

  /** Rejects as soon as `signal` is aborted; whoever else waits goes on waiting. */
  async run(signal: AbortSignal): Promise<Value> {
    signal.throwIfAborted();
    this.#running ??= this.#begin();
    const running = this.#running;
    running.waiting += 1;
    try {
      return await unlessAborted(running.result, signal);
    } finally {
      running.waiting -= 1;
      if (running.waiting === 0) this.#end(running, signal.reason);
    }
  }

  #begin(): Running<Value> {
    const giveUp = new AbortController();
    return { result: this.#work(giveUp.signal), giveUp, waiting: 0 };
  }

  #end(running: Running<Value>, reason: unknown): void {
    running.giveUp.abort(reason);
    if (this.#running === running) this.#running = undefined;
  }
}
