import { availableParallelism } from "node:os";
import { type AnyOperation, WaggleError } from "@waggle/contract";
import type { OperationContext } from "@waggle/operations";
import type { Snapshot } from "@waggle/template";
import * as z from "zod/mini";
import type { AgentRoom } from "../mcp/ports.ts";
import { type AnyServerTool, defineServerTool, type GatedCaller } from "../mcp/server-tool.ts";
import type { Clock } from "../rooms/clock.ts";
import { declareApi, declareForCheck } from "./declarations.ts";
import { describeTool, executeInput, executeOutput, type ScriptReply } from "./execute-tool.ts";
import { functionNames, scriptFailed, scriptInvalid, scriptTooHard, scriptUnreadable } from "./failure-reply.ts";
import { type ScriptLimits, scriptLimits } from "./limits.ts";
import type { ScriptEnding, ScriptWork } from "./protocol.ts";
import type { ScriptOutcome } from "./sandbox.ts";
import { Sandboxes } from "./sandboxes.ts";
import { repeatWork } from "./script-work.ts";
import { wrapForRun } from "./script-wrapper.ts";
import { Turns } from "./turns.ts";
import { TypeChecker } from "./type-checker.ts";
import { TypeStripper } from "./type-stripper.ts";

export interface CodeModeOptions {
  /** What scripts can call. */
  readonly catalogue: readonly AnyOperation<OperationContext>[];
  readonly clock: Clock;
  readonly limits?: Partial<ScriptLimits>;
  /** How many scripts run at once. Default: the processors of the machine less one, and at least one. */
  readonly scriptsAtOnce?: number;
  /** Processes and threads that stand ready are let go after this long without a script. Default ten minutes. */
  readonly idleMs?: number;
}

const usualIdleMs = 10 * 60 * 1000;
const mostWaiting = 32;

/**
 * Code mode: the tool `execute`, which runs a script against the whole catalogue and writes what it did as one change, or
 * nothing. Starts nothing before it is warmed or called. Rules: SPEC.md.
 */
export class CodeMode {
  /** For a tool table of its own. */
  readonly tool: AnyServerTool;
  readonly #options: CodeModeOptions;
  readonly #limits: ScriptLimits;
  readonly #operations: ReadonlyMap<string, AnyOperation<OperationContext>>;
  readonly #named: (text: string) => string;
  readonly #checker: TypeChecker;
  readonly #stripper = new TypeStripper();
  readonly #sandboxes: Sandboxes;
  readonly #turns: Turns;
  #cancelRest: (() => void) | undefined;

  constructor(options: CodeModeOptions) {
    const { catalogue, scriptsAtOnce = Math.max(1, availableParallelism() - 1) } = options;
    this.#options = options;
    this.#limits = { ...scriptLimits, ...options.limits };
    this.#operations = new Map(catalogue.map((each) => [each.name, each]));
    this.#named = functionNames(catalogue);
    const api = declareApi(catalogue);
    this.#checker = new TypeChecker({ declarations: declareForCheck(api) });
    this.#sandboxes = new Sandboxes({
      operations: catalogue,
      limits: this.#limits,
      most: scriptsAtOnce + 1,
      clock: options.clock,
      idleMs: this.#idleMs,
    });
    this.#turns = new Turns({ atOnce: scriptsAtOnce, mostWaiting });
    this.tool = defineServerTool({
      ...describeTool(api),
      input: executeInput,
      output: executeOutput,
      run: (caller, { script }) => this.#run(caller, script),
    });
  }

  /** Starts what a script needs, so that the first one does not wait for it. */
  warm(): void {
    this.#checker.warm();
    this.#stripper.warm();
    this.#sandboxes.warm();
    this.#restLater();
  }

  /** Ends every process and thread, and the scripts in them. A second call does nothing. */
  async close(): Promise<void> {
    this.#cancelRest?.();
    this.#checker.close();
    this.#stripper.close();
    await this.#sandboxes.close();
  }

  async #run(caller: GatedCaller, sent: string): Promise<ScriptReply> {
    const script = withoutFence(sent);
    this.#requireSize(script);
    const room = await caller.room();
    const endTurn = await this.#turns.take(caller.actor.id, caller.signal);
    try {
      // It may not be possible a second time, and must not be: what it did is done.
      if (await caller.isRepeated()) return await firstReply(caller, room);
      this.#restLater();
      const code = await this.#compile(script);
      caller.signal.throwIfAborted();
      return await this.#execute({ caller, room, script, code });
    } finally {
      endTurn();
    }
  }

  #requireSize(script: string): void {
    const bytes = Buffer.byteLength(script);
    if (bytes <= this.#limits.scriptBytes) return;
    throw new WaggleError("INVALID_INPUT", {
      message: `script has ${bytes} bytes; ${this.#limits.scriptBytes} are the most. Say repeated things in a loop over data, or send several scripts.`,
      data: { argument: "script" },
    });
  }

  /** The script as JavaScript. Throws SCRIPT_INVALID. */
  async #compile(script: string): Promise<string> {
    const [checked, stripped] = await Promise.all([
      this.#checker.check(script),
      this.#stripper.strip(wrapForRun(script)),
    ]);
    if (checked.kind === "too-hard") throw scriptTooHard();
    if (checked.problems.length > 0) throw scriptInvalid(checked);
    if ("refusal" in stripped) throw scriptUnreadable(stripped.refusal);
    return stripped.code;
  }

  async #execute(run: ScriptRun): Promise<ScriptReply> {
    const { caller, room, script } = run;
    const start = await lookAt(room, caller);
    const { ending, log, summary } = await this.#runSandbox(run, start.snapshot);
    if (ending.kind !== "returned") {
      caller.signal.throwIfAborted();
      throw scriptFailed({ script, ending, summary, log, limits: this.#limits, named: this.#named });
    }
    caller.signal.throwIfAborted();
    const { work } = ending;
    const { output } = await room.run({
      actor: caller.actor,
      operation: this.#asOperation(work, { base: start.snapshot, reply: this.#replyOf(ending, log) }),
      input: {},
      looked: { elementIds: new Set(work.read), revision: start.revision },
      uses: work.uses,
      without: "findings",
    });
    // The operation answers with the reply; that of a repeated call is the first one's.
    return output as ScriptReply;
  }

  async #runSandbox({ caller, code }: ScriptRun, base: Snapshot): Promise<Ran> {
    const sandbox = await this.#sandboxes.take();
    const end = (): void => sandbox.end();
    caller.signal.addEventListener("abort", end, { once: true });
    try {
      caller.signal.throwIfAborted();
      const refused = [...this.#operations.values()].filter((each) => !caller.mayCall(each)).map(({ name }) => name);
      const { log, ...outcome } = await sandbox.run({ code, now: this.#options.clock.now(), refused, base });
      return { ...outcome, log: cut(log.join("\n"), this.#limits.logLength) };
    } finally {
      caller.signal.removeEventListener("abort", end);
      this.#sandboxes.giveBack(sandbox);
    }
  }

  /** All a script did, for the room to judge and to write. */
  #asOperation(
    work: ScriptWork,
    { base, reply }: { readonly base: Snapshot; readonly reply: ScriptReply },
  ): AnyOperation<OperationContext> {
    return {
      ...silent,
      name: "execute",
      kind: work.writes.length > 0 ? "write" : "read",
      destructive: true,
      apply: (context) => {
        repeatWork(work, context, { base, operations: this.#operations });
        return reply;
      },
    };
  }

  #replyOf({ json, work }: Extract<ScriptEnding, { kind: "returned" }>, log: string): ScriptReply {
    const { calls, change, findings, moreFindings } = work;
    return {
      ...resultOf(json, this.#limits.resultLength),
      calls,
      changedElements: Object.keys(change).length,
      ...(log === "" ? {} : { log }),
      ...(findings.length > 0 ? { check: [...findings] } : {}),
      ...(moreFindings > 0 ? { moreFindings } : {}),
      ...(calls === 0 && json === undefined ? { hint: "Nothing was called. Write statements, not a function." } : {}),
    };
  }

  get #idleMs(): number {
    return this.#options.idleMs ?? usualIdleMs;
  }

  /** Lets go what stands ready, some time after the last script. */
  #restLater(): void {
    this.#cancelRest?.();
    this.#cancelRest = this.#options.clock.after(this.#idleMs, () => {
      this.#checker.rest();
      this.#stripper.rest();
    });
  }
}

interface ScriptRun {
  readonly caller: GatedCaller;
  readonly room: AgentRoom;
  readonly script: string;
  readonly code: string;
}

interface Ran extends Omit<ScriptOutcome, "log"> {
  readonly log: string;
}

interface Start {
  readonly snapshot: Snapshot;
  readonly revision: number;
}

/** The template as it is when the script begins. */
async function lookAt(room: AgentRoom, { actor }: GatedCaller): Promise<Start> {
  const seen: { snapshot?: Snapshot } = {};
  const look: AnyOperation<OperationContext> = {
    ...silent,
    name: "execute",
    kind: "read",
    apply: ({ draft }) => {
      seen.snapshot = draft.base;
      return {};
    },
  };
  const { revision } = await room.run({ actor, operation: look, input: {}, without: "remarks" });
  if (!seen.snapshot) throw new Error("The room did not show its template.");
  return { snapshot: seen.snapshot, revision };
}

/** The reply of a script that came before under its key. Rejects with KEY_REUSED when that was another one. */
async function firstReply({ actor }: GatedCaller, room: AgentRoom): Promise<ScriptReply> {
  const nothing: AnyOperation<OperationContext> = { ...silent, name: "execute", kind: "write", apply: () => ({}) };
  const { output } = await room.run({ actor, operation: nothing, input: {}, without: "findings" });
  // What `execute` wrote under the key.
  return output as ScriptReply;
}

/** What an operation that is in no catalogue has to have. */
const silent = {
  title: "Script",
  description: "",
  destructive: false,
  idempotent: false,
  input: z.object({}),
  output: z.object({}),
  errors: [],
  examples: [],
};

function resultOf(json: string | undefined, longest: number): Pick<ScriptReply, "result" | "resultCut"> {
  if (json === undefined) return {};
  return json.length > longest ? { resultCut: json.slice(0, longest) } : { result: JSON.parse(json) };
}

const cut = (text: string, longest: number): string => (text.length > longest ? `${text.slice(0, longest)}…` : text);

/** Models like to send code in a Markdown fence. Its lines stay, so that line numbers stay right. */
function withoutFence(script: string): string {
  const fenced = /^\s*```\w*[ \t]*\n([\s\S]*?)\n?```\s*$/.exec(script);
  return fenced ? `\n${fenced[1] ?? ""}` : script;
}
