import { runChecks } from "@waggle/checks";
import { type AnyOperation, WaggleError } from "@waggle/contract";
import { type OperationContext, runOperation } from "@waggle/operations";
import {
  applyChange,
  type ChangeSet,
  Draft,
  type ElementId,
  isEmpty,
  newElementId,
  type Snapshot,
} from "@waggle/template";
import { htmlCodec } from "@waggle/template/html";
import { readElements } from "../rooms/read-elements.ts";
import type { ScriptLimits } from "./limits.ts";
import type { CallAnswer, DoneWrite, Refusal, ScriptFinding, ScriptWork } from "./protocol.ts";
import type { ScriptProgress } from "./script-progress.ts";

type ScriptOperation = AnyOperation<OperationContext>;

export interface ScriptDraftOptions {
  readonly base: Snapshot;
  /** The operations by the names of their functions. */
  readonly functions: ReadonlyMap<string, ScriptOperation>;
  /** Names of the operations the caller may not call. */
  readonly refused: ReadonlySet<string>;
  readonly limits: Pick<ScriptLimits, "calls" | "callsMs" | "argumentsLength">;
  readonly progress: ScriptProgress;
}

/** Findings in an answer; the rest is counted. */
const mostFindings = 8;

/** The name of the function that is no operation. */
export const checkName = "check";

/**
 * What a script does, on a draft that nobody else sees. Every call is carried out as it comes, or leaves nothing behind;
 * what they did in all is for a room to judge and to write.
 */
export class ScriptDraft {
  readonly #options: ScriptDraftOptions;
  readonly #draft: Draft;
  readonly #uses = new Set<string>();
  readonly #writes: DoneWrite[] = [];
  readonly #refusals = new Map<number, WaggleError>();
  readonly #read = new Set<ElementId>();
  #calls = 0;
  #argumentsLength = 0;

  constructor(options: ScriptDraftOptions) {
    this.#options = options;
    this.#draft = new Draft(options.base);
  }

  /** Carries out one call. Throws what is a bug. */
  call(name: string, json: string): CallAnswer {
    const { limits, progress } = this.#options;
    if (this.#calls >= limits.calls) return { stop: "calls" };
    if (progress.callsMs > limits.callsMs) return { stop: "calls-time" };
    this.#argumentsLength += json.length;
    if (this.#argumentsLength > limits.argumentsLength) return { stop: "work" };
    this.#calls += 1;
    const call = this.#calls;
    try {
      return { output: progress.during(() => this.#carryOut(name, json)) };
    } catch (error) {
      if (!(error instanceof WaggleError)) throw error;
      this.#refusals.set(call, error);
      return { failed: { call, message: error.message, code: error.code } };
    }
  }

  /** What a call was refused with. */
  findRefusal(call: number | undefined): Refusal | undefined {
    const error = call === undefined ? undefined : this.#refusals.get(call);
    return error && this.refusalOf(error);
  }

  /** Ids that are gone with what is undone would only lead astray. */
  refusalOf({ code, message, data }: WaggleError): Refusal {
    const undone = new Set<unknown>(this.#writes.flatMap(({ ids }) => ids));
    const kept = Object.entries(data).map(([key, value]): [string, unknown] => [
      key,
      Array.isArray(value) ? value.filter((each) => !undone.has(each)) : value,
    ]);
    return {
      code,
      message,
      data: Object.fromEntries(kept.filter(([, value]) => !Array.isArray(value) || value.length > 0)),
    };
  }

  /** All it did. Throws INVALID_CHANGE when that does not leave a sound template. */
  finish(): ScriptWork {
    return this.#options.progress.during(() => {
      this.#draft.validate();
      const wrote = this.#writes.length > 0;
      const change = wrote ? this.#draft.changeSet() : {};
      const findings = wrote ? this.#check() : [];
      return {
        calls: this.#calls,
        uses: [...this.#uses],
        read: [...this.#read],
        writes: this.#writes,
        change,
        findings: firstFindings(findings, change),
        moreFindings: Math.max(0, findings.length - mostFindings),
      };
    });
  }

  #check(): readonly ScriptFinding[] {
    const change = this.#draft.changeSet();
    const after = isEmpty(change) ? this.#options.base : applyChange(this.#options.base, change);
    return runChecks(after, { medium: "message" }).flatMap(({ findings }) =>
      findings.map(({ category, element, message }) => ({
        category,
        ...(element ? { elementId: element.id } : {}),
        message,
      })),
    );
  }

  #carryOut(name: string, json: string): unknown {
    const input: unknown = JSON.parse(json);
    if (name === checkName) return this.#check();
    const operation = this.#options.functions.get(name);
    if (!operation) throw new Error(`The script called ${name}, which there is not.`);
    this.#requireAllowed(operation);
    const ids: ElementId[] = [];
    const newId = (): string => {
      const id = newElementId();
      ids.push(id);
      return id;
    };
    // A script may catch a refusal and go on: half a call must not stay.
    const { output } = this.#draft.attempt(() =>
      runOperation(operation, { draft: this.#draft, newId, codec: htmlCodec }, input),
    );
    this.#uses.add(operation.name);
    if (operation.kind === "read") this.#noteRead({ input, output });
    else {
      this.#writes.push({ name: operation.name, input, ids });
      this.#options.progress.countWrite(name);
    }
    return output;
  }

  #requireAllowed({ name }: ScriptOperation): void {
    if (!this.#options.refused.has(name)) return;
    throw new WaggleError("POLICY_REFUSED", { message: `${name} may not be called here.`, data: { refused: name } });
  }

  #noteRead(answer: { readonly input: unknown; readonly output: unknown }): void {
    for (const id of readElements(answer, this.#options.base)) if (this.#options.base.nodes.has(id)) this.#read.add(id);
  }
}

/** Those on what the script touched come first, warnings before suggestions as the checks have them. */
function firstFindings(findings: readonly ScriptFinding[], touched: ChangeSet): readonly ScriptFinding[] {
  const isTouched = ({ elementId }: ScriptFinding): boolean =>
    elementId !== undefined && Object.hasOwn(touched, elementId);
  return [...findings.filter(isTouched), ...findings.filter((each) => !isTouched(each))].slice(0, mostFindings);
}
