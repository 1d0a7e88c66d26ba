import type { ScriptLimits } from "./limits.ts";
import type { Engine } from "./protocol.ts";
import { loadEngine, Sandbox } from "./sandbox.ts";

export interface SandboxesOptions {
  /** Names of the functions of `bee`. */
  readonly functions: readonly string[];
  readonly limits: ScriptLimits;
  /** How many stand ready. */
  readonly spares: number;
}

/** Sandboxes that stand ready, because starting one takes longer than running a script. */
export class Sandboxes {
  readonly #options: SandboxesOptions;
  readonly #spares: Sandbox[] = [];
  #engine: Promise<Engine> | undefined;
  #isClosed = false;

  constructor(options: SandboxesOptions) {
    this.#options = options;
  }

  /** Starts those that are missing. */
  warm(): void {
    this.#fill().catch(() => undefined);
  }

  /**
   * One sandbox, for one script. Rejects when the engine can't be loaded. The next one is not started by that: `warm` does
   * it, once the script no longer needs the processors.
   */
  async take(): Promise<Sandbox> {
    return this.#spares.shift() ?? (await this.#start());
  }

  /** Lets the spares go. */
  rest(): void {
    for (const spare of this.#spares.splice(0)) spare.end();
  }

  /** A second call does nothing. */
  close(): void {
    this.#isClosed = true;
    this.rest();
  }

  async #fill(): Promise<void> {
    const engine = await this.#load();
    if (this.#isClosed) return;
    while (this.#spares.length < this.#options.spares) this.#add(engine);
  }

  #add(engine: Engine): void {
    const spare = Sandbox.start({ ...this.#options, engine });
    this.#spares.push(spare);
    // One that breaks while it waits is none.
    spare.ready.catch(() => {
      const at = this.#spares.indexOf(spare);
      if (at >= 0) this.#spares.splice(at, 1);
    });
  }

  async #start(): Promise<Sandbox> {
    const engine = await this.#load();
    if (this.#isClosed) throw new Error("The sandboxes are closed.");
    return Sandbox.start({ ...this.#options, engine });
  }

  #load(): Promise<Engine> {
    this.#engine ??= loadEngine().catch((error: unknown) => {
      this.#engine = undefined;
      throw error;
    });
    return this.#engine;
  }
}
