import type { Engine } from "./protocol.ts";
import { loadEngine, Sandbox, type SandboxOptions } from "./sandbox.ts";

export interface SandboxesOptions extends Omit<SandboxOptions, "engine"> {
  /** How many there are while scripts come, those that run one included. */
  readonly count: number;
}

/** Sandboxes that stand ready, because starting one takes longer than running a script. */
export class Sandboxes {
  readonly #options: SandboxesOptions;
  readonly #idle: Sandbox[] = [];
  #taken = 0;
  #engine: Promise<Engine> | undefined;
  #isClosed = false;

  constructor(options: SandboxesOptions) {
    this.#options = options;
  }

  /** Starts those that are missing. */
  warm(): void {
    this.#fill().catch(() => undefined);
  }

  /** One sandbox, for one script; `giveBack` it then. Rejects when the engine can't be loaded. */
  async take(): Promise<Sandbox> {
    this.#taken += 1;
    try {
      // The one that was used last has the template of its last script.
      return this.#idle.pop() ?? (await this.#start());
    } catch (error) {
      this.#taken -= 1;
      throw error;
    }
  }

  /** Its script is over. One that can't take another is replaced. */
  giveBack(sandbox: Sandbox): void {
    this.#taken -= 1;
    if (this.#isClosed) sandbox.end();
    else if (!sandbox.isOver) this.#idle.push(this.#watched(sandbox));
    this.warm();
  }

  /** Lets those go that run no script. */
  rest(): void {
    for (const each of this.#idle.splice(0)) each.end();
  }

  /** A second call does nothing. */
  close(): void {
    this.#isClosed = true;
    this.rest();
  }

  async #fill(): Promise<void> {
    const engine = await this.#load();
    if (this.#isClosed) return;
    while (this.#idle.length + this.#taken < this.#options.count)
      this.#idle.unshift(this.#watched(Sandbox.start({ ...this.#options, engine })));
  }

  /** One that breaks while it waits is none. */
  #watched(sandbox: Sandbox): Sandbox {
    sandbox.ready.catch(() => {
      const at = this.#idle.indexOf(sandbox);
      if (at >= 0) this.#idle.splice(at, 1);
    });
    return sandbox;
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
