// A thread for one script: QuickJS in WebAssembly, with nothing of Node in reach. The script's calls are answered by the
// server's thread while this one waits.
import assert from "node:assert/strict";
import { parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import { Intrinsics, JSException, type JSValueHandle, QuickJS } from "quickjs-wasi";
import { prelude } from "./prelude.ts";
import type { SandboxMessage, SandboxSetup, ScriptEnding, ScriptOrder, ThrownPlace } from "./protocol.ts";
import { placeInScript, scriptFile } from "./script-wrapper.ts";

const nanosecondsPerMillisecond = 1_000_000n;
const tooDeep = "Maximum call stack size exceeded";
/** Everything of the language but what shows real time or when memory is freed. */
const language = Object.values(Intrinsics)
  .filter((each) => ![Intrinsics.ALL, Intrinsics.PERFORMANCE, Intrinsics.WEAK_REF].some((left) => left === each))
  .reduce((all, each) => all | each, 0);

assert(parentPort, "This file is a thread of the server.");
const port = parentPort;
// The server's thread made it, with this very type.
const setup = workerData as SandboxSetup;
const tell = (message: SandboxMessage): void => port.postMessage(message);

class Guest {
  readonly #vm: QuickJS;
  readonly #functions: JSValueHandle;
  readonly #timing: Timing;
  /** The first promise that failed without anyone waiting for it, while there is one. */
  #unawaited: string[] = [];
  /** Where the script was when its time was over. */
  #stackAtTheEnd = "";

  static async create(): Promise<Guest> {
    const timing = new Timing();
    const held: { guest?: Guest } = {};
    const vm = await QuickJS.create({
      wasm: setup.engine,
      memoryLimit: setup.limits.memoryBytes,
      maxStackSize: setup.limits.stackBytes,
      intrinsics: language,
      timezoneOffset: 0,
      interruptHandler: () => timing.isOver,
      onUnhandledRejection: (_promise: JSValueHandle, reason: JSValueHandle, isHandled: boolean) =>
        held.guest?.noteRejection(reason, isHandled),
      wasi: (memory: { readonly buffer: ArrayBuffer }) => ({
        clock_time_get: (_clock: number, _precision: bigint, at: number) => {
          const time = BigInt(Math.round(timing.now)) * nanosecondsPerMillisecond;
          new DataView(memory.buffer).setBigUint64(at, time, true);
          return 0;
        },
        fd_write: () => 8,
      }),
    });
    held.guest = new Guest(vm, timing);
    return held.guest;
  }

  private constructor(vm: QuickJS, timing: Timing) {
    this.#vm = vm;
    this.#timing = timing;
    this.#expose("__call", (name, input) => this.#call(name, input));
    this.#expose("__print", (text) => this.#print(text));
    const given = JSON.stringify([setup.functions, setup.limits]).slice(1, -1);
    this.#functions = vm.evalCode(`${prelude}(${given})`, "waggle");
  }

  run({ code, now }: ScriptOrder): ScriptEnding {
    this.#timing.start(now);
    try {
      this.#ask("watch", this.#vm.evalCode(code, scriptFile));
      this.#vm.executePendingJobs();
      return this.#timing.isOver ? this.#outOfTime(this.#stackAtTheEnd) : this.#ending();
    } catch (failure) {
      return this.#timing.isOver ? this.#outOfTime(this.#stackAtTheEnd || stackOf(failure)) : this.#broken(failure);
    }
  }

  #outOfTime(stack: string): ScriptEnding {
    return { kind: "stopped", reason: "time", lastCallLine: placeInScript(stack).line };
  }

  noteRejection(reason: JSValueHandle, isHandled: boolean): void {
    if (this.#timing.isOver) {
      // Of the interruption itself; read without running any more of the script.
      this.#stackAtTheEnd ||= reason.getProp("stack").toString();
      return;
    }
    if (isHandled) this.#unawaited.pop();
    else this.#unawaited.push(this.#describe(reason));
  }

  /** Never throws: the engine is in the midst of its work. */
  #describe(reason: JSValueHandle): string {
    try {
      return this.#vm.callFunction(this.#function("described"), this.#vm.undefined, reason).toString();
    } catch {
      return '["","A promise failed, and it could not be told why."]';
    }
  }

  #ending(): ScriptEnding {
    const outcome = this.#ask("outcome");
    const [kind, text] = [outcome.slice(0, 4), outcome.slice(4)];
    const [unawaited] = this.#unawaited;
    if (kind === "fail") return this.#thrown(text);
    // The script would seem to have done what it did not do.
    if (unawaited !== undefined) return this.#thrown(unawaited);
    if (kind === "") return { kind: "stopped", reason: "waits-forever" };
    return { kind: "returned", json: kind === "json" ? text : undefined };
  }

  #thrown(description: string): ScriptEnding {
    // The prelude wrote it; a script that bends it only bends its own message.
    const [name = "", message = "", stack = "", call] = JSON.parse(description) as [string, string, string, number];
    const place = { ...placeInScript(stack), call: call === undefined || call < 0 ? undefined : call };
    return this.#judged({ name, message }, place);
  }

  /** What came out of the engine itself: an interruption, or a script that can't be read. */
  #broken(failure: unknown): ScriptEnding {
    if (!(failure instanceof Error)) throw failure;
    return this.#judged(failure, placeInScript(stackOf(failure)));
  }

  #judged({ name, message }: Pick<Error, "name" | "message">, place: ThrownPlace): ScriptEnding {
    if (message.includes("out of memory")) return { kind: "stopped", reason: "memory", ...place };
    return { kind: "threw", name, message: message === "stack overflow" ? tooDeep : message, ...place };
  }

  #call(name: JSValueHandle | undefined, input: JSValueHandle | undefined): JSValueHandle {
    Atomics.store(setup.answered, 0, 0);
    const [asked, json] = [name?.toString() ?? "", input?.toString() ?? "{}"];
    return this.#vm.newString(
      this.#timing.pausedDuring((usedMs) => {
        tell({ kind: "call", name: asked, input: json, usedMs });
        Atomics.wait(setup.answered, 0, 0);
        return String(receiveMessageOnPort(port)?.message);
      }),
    );
  }

  #printed = 0;

  #print(text: JSValueHandle | undefined): JSValueHandle {
    // An empty line counts, too: there are no more messages than characters.
    if (text && this.#printed <= setup.limits.logLength) {
      const line = text.toString();
      this.#printed += line.length + 1;
      tell({ kind: "log", text: line });
    }
    return this.#vm.undefined;
  }

  #expose(name: string, callback: (...given: JSValueHandle[]) => JSValueHandle): void {
    const created = this.#vm.newFunction(name, (...given) => callback(...given));
    this.#vm.setProp(this.#vm.global, name, created);
    created.dispose();
  }

  #function(name: string): JSValueHandle {
    return this.#functions.getProp(name);
  }

  #ask(name: string, ...given: JSValueHandle[]): string {
    return this.#vm.callFunction(this.#function(name), this.#vm.undefined, ...given).toString();
  }
}

const stackOf = (failure: unknown): string => (failure instanceof JSException ? (failure.stack ?? "") : "");

/** The script's own clock, which stands still, and how much of its time it has taken. */
class Timing {
  now = 0;
  #startedAt = Number.POSITIVE_INFINITY;
  #pausedMs = 0;

  start(now: number): void {
    this.now = now;
    this.#startedAt = performance.now();
  }

  get isOver(): boolean {
    return performance.now() - this.#startedAt - this.#pausedMs > setup.limits.runMs;
  }

  pausedDuring<Value>(wait: (usedMs: number) => Value): Value {
    const from = performance.now();
    try {
      return wait(from - this.#startedAt - this.#pausedMs);
    } finally {
      this.#pausedMs += performance.now() - from;
    }
  }
}

const guest = await Guest.create();
port.once("message", (order: ScriptOrder) => tell({ kind: "ended", ending: guest.run(order) }));
tell({ kind: "ready" });
