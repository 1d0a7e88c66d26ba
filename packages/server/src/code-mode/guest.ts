import { WaggleError } from "@waggle/contract";
import { Intrinsics, JSException, type JSValueHandle, QuickJS } from "quickjs-wasi";
import type { ScriptLimits } from "./limits.ts";
import { prelude } from "./prelude.ts";
import type { CallAnswer, Engine, ScriptEnding, StopReason, ThrownPlace } from "./protocol.ts";
import type { ScriptDraft } from "./script-draft.ts";
import type { ScriptProgress } from "./script-progress.ts";
import { placeInScript, scriptFile } from "./script-wrapper.ts";

const nanosecondsPerMillisecond = 1_000_000n;
const longestTold = 4_000;
const tooDeep = "Maximum call stack size exceeded";
/** Everything of the language but what shows real time or when memory is freed. */
const language = Object.values(Intrinsics)
  .filter((each) => ![Intrinsics.ALL, Intrinsics.PERFORMANCE, Intrinsics.WEAK_REF].some((left) => left === each))
  .reduce((all, each) => all | each, 0);

export interface GuestOptions {
  /** QuickJS, compiled. */
  readonly engine: Engine;
  /** Names of the functions of `bee`. */
  readonly functions: readonly string[];
  readonly limits: ScriptLimits;
  readonly progress: ScriptProgress;
  /** The script logged a line. */
  readonly log: (text: string) => void;
}

/** One script, and what its calls do. */
export interface GuestScript {
  /** JavaScript, in its wrapper. */
  readonly code: string;
  /** What its clock shows, all the time. */
  readonly now: number;
  readonly draft: ScriptDraft;
}

/**
 * One QuickJS in WebAssembly for one script, with nothing of Node in reach. What it has left in its memory, nobody reads
 * again.
 */
export class Guest {
  readonly #vm: QuickJS;
  readonly #functions: JSValueHandle;
  readonly #parts: GuestParts;
  #draft: ScriptDraft | undefined;
  /** Why the script is over, as soon as a call says so. */
  #stop: Exclude<StopReason, "time"> | undefined;
  /** What an operation threw that it must not throw. */
  #bug: { readonly error: unknown } | undefined;
  /** The first promise that failed without anyone waiting for it, while there is one. */
  #unawaited: string[] = [];
  /** Where the script was when its time was over. */
  #stackAtTheEnd = "";

  static async create(options: GuestOptions): Promise<Guest> {
    const { engine, limits, progress } = options;
    const timing = new Timing(limits.runMs, progress);
    const held: { guest?: Guest; memory?: { readonly buffer: ArrayBuffer } } = {};
    const vm = await QuickJS.create({
      wasm: engine,
      memoryLimit: limits.memoryBytes,
      maxStackSize: limits.stackBytes,
      intrinsics: language,
      timezoneOffset: 0,
      interruptHandler: () => timing.isOver || held.guest?.hasToStop === true,
      onUnhandledRejection: (_promise: JSValueHandle, reason: JSValueHandle, isHandled: boolean) =>
        held.guest?.noteRejection(reason, isHandled),
      wasi: (memory: { readonly buffer: ArrayBuffer }) => {
        held.memory = memory;
        return {
          clock_time_get: (_clock: number, _precision: bigint, at: number) => {
            const time = BigInt(Math.round(timing.now)) * nanosecondsPerMillisecond;
            new DataView(memory.buffer).setBigUint64(at, time, true);
            return 0;
          },
          fd_write: () => 8,
        };
      },
    });
    held.guest = new Guest(vm, { timing, options, memoryBytes: () => held.memory?.buffer.byteLength ?? 0 });
    return held.guest;
  }

  private constructor(vm: QuickJS, parts: GuestParts) {
    this.#vm = vm;
    this.#parts = parts;
    this.#expose("__call", (name, input) => this.#call(name, input));
    this.#expose("__print", (text) => this.#print(text));
    const { functions, limits } = parts.options;
    const given = JSON.stringify([functions, limits]).slice(1, -1);
    this.#functions = vm.evalCode(`${prelude}(${given})`, "waggle");
  }

  /** How much memory its engine has taken; that never becomes less. */
  get memoryBytes(): number {
    return this.#parts.memoryBytes();
  }

  /** Whether its script is over, though it does not know yet. */
  get hasToStop(): boolean {
    return this.#stop !== undefined;
  }

  /** Runs its one script. Throws what is a bug of an operation. */
  run({ code, now, draft }: GuestScript): ScriptEnding {
    this.#draft = draft;
    this.#timing.start(now);
    const ending = this.#run(code);
    if (this.#bug) throw this.#bug.error;
    return this.#stop ? { kind: "stopped", reason: this.#stop } : ending;
  }

  #run(code: string): ScriptEnding {
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
      return '{"message":"A promise failed, and it could not be told why."}';
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
    return this.#finished(kind === "json" ? text : undefined);
  }

  #finished(json: string | undefined): ScriptEnding {
    const draft = this.#requireDraft();
    try {
      return { kind: "returned", json, work: draft.finish() };
    } catch (error) {
      if (error instanceof WaggleError) return { kind: "refused", refusal: draft.refusalOf(error) };
      this.#bug = { error };
      throw error;
    }
  }

  #thrown(description: string): ScriptEnding {
    const { name, message, stack, call } = toldFailure(description);
    const refusal = this.#requireDraft().findRefusal(call);
    if (refusal) return { kind: "refused", refusal, ...placeInScript(stack) };
    return judged({ name, message }, placeInScript(stack));
  }

  /** What came out of the engine itself: an interruption, or a script that can't be read. */
  #broken(failure: unknown): ScriptEnding {
    if (!(failure instanceof Error)) throw failure;
    return judged(failure, placeInScript(stackOf(failure)));
  }

  #call(name: JSValueHandle | undefined, input: JSValueHandle | undefined): JSValueHandle {
    const answer = this.#answerOf(name?.toString() ?? "", input?.toString() ?? "{}");
    return this.#vm.newString(JSON.stringify(answer));
  }

  /** Never throws: the engine would take it for something the script may catch. */
  #answerOf(name: string, json: string): CallAnswer {
    if (this.#stop || !this.#draft) return { stop: this.#stop ?? "ended" };
    try {
      const answer = this.#draft.call(name, json);
      if ("stop" in answer) this.#stop = answer.stop;
      return answer;
    } catch (error) {
      this.#bug = { error };
      this.#stop = "ended";
      return { stop: this.#stop };
    }
  }

  #printed = 0;

  #print(text: JSValueHandle | undefined): JSValueHandle {
    // An empty line counts, too: there are no more messages than characters.
    if (text && this.#printed <= this.#parts.options.limits.logLength) {
      const line = text.toString();
      this.#printed += line.length + 1;
      this.#parts.options.log(line);
    }
    return this.#vm.undefined;
  }

  #requireDraft(): ScriptDraft {
    if (!this.#draft) throw new Error("No script was run.");
    return this.#draft;
  }

  get #timing(): Timing {
    return this.#parts.timing;
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

interface GuestParts {
  readonly timing: Timing;
  readonly options: GuestOptions;
  readonly memoryBytes: () => number;
}

const stackOf = (failure: unknown): string => (failure instanceof JSException ? (failure.stack ?? "") : "");

interface ToldFailure {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  readonly call: number;
}

/** What the prelude told of something thrown. It ran where the script runs, so nothing is taken on trust. */
function toldFailure(description: string): ToldFailure {
  const told: unknown = JSON.parse(description);
  const member = (name: string): unknown => (typeof told === "object" && told !== null ? Reflect.get(told, name) : "");
  const text = (name: string): string => {
    const value = member(name);
    return typeof value === "string" ? value.slice(0, longestTold) : "";
  };
  const call = member("call");
  return {
    name: text("name"),
    message: text("message"),
    stack: text("stack"),
    call: typeof call === "number" ? call : -1,
  };
}

function judged({ name, message }: Pick<Error, "name" | "message">, place: ThrownPlace): ScriptEnding {
  if (message.includes("out of memory")) return { kind: "stopped", reason: "memory", ...place };
  return { kind: "threw", name, message: message === "stack overflow" ? tooDeep : message, ...place };
}

/** The script's own clock, which stands still, and whether it has taken all its time. */
class Timing {
  readonly #runMs: number;
  readonly #progress: ScriptProgress;
  now = 0;
  #startedAt = Number.POSITIVE_INFINITY;

  constructor(runMs: number, progress: ScriptProgress) {
    this.#runMs = runMs;
    this.#progress = progress;
  }

  start(now: number): void {
    this.now = now;
    this.#startedAt = performance.now();
  }

  get isOver(): boolean {
    return performance.now() - this.#startedAt - this.#progress.callsMs > this.#runMs;
  }
}
