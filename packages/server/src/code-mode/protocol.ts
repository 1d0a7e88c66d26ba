import type { ScriptLimits } from "./limits.ts";

/** A compiled WebAssembly module: nothing of it is read. */
export type Engine = object;

/** What a sandbox is made with, before it is known which script it will run. */
export interface SandboxSetup {
  /** QuickJS, compiled. */
  readonly engine: Engine;
  /** Names of the functions of `bee`. */
  readonly functions: readonly string[];
  readonly limits: ScriptLimits;
  /** One cell: 1 when the answer to a call has been posted. */
  readonly answered: Int32Array;
}

/** The one script a sandbox runs. */
export interface ScriptOrder {
  /** JavaScript, in its wrapper. */
  readonly code: string;
  /** What its clock shows, all the time. */
  readonly now: number;
}

/** From the sandbox to the server. */
export type SandboxMessage =
  | { readonly kind: "ready" }
  /** The sandbox waits for the answer. */
  | { readonly kind: "call"; readonly name: string; readonly input: string; readonly usedMs: number }
  | { readonly kind: "log"; readonly text: string }
  | { readonly kind: "ended"; readonly ending: ScriptEnding };

/** From the server to the sandbox, to a call. */
export type CallAnswer =
  | { readonly output: unknown }
  /** `call` is its number, by which the server knows the failure again. */
  | { readonly failed: { readonly call: number; readonly message: string; readonly code: string } };

/** How a script ended. Lines and columns are those of the script, from 1. */
export type ScriptEnding =
  /** `json` is undefined when it returned nothing that JSON can hold; it is cut behind the longest that is passed on. */
  | { readonly kind: "returned"; readonly json: string | undefined }
  | ({ readonly kind: "threw"; readonly name: string; readonly message: string } & ThrownPlace)
  | ({ readonly kind: "stopped"; readonly reason: Exclude<StopReason, "time"> } & ThrownPlace)
  /** The engine only knows where the last call was before it was interrupted. */
  | { readonly kind: "stopped"; readonly reason: "time"; readonly lastCallLine?: number | undefined };

/** Where something was thrown, and which failed call threw it. */
export interface ThrownPlace {
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  readonly call?: number | undefined;
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
  /** Its calls took the server too long. */
  | "calls-time"
  /** The caller gave it up, or the server closes. */
  | "ended";
