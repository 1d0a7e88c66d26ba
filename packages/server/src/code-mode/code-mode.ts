import { availableParallelism } from "node:os";
import { type AnyOperation, WaggleError } from "@waggle/contract";
import type { OperationContext } from "@waggle/operations";
import type { Snapshot } from "@waggle/template";
import * as z from "zod/mini";
import type { AgentRoom } from "../mcp/ports.ts";
import { type AnyServerTool, defineServerTool, type GatedCaller } from "../mcp/server-tool.ts";
import type { Clock } from "../rooms/clock.ts";
import { declareApi, declareForCheck, functionsOf } from "./declarations.ts";
import { describeTool, executeInput, executeOutput, type ScriptReply } from "./execute-tool.ts";
import { functionNames, scriptFailed, scriptInvalid, scriptTooHard, scriptUnreadable } from "./failure-reply.ts";
import { type ScriptLimits, scriptLimits } from "./limits.ts";
import type { ScriptEnding } from "./protocol.ts";
import type { Sandbox } from "./sandbox.ts";
import { Sandboxes } from "./sandboxes.ts";
import { checkName, ScriptDraft, type ScriptFinding } from "./script-draft.ts";
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
/** Findings in an answer; the rest is counted. */
const mostFindings = 8;

/**
 * Code mode: the tool `execute`, which runs a script against the whole catalogue and writes what it did as one change, or
 * nothing. Starts nothing before it is warmed or called. Rules: SPEC.md.
 */
export class CodeMode {
  /** For a tool table of its own. */
  readonly tool: AnyServerTool;
  readonly #options: CodeModeOptions;
  readonly #limits: ScriptLimits;
  readonly #functions: ReadonlyMap<string, AnyOperation<OperationContext>>;
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
    this.#functions = functionsOf(catalogue);
    this.#named = functionNames(catalogue);
    const api = declareApi(catalogue);
    this.#checker = new TypeChecker({ declarations: declareForCheck(api) });
    const functions = [...this.#functions.keys(), checkName];
    this.#sandboxes = new Sandboxes({ functions, limits: this.#limits, spares: scriptsAtOnce + 1 });
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
  close(): void {
    this.#cancelRest?.();
    this.#checker.close();
    this.#stripper.close();
    this.#sandboxes.close();
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
      const sandbox = await this.#sandboxes.take();
      return await this.#execute({ caller, room, script, code, sandbox });
    } finally {
      endTurn();
      this.#sandboxes.warm();
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
    const draft = new ScriptDraft({
      base: start.snapshot,
      functions: this.#functions,
      requireAllowed: (operation) => requireCallable(caller, operation),
      limits: this.#limits,
    });
    const { ending, log } = await this.#runSandbox(run, draft);
    if (ending.kind !== "returned") {
      caller.signal.throwIfAborted();
      throw scriptFailed({ script, ending, draft, log, limits: this.#limits, named: this.#named });
    }
    const reply = this.#replyOf(draft, { json: ending.json, log });
    const { output } = await room.run({
      actor: caller.actor,
      operation: asOperation(draft, reply),
      input: {},
      looked: { elementIds: draft.read, revision: start.revision },
      uses: draft.uses,
      without: "findings",
    });
    // The operation answers with the reply; that of a repeated call is the first one's.
    return output as ScriptReply;
  }

  async #runSandbox({ caller, code, sandbox }: ScriptRun, draft: ScriptDraft): Promise<Ran> {
    const lines: string[] = [];
    const end = (): void => sandbox.end();
    caller.signal.addEventListener("abort", end, { once: true });
    try {
      const order = { code, now: this.#options.clock.now() };
      const ending = await sandbox.run(order, {
        call: (name, json) => draft.call(name, json),
        log: (text) => lines.push(text),
      });
      return { ending, log: cut(lines.join("\n"), this.#limits.logLength) };
    } finally {
      caller.signal.removeEventListener("abort", end);
    }
  }

  #replyOf(
    draft: ScriptDraft,
    { json, log }: { readonly json: string | undefined; readonly log: string },
  ): ScriptReply {
    const change = draft.changeSet();
    const findings = draft.writes ? draft.check() : [];
    const shown = firstFindings(findings, new Set(Object.keys(change)));
    return {
      ...resultOf(json, this.#limits.resultLength),
      calls: draft.calls,
      changedElements: Object.keys(change).length,
      ...(log === "" ? {} : { log }),
      ...(shown.length > 0 ? { check: [...shown] } : {}),
      ...(findings.length > shown.length ? { moreFindings: findings.length - shown.length } : {}),
      ...(draft.calls === 0 && json === undefined
        ? { hint: "Nothing was called. Write statements, not a function." }
        : {}),
    };
  }

  /** Lets go what stands ready, some time after the last script. */
  #restLater(): void {
    this.#cancelRest?.();
    this.#cancelRest = this.#options.clock.after(this.#options.idleMs ?? usualIdleMs, () => {
      this.#checker.rest();
      this.#stripper.rest();
      this.#sandboxes.rest();
    });
  }
}

interface ScriptRun {
  readonly caller: GatedCaller;
  readonly room: AgentRoom;
  readonly script: string;
  readonly code: string;
  readonly sandbox: Sandbox;
}

interface Ran {
  readonly ending: ScriptEnding;
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

/** All a script did, for the room to judge and to write. */
function asOperation(draft: ScriptDraft, reply: ScriptReply): AnyOperation<OperationContext> {
  return {
    ...silent,
    name: "execute",
    kind: draft.writes ? "write" : "read",
    destructive: true,
    apply: (context) => {
      draft.applyTo(context);
      return reply;
    },
  };
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

function requireCallable(caller: GatedCaller, { name, kind }: AnyOperation): void {
  if (caller.mayCall({ name, kind })) return;
  throw new WaggleError("POLICY_REFUSED", { message: `${name} may not be called here.`, data: { refused: name } });
}

/** Those on what the script touched come first, warnings before suggestions as the checks have them. */
function firstFindings(findings: readonly ScriptFinding[], touched: ReadonlySet<string>): readonly ScriptFinding[] {
  const isTouched = ({ elementId }: ScriptFinding): boolean => elementId !== undefined && touched.has(elementId);
  return [...findings.filter(isTouched), ...findings.filter((each) => !isTouched(each))].slice(0, mostFindings);
}

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
