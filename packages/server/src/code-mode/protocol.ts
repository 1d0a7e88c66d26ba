import type { ChangeSet, ElementId } from "@waggle/template";
import type { ScriptLimits } from "./limits.ts";

/** A compiled WebAssembly module: nothing of it is read. */
export type Engine = object;

/** What a sandbox is made with, before it is known which scripts it will run. */
export interface SandboxSetup {
  /** QuickJS, compiled. */
  readonly engine: Engine;
  /** Names of the operations there are for scripts. */
  readonly operations: readonly string[];
  readonly limits: ScriptLimits;
  /** Of `ScriptProgress`. */
  readonly progress: SharedArrayBuffer;
}

/** One script for a sandbox. */
export interface ScriptOrder {
  /** JavaScript, in its wrapper. */
  readonly code: string;
  /** What its clock shows, all the time. */
  readonly now: number;
  /** Names of the operations this caller may not call. */
  readonly refused: readonly string[];
  /** JSON of a `SnapshotUpdate`: how the template differs from that of the last order. */
  readonly base: string;
}

/** From the server to the sandbox: a script, or that it is to end. */
export type SandboxRequest = ScriptOrder | "end";

/** From the sandbox to the server. */
export type SandboxMessage =
  /** It can take the next order. */
  | { readonly kind: "ready" }
  | { readonly kind: "log"; readonly text: string }
  /** `ending` is JSON of a `ScriptEnding`. One that is worn out is not ready again. */
  | { readonly kind: "ended"; readonly ending: string; readonly isWornOut: boolean };

/** What a call of `bee` comes to, for the prelude. */
export type CallAnswer =
  | { readonly output: unknown }
  /** `call` is its number, by which the failure is known again. */
  | { readonly failed: { readonly call: number; readonly message: string; readonly code: string } }
  /** The script is over. */
  | { readonly stop: Exclude<StopReason, "time"> };

/** How a script ended. Lines and columns are those of the script, from 1. */
export type ScriptEnding =
  /** `json` is undefined when it returned nothing that JSON can hold; it is cut behind the longest that is passed on. */
  | { readonly kind: "returned"; readonly json?: string | undefined; readonly work: ScriptWork }
  | ({ readonly kind: "refused"; readonly refusal: Refusal } & ThrownPlace)
  | ({ readonly kind: "threw"; readonly name: string; readonly message: string } & ThrownPlace)
  | ({ readonly kind: "stopped"; readonly reason: Exclude<StopReason, "time"> } & ThrownPlace)
  /** The engine only knows where the last call was before it was interrupted. */
  | { readonly kind: "stopped"; readonly reason: "time"; readonly lastCallLine?: number | undefined };

/** Where something was thrown. */
export interface ThrownPlace {
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

/** What a call was refused with. Names no element that is gone with what the script had done. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** All that a script did. */
export interface ScriptWork {
  readonly calls: number;
  /** Names of the operations it called. */
  readonly uses: readonly string[];
  /** Elements of the template it has read. */
  readonly read: readonly ElementId[];
  /** Its writes, in their order. */
  readonly writes: readonly DoneWrite[];
  /** What they came to, all together. */
  readonly change: ChangeSet;
  /** What the checks find in the template as the script leaves it, the first ones; nothing when it only read. */
  readonly findings: readonly ScriptFinding[];
  /** How many they find besides. */
  readonly moreFindings: number;
}

/** A call that wrote something. */
export interface DoneWrite {
  /** Of the operation. */
  readonly name: string;
  readonly input: unknown;
  /** Ids it gave out. */
  readonly ids: readonly ElementId[];
}

/** A finding as `bee.check()` answers it. */
export interface ScriptFinding {
  readonly category: string;
  readonly elementId?: string;
  readonly message: string;
}

export type StopReason =
  /** It took all its time. */
  | "time"
  /** It stayed in a built-in function past its time and was killed. */
  | "killed"
  | "memory"
  /** It waits for a promise that nothing settles. */
  | "waits-forever"
  /** It made too many calls. */
  | "calls"
  /** Its calls took too long. */
  | "calls-time"
  /** It did too much for one change. */
  | "work"
  /** The caller gave it up, or the server closes. */
  | "ended";
