import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import { killAfterMs, type ScriptLimits } from "./limits.ts";
import type {
  CallAnswer,
  Engine,
  SandboxMessage,
  SandboxSetup,
  ScriptEnding,
  ScriptOrder,
  StopReason,
} from "./protocol.ts";

/** The thread's own heap: what it holds is the engine and one call at a time. */
const resourceLimits = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 };

export interface SandboxOptions {
  readonly engine: Engine;
  /** Names of the functions of `bee`. */
  readonly functions: readonly string[];
  readonly limits: ScriptLimits;
}

/** The server's side of a running script. */
export interface ScriptHost {
  /** Answers one call of `bee`, or stops the script. What it throws ends the script and is passed on. */
  call(name: string, json: string): CallAnswer | { readonly stop: StopReason };
  /** The script logged a line. */
  log(text: string): void;
}

// Node has it, its types don't; those of browsers are not for a server.
const { compile } = Reflect.get(globalThis, "WebAssembly") as { compile(bytes: Uint8Array): Promise<Engine> };

/** QuickJS for `Sandbox`, found beside its package and compiled once. */
export async function loadEngine(): Promise<Engine> {
  const file = createRequire(import.meta.url).resolve("quickjs-wasi/quickjs.wasm");
  return compile(await readFile(file));
}

/** A thread that runs one script and is thrown away. It is started ahead of the script, so that no script waits for it. */
export class Sandbox {
  readonly #worker: Worker;
  readonly #answered = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  readonly #limits: ScriptLimits;
  readonly #ending = Promise.withResolvers<ScriptEnding>();
  readonly #ready = Promise.withResolvers<void>();
  #host: ScriptHost | undefined;
  #killTimer: NodeJS.Timeout | undefined;
  #isOver = false;

  static start(options: SandboxOptions): Sandbox {
    return new Sandbox(options);
  }

  private constructor({ engine, functions, limits }: SandboxOptions) {
    this.#limits = limits;
    const workerData: SandboxSetup = { engine, functions, limits, answered: this.#answered };
    const script = new URL(`./sandbox.worker${extname(import.meta.filename)}`, import.meta.url);
    // Without the environment: what is not there can't get out.
    this.#worker = new Worker(script, { workerData, resourceLimits, env: {}, stdout: true, stderr: true });
    // Of one that is not used nobody waits for either.
    this.#ready.promise.catch(() => undefined);
    this.#ending.promise.catch(() => undefined);
    this.#worker.on("message", (message: SandboxMessage) => this.#receive(message));
    this.#worker.on("error", (error) => this.#broke(error));
    this.#worker.on("exit", () => this.#broke(new Error("A sandbox ended by itself.")));
    this.#worker.unref();
  }

  /** Resolves when it can take its script at once. */
  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  /** Runs the script. Rejects only with what is no fault of the script. */
  async run(order: ScriptOrder, host: ScriptHost): Promise<ScriptEnding> {
    this.#worker.ref();
    await this.#ready.promise;
    this.#host = host;
    this.#killAfter(this.#limits.runMs);
    this.#worker.postMessage(order);
    try {
      return await this.#ending.promise;
    } finally {
      this.end();
    }
  }

  /** Stops it, whatever it does. A second call does nothing. */
  end(): void {
    this.#finish({ kind: "stopped", reason: "ended" });
    void this.#worker.terminate();
  }

  #receive(message: SandboxMessage): void {
    if (this.#isOver) return;
    if (message.kind === "ready") this.#ready.resolve();
    if (message.kind === "log") this.#host?.log(message.text);
    if (message.kind === "call") this.#answer(message);
    if (message.kind === "ended") this.#finish(message.ending);
  }

  #answer({ name, input, usedMs }: Extract<SandboxMessage, { kind: "call" }>): void {
    const answer = this.#answerOf(name, input);
    if (!answer) return;
    if ("stop" in answer) {
      this.#finish({ kind: "stopped", reason: answer.stop });
      return;
    }
    this.#killAfter(this.#limits.runMs - usedMs);
    this.#worker.postMessage(JSON.stringify(answer));
    Atomics.store(this.#answered, 0, 1);
    Atomics.notify(this.#answered, 0);
  }

  #answerOf(name: string, input: string): ReturnType<ScriptHost["call"]> | undefined {
    try {
      return this.#host?.call(name, input);
    } catch (error) {
      this.#broke(error);
      return undefined;
    }
  }

  /** Built-in functions don't look at the time: a script in one of them has to be killed. */
  #killAfter(restMs: number): void {
    clearTimeout(this.#killTimer);
    this.#killTimer = setTimeout(() => this.#finish({ kind: "stopped", reason: "killed" }), restMs + killAfterMs);
  }

  #broke(error: unknown): void {
    this.#ready.reject(error);
    if (error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY") {
      this.#finish({ kind: "stopped", reason: "memory" });
      return;
    }
    this.#ending.reject(error);
    this.#isOver = true;
    clearTimeout(this.#killTimer);
  }

  #finish(ending: ScriptEnding): void {
    this.#isOver = true;
    clearTimeout(this.#killTimer);
    this.#ending.resolve(ending);
  }
}
