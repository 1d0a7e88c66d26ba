import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import { type AnyOperation, toCommandName } from "@waggle/contract";
import type { Snapshot } from "@waggle/template";
import { killAfterMs, type ScriptLimits } from "./limits.ts";
import type { Engine, SandboxMessage, SandboxRequest, SandboxSetup, ScriptEnding, ScriptOrder } from "./protocol.ts";
import { checkName } from "./script-draft.ts";
import { ScriptProgress } from "./script-progress.ts";
import { updateOf } from "./snapshot-update.ts";

/** The thread's own heap: the operations, one template, and what a script does to it, most of which is soon garbage. */
const resourceLimits = { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 48, stackSizeMb: 4 };
/** While a script has not begun or one of its calls is being carried out, it is looked again so much later. */
const lookAgainMs = 50;
/** Cold, on a busy machine: the thread's start, or the template on its way to it. */
const longestStartMs = 20_000;

export interface SandboxOptions {
  readonly engine: Engine;
  /** What scripts can call: operations of the catalogue of this project, which the thread loads by their names. */
  readonly operations: Iterable<Pick<AnyOperation, "name">>;
  readonly limits: ScriptLimits;
}

/** A script to run, and the template it sees. */
export interface SandboxScript extends Omit<ScriptOrder, "base"> {
  readonly base: Snapshot;
}

/** What came of a script. */
export interface ScriptOutcome {
  readonly ending: ScriptEnding;
  /** The lines it logged. */
  readonly log: readonly string[];
  /** What it had written until it ended: `2 addSection, 5 addTitle`. */
  readonly summary: string;
}

// Node has it, its types don't; those of browsers are not for a server.
const { compile } = Reflect.get(globalThis, "WebAssembly") as { compile(bytes: Uint8Array): Promise<Engine> };

/** QuickJS for `Sandbox`, found beside its package and compiled once. */
export async function loadEngine(): Promise<Engine> {
  const file = createRequire(import.meta.url).resolve("quickjs-wasi/quickjs.wasm");
  return compile(await readFile(file));
}

/**
 * A thread that runs scripts, one at a time, each in an engine of its own. It is started ahead of the first, and kept for the
 * next as long as no script has broken or filled it.
 */
export class Sandbox {
  readonly #worker: Worker;
  readonly #limits: ScriptLimits;
  readonly #progress: ScriptProgress;
  readonly #exited = Promise.withResolvers<void>();
  #ready = Promise.withResolvers<void>();
  #run: RunningScript | undefined;
  #known: Snapshot | undefined;
  #isOver = false;

  static start(options: SandboxOptions): Sandbox {
    return new Sandbox(options);
  }

  private constructor({ engine, operations, limits }: SandboxOptions) {
    const names = Array.from(operations, ({ name }) => name);
    this.#limits = limits;
    this.#progress = new ScriptProgress([...names.map(toCommandName), checkName]);
    const workerData: SandboxSetup = { engine, operations: names, limits, progress: this.#progress.memory };
    const script = new URL(`./sandbox.worker${extname(import.meta.filename)}`, import.meta.url);
    // Without the environment: what is not there can't get out.
    this.#worker = new Worker(script, { workerData, resourceLimits, env: {}, stdout: true, stderr: true });
    // Of one that is not used nobody waits for either.
    this.#ready.promise.catch(() => undefined);
    this.#worker.on("message", (message: SandboxMessage) => this.#receive(message));
    this.#worker.on("error", (error) => this.#broke(error));
    this.#worker.on("exit", () => {
      this.#broke(new Error("A sandbox ended by itself."));
      this.#exited.resolve();
    });
    this.#worker.unref();
  }

  /** Resolves when it can take a script at once; rejects when it can take none any more. */
  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  /** Resolves when its thread is gone. */
  get exited(): Promise<void> {
    return this.#exited.promise;
  }

  /** Whether it can take no script any more. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Runs a script. Rejects only with what is no fault of the script. One runs at a time. */
  async run({ base, ...order }: SandboxScript): Promise<ScriptOutcome> {
    assert(!this.#run && !this.#isOver, "The sandbox runs a script already, or has ended.");
    const run = new RunningScript();
    this.#run = run;
    this.#worker.ref();
    this.#progress.reset();
    try {
      this.#watch(run);
      await Promise.race([this.#ready.promise, run.ended.promise]);
      if (!this.#isOver) this.#send({ ...order, base: JSON.stringify(updateOf(this.#known, base)) });
      this.#known = base;
      const ending = await run.ended.promise;
      return { ending, log: run.log, summary: this.#progress.summary };
    } finally {
      clearTimeout(run.killTimer);
      this.#run = undefined;
      this.#worker.unref();
    }
  }

  #send(order: ScriptOrder): void {
    this.#ready = Promise.withResolvers();
    this.#ready.promise.catch(() => undefined);
    if (this.#run) this.#run.isSent = true;
    this.#worker.postMessage(order satisfies SandboxRequest);
  }

  /** Stops it, whatever it does. A second call does nothing. */
  end(): void {
    this.#finish({ kind: "stopped", reason: "ended" });
    this.#close(new Error("The sandbox was ended."));
  }

  #receive(message: SandboxMessage): void {
    if (this.#isOver) return;
    if (message.kind === "ready") this.#ready.resolve();
    if (message.kind === "log") this.#run?.log.push(message.text);
    if (message.kind !== "ended") return;
    if (this.#run) this.#run.isSent = false;
    this.#finish(JSON.parse(message.ending));
    if (message.isWornOut) this.#close(new Error("The sandbox is worn out."));
  }

  /** Built-in functions don't look at the time: a script in one of them has to be killed. */
  #watch(run: RunningScript): void {
    const now = performance.now();
    if (!this.#progress.hasBegun) {
      if (now - run.sentAt > longestStartMs) this.#broke(new Error("A sandbox did not begin in time."));
      else this.#watchAgain(run, lookAgainMs);
      return;
    }
    run.begunAt ??= now;
    const { runMs, callsMs } = this.#limits;
    // Before the time it took: a call that ends in between would count as time of the script's own.
    const { isInCall } = this.#progress;
    const takenMs = now - run.begunAt;
    const ownMs = takenMs - this.#progress.callsMs;
    if (takenMs >= runMs + callsMs + killAfterMs || (!isInCall && ownMs >= runMs + killAfterMs)) {
      this.#finish({ kind: "stopped", reason: isInCall ? "calls-time" : "killed" });
      this.#close(new Error("The script was killed."));
      return;
    }
    this.#watchAgain(run, isInCall ? lookAgainMs : runMs + killAfterMs - ownMs);
  }

  #watchAgain(run: RunningScript, delayMs: number): void {
    run.killTimer = setTimeout(() => this.#watch(run), Math.ceil(delayMs));
  }

  #broke(error: unknown): void {
    if (error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY")
      this.#finish({ kind: "stopped", reason: "memory" });
    else this.#run?.ended.reject(error);
    this.#close(error);
  }

  #finish(ending: ScriptEnding): void {
    this.#run?.ended.resolve(ending);
  }

  #close(reason: unknown): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#ready.reject(reason);
    // One that can listen ends by itself: only a script that does not is torn from its thread.
    if (this.#run?.isSent) void this.#worker.terminate();
    else this.#worker.postMessage("end" satisfies SandboxRequest);
  }
}

class RunningScript {
  readonly sentAt = performance.now();
  /** The thread has its order, and may not listen until it is done. */
  isSent = false;
  /** When it was seen to run. */
  begunAt: number | undefined;
  readonly ended = Promise.withResolvers<ScriptEnding>();
  readonly log: string[] = [];
  killTimer: NodeJS.Timeout | undefined;
}
