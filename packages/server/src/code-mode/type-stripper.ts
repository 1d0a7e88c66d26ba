import { extname } from "node:path";
import { Worker } from "node:worker_threads";

export interface StripRequest {
  readonly ticket: number;
  readonly script: string;
}

export type StripAnswer = { readonly ticket: number } & StripOutcome;

/** JavaScript with every line and column where it was, or why there is none. */
export type StripOutcome = { readonly code: string } | { readonly refusal: string };

/** The first message of the thread: loading the compiler takes longer than using it. */
export interface StripperReady {
  readonly isReady: true;
}

/** A thousand times what a script takes, and more for a machine that has other things to do. */
const stripMs = 3_000;
/** Cold, on a busy machine, with the file cache empty. */
const startMs = 20_000;
const resourceLimits = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 };
const tooHard: StripOutcome = { refusal: "The script is too deeply nested to be read. Write it more plainly." };

interface Waiting {
  readonly resolve: (outcome: StripOutcome) => void;
  timer: NodeJS.Timeout;
}

/** Takes the types out of scripts, in a thread that is replaced when a script keeps it busy. */
export class TypeStripper {
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #isReady = false;
  #lastTicket = 0;

  /** Starts the thread, so that the first script does not wait for it. */
  warm(): void {
    this.#require();
  }

  strip(script: string): Promise<StripOutcome> {
    const worker = this.#require();
    const { promise, resolve } = Promise.withResolvers<StripOutcome>();
    const ticket = ++this.#lastTicket;
    this.#waiting.set(ticket, { resolve, timer: this.#restAfter(this.#isReady ? stripMs : startMs) });
    worker.postMessage({ ticket, script } satisfies StripRequest);
    return promise;
  }

  /** Ends the thread for good, as far as nobody asks again. */
  close(): void {
    this.rest();
  }

  /** Lets the thread go; the next script starts another. What is under way counts as refused. */
  rest(): void {
    const worker = this.#worker;
    this.#worker = undefined;
    this.#isReady = false;
    void worker?.terminate();
    for (const ticket of this.#waiting.keys()) this.#settle({ ticket, ...tooHard });
  }

  #require(): Worker {
    if (this.#worker) return this.#worker;
    const file = new URL(`./strip.worker${extname(import.meta.filename)}`, import.meta.url);
    const worker = new Worker(file, { resourceLimits, env: {} });
    worker.on("message", (message: StripAnswer | StripperReady) => {
      if (this.#worker !== worker) return;
      if ("isReady" in message) this.#started();
      else this.#settle(message);
    });
    // It ran out of stack or memory over what it read.
    worker.on("error", () => this.#worker === worker && this.rest());
    worker.unref();
    this.#worker = worker;
    return worker;
  }

  /** From now on scripts have the time that scripts have. */
  #started(): void {
    this.#isReady = true;
    for (const waiting of this.#waiting.values()) {
      clearTimeout(waiting.timer);
      waiting.timer = this.#restAfter(stripMs);
    }
  }

  #restAfter(delayMs: number): NodeJS.Timeout {
    return setTimeout(() => this.rest(), delayMs);
  }

  #settle({ ticket, ...outcome }: StripAnswer): void {
    const waiting = this.#waiting.get(ticket);
    if (!waiting) return;
    this.#waiting.delete(ticket);
    clearTimeout(waiting.timer);
    waiting.resolve(outcome);
  }
}
