import type { Clock } from "../rooms/clock.ts";
import type { Engine } from "./protocol.ts";
import { loadEngine, Sandbox, type SandboxOptions } from "./sandbox.ts";

export interface SandboxesOptions extends Omit<SandboxOptions, "engine"> {
  /** How many there may be, those that run a script included. */
  readonly most: number;
  readonly clock: Pick<Clock, "after">;
  /** One that has run nothing for this long is let go, and with it what it knows of its last template. */
  readonly idleMs: number;
}

interface Idle {
  readonly sandbox: Sandbox;
  readonly cancelRest: () => void;
}

/** Sandboxes, of which one more stands ready than is needed: starting one takes longer than running a script. */
export class Sandboxes {
  readonly #options: SandboxesOptions;
  /** The one that was used last stands last: it has the template of its last script. */
  readonly #idle: Idle[] = [];
  readonly #taken = new Set<Sandbox>();
  /** All whose threads are not gone yet. */
  readonly #running = new Set<Sandbox>();
  #engine: Promise<Engine> | undefined;
  #isClosed = false;

  constructor(options: SandboxesOptions) {
    this.#options = options;
  }

  /** Starts one, if none stands ready and there may be one more. */
  warm(): void {
    this.#fill().catch(() => undefined);
  }

  /** One sandbox, for one script; `giveBack` it then. Rejects when the engine can't be loaded. */
  async take(): Promise<Sandbox> {
    const sandbox = this.#takeIdle() ?? this.#start(await this.#load());
    this.#taken.add(sandbox);
    // By the time another script comes, it may still be at this one.
    this.warm();
    return sandbox;
  }

  #takeIdle(): Sandbox | undefined {
    for (let idle = this.#idle.pop(); idle; idle = this.#idle.pop()) {
      idle.cancelRest();
      // It may have broken since it was ready.
      if (!idle.sandbox.isOver) return idle.sandbox;
    }
    return undefined;
  }

  /** Its script is over. One that can't take another is replaced. */
  giveBack(sandbox: Sandbox): void {
    this.#taken.delete(sandbox);
    if (this.#isClosed) sandbox.end();
    else if (!sandbox.isOver) this.#idle.push(this.#idling(sandbox));
    this.warm();
  }

  /** Ends all, and the scripts in them. Resolves when their threads are gone. A second call does nothing. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const { cancelRest } of this.#idle.splice(0)) cancelRest();
    const running = [...this.#running];
    for (const sandbox of running) sandbox.end();
    await Promise.all(running.map(({ exited }) => exited));
  }

  async #fill(): Promise<void> {
    const engine = await this.#load();
    const hasPlace = this.#idle.length + this.#taken.size < this.#options.most;
    if (!this.#isClosed && this.#idle.length === 0 && hasPlace) this.#idle.unshift(this.#idling(this.#start(engine)));
  }

  #idling(sandbox: Sandbox): Idle {
    const idle: Idle = {
      sandbox,
      cancelRest: this.#options.clock.after(this.#options.idleMs, () => {
        this.#forget(idle);
        sandbox.end();
      }),
    };
    // One that breaks while it waits is none.
    sandbox.ready.catch(() => this.#forget(idle));
    return idle;
  }

  #forget(idle: Idle): void {
    idle.cancelRest();
    const at = this.#idle.indexOf(idle);
    if (at >= 0) this.#idle.splice(at, 1);
  }

  #start(engine: Engine): Sandbox {
    if (this.#isClosed) throw new Error("The sandboxes are closed.");
    const sandbox = Sandbox.start({ ...this.#options, engine });
    this.#running.add(sandbox);
    void sandbox.exited.then(() => this.#running.delete(sandbox));
    return sandbox;
  }

  #load(): Promise<Engine> {
    this.#engine ??= loadEngine().catch((error: unknown) => {
      this.#engine = undefined;
      throw error;
    });
    return this.#engine;
  }
}
