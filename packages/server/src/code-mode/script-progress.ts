/**
 * What a sandbox lets the server's thread see while a script runs. It is shared memory, because a script that has to be
 * killed says nothing any more.
 */
export class ScriptProgress {
  readonly memory: SharedArrayBuffer;
  readonly #functions: readonly string[];
  readonly #spentMs: Float64Array;
  readonly #isInCall: Int32Array;
  readonly #hasBegun: Int32Array;
  readonly #done: Int32Array;

  /** With the memory of the other side, or with its own. */
  constructor(functions: readonly string[], memory = new SharedArrayBuffer(bytesFor(functions))) {
    this.memory = memory;
    this.#functions = functions;
    this.#spentMs = new Float64Array(memory, 0, 1);
    this.#isInCall = new Int32Array(memory, Float64Array.BYTES_PER_ELEMENT, 1);
    this.#hasBegun = new Int32Array(memory, Float64Array.BYTES_PER_ELEMENT + Int32Array.BYTES_PER_ELEMENT, 1);
    this.#done = new Int32Array(memory, headBytes, functions.length);
  }

  /** For the next script. */
  reset(): void {
    this.#spentMs[0] = 0;
    this.#isInCall[0] = 0;
    this.#hasBegun[0] = 0;
    this.#done.fill(0);
  }

  /** The script begins to run: what was before is no time of its own. */
  begin(): void {
    Atomics.store(this.#hasBegun, 0, 1);
  }

  get hasBegun(): boolean {
    return Atomics.load(this.#hasBegun, 0) === 1;
  }

  /** Milliseconds that were spent on its calls, up to the last that is over. */
  get callsMs(): number {
    return this.#spentMs[0] ?? 0;
  }

  /** Whether a call is being carried out. */
  get isInCall(): boolean {
    return Atomics.load(this.#isInCall, 0) === 1;
  }

  /** Carries out a call. */
  during<Value>(call: () => Value): Value {
    const startedAt = performance.now();
    Atomics.store(this.#isInCall, 0, 1);
    try {
      return call();
    } finally {
      this.#spentMs[0] = this.callsMs + performance.now() - startedAt;
      Atomics.store(this.#isInCall, 0, 0);
    }
  }

  /** A call of this function has written something. */
  countWrite(name: string): void {
    const at = this.#functions.indexOf(name);
    if (at >= 0) Atomics.add(this.#done, at, 1);
  }

  /** What was written, in few words: `2 addSection, 5 addTitle`. */
  get summary(): string {
    return this.#functions
      .map((name, at) => ({ name, count: Atomics.load(this.#done, at) }))
      .filter(({ count }) => count > 0)
      .map(({ name, count }) => `${count} ${name}`)
      .join(", ");
  }
}

const headBytes = Float64Array.BYTES_PER_ELEMENT + 2 * Int32Array.BYTES_PER_ELEMENT;

const bytesFor = (functions: readonly string[]): number => headBytes + functions.length * Int32Array.BYTES_PER_ELEMENT;
