import { runChecks } from "@waggle/checks";
import { type AnyOperation, WaggleError } from "@waggle/contract";
import { type OperationContext, runOperation } from "@waggle/operations";
import { applyChange, type ChangeSet, Draft, type ElementId, newElementId, type Snapshot } from "@waggle/template";
import { htmlCodec } from "@waggle/template/html";
import { readElements } from "../rooms/read-elements.ts";
import type { ScriptLimits } from "./limits.ts";
import type { CallAnswer, StopReason } from "./protocol.ts";

type ScriptOperation = AnyOperation<OperationContext>;

export interface ScriptDraftOptions {
  readonly base: Snapshot;
  /** The operations by the names of their functions. */
  readonly functions: ReadonlyMap<string, ScriptOperation>;
  /** Throws when the caller may not call this operation. */
  readonly requireAllowed: (operation: ScriptOperation) => void;
  readonly limits: Pick<ScriptLimits, "calls" | "callsMs">;
}

/** A finding as `bee.check()` answers it. */
export interface ScriptFinding {
  readonly category: string;
  readonly elementId?: string;
  readonly message: string;
}

/** A call that came to something. */
interface DoneCall {
  readonly name: string;
  readonly operation: ScriptOperation;
  readonly input: unknown;
  /** Ids it gave out. */
  readonly ids: readonly string[];
}

/** A call that was refused. */
export interface FailedCall {
  readonly name: string;
  readonly error: WaggleError;
}

/** The name of the function that is no operation. */
export const checkName = "check";

/**
 * What a script does, on a draft that nobody else sees. Every call is carried out as it comes, or leaves nothing behind;
 * what they did in all is one operation, for a room to judge and to write.
 */
export class ScriptDraft {
  readonly #options: ScriptDraftOptions;
  readonly #draft: Draft;
  readonly #done: DoneCall[] = [];
  readonly #failed = new Map<number, FailedCall>();
  readonly #read = new Set<ElementId>();
  #calls = 0;
  #spentMs = 0;

  constructor(options: ScriptDraftOptions) {
    this.#options = options;
    this.#draft = new Draft(options.base);
  }

  /** Calls of the script so far. */
  get calls(): number {
    return this.#calls;
  }

  /** Elements of the template the script has read. */
  get read(): ReadonlySet<ElementId> {
    return this.#read;
  }

  /** Ids of elements that are there only if the script is carried out. */
  get undoneIds(): ReadonlySet<string> {
    return new Set(this.#done.flatMap(({ ids }) => ids));
  }

  /** Names of the operations it called. */
  get uses(): readonly string[] {
    return [...new Set(this.#done.map(({ operation }) => operation.name))];
  }

  /** Whether it called anything that writes. */
  get writes(): boolean {
    return this.#done.some(({ operation }) => operation.kind === "write");
  }

  /** Carries out one call. Throws what is a bug. */
  call(name: string, json: string): CallAnswer | { readonly stop: StopReason } {
    const { calls, callsMs } = this.#options.limits;
    if (this.#calls >= calls) return { stop: "calls" };
    if (this.#spentMs > callsMs) return { stop: "calls-time" };
    this.#calls += 1;
    const startedAt = performance.now();
    try {
      return { output: this.#carryOut(name, json) };
    } catch (error) {
      if (!(error instanceof WaggleError)) throw error;
      this.#failed.set(this.#calls, { name, error });
      return { failed: { call: this.#calls, message: error.message, code: error.code } };
    } finally {
      this.#spentMs += performance.now() - startedAt;
    }
  }

  findFailure(call: number | undefined): FailedCall | undefined {
    return call === undefined ? undefined : this.#failed.get(call);
  }

  /** What was done, in few words: `2 addSection, 5 addTitle`. */
  get summary(): string {
    const counts = new Map<string, number>();
    for (const { name, operation } of this.#done) {
      if (operation.kind === "write") counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    return [...counts].map(([name, count]) => `${count} ${name}`).join(", ");
  }

  /** What the checks find in the template as the script leaves it. */
  check(): readonly ScriptFinding[] {
    const after = applyChange(this.#options.base, this.#draft.changeSet());
    return runChecks(after, { medium: "message" }).flatMap(({ findings }) =>
      findings.map(({ category, element, message }) => ({
        category,
        ...(element ? { elementId: element.id } : {}),
        message,
      })),
    );
  }

  /** Throws INVALID_CHANGE when the calls did not leave a sound template. */
  changeSet(): ChangeSet {
    this.#draft.validate();
    return this.#draft.changeSet();
  }

  /**
   * Does to another draft what the script did: at once where nothing has happened to the template since, else call by
   * call, with the ids it was given. Throws what a call is refused with.
   */
  applyTo({ draft, codec }: OperationContext): void {
    if (draft.base === this.#draft.base) {
      draft.adopt(this.#draft);
      return;
    }
    for (const { operation, input, ids } of this.#done) {
      if (operation.kind !== "write") continue;
      let used = 0;
      const newId = (): string => ids[used++] ?? newElementId();
      runOperation(operation, { draft, codec, newId }, input);
    }
  }

  #carryOut(name: string, json: string): unknown {
    const input: unknown = JSON.parse(json);
    if (name === checkName) return this.check();
    const operation = this.#options.functions.get(name);
    if (!operation) throw new Error(`The sandbox called ${name}, which there is not.`);
    this.#options.requireAllowed(operation);
    const ids: string[] = [];
    const newId = (): string => {
      const id = newElementId();
      ids.push(id);
      return id;
    };
    // A script may catch a refusal and go on: half a call must not stay.
    const { output } = this.#draft.attempt(() =>
      runOperation(operation, { draft: this.#draft, newId, codec: htmlCodec }, input),
    );
    this.#done.push({ name, operation, input, ids });
    if (operation.kind === "read") this.#noteRead({ input, output });
    return output;
  }

  #noteRead(answer: { readonly input: unknown; readonly output: unknown }): void {
    for (const id of readElements(answer, this.#options.base)) if (this.#options.base.nodes.has(id)) this.#read.add(id);
  }
}
