import type { Json, Marks, Run } from "../document/value.ts";
import { equalValues } from "../document/value.ts";
import type { MarkChange, TextDelta, TextOp } from "./types.ts";

export type KeepOp = Extract<TextOp, { readonly keep: number }>;
export type InsertOp = Extract<TextOp, { readonly insert: string }>;
export type RemoveOp = Extract<TextOp, { readonly remove: string }>;

export function isKeep(op: TextOp): op is KeepOp {
  return "keep" in op;
}

export function isInsert(op: TextOp): op is InsertOp {
  return "insert" in op;
}

export function isRemove(op: TextOp): op is RemoveOp {
  return "remove" in op;
}

/** Length in UTF-16 code units. */
export function lengthOf(op: TextOp): number {
  if (isKeep(op)) return op.keep;
  return isInsert(op) ? op.insert.length : op.remove.length;
}

export function keepOf(keep: number, marks?: MarkChange): KeepOp {
  return marks && hasKeys(marks) ? { keep, marks } : { keep };
}

export function insertOf(insert: string, marks?: Marks): InsertOp {
  return marks && hasKeys(marks) ? { insert, marks } : { insert };
}

export function removeOf(remove: string, marks?: Marks): RemoveOp {
  return marks && hasKeys(marks) ? { remove, marks } : { remove };
}

export function runOf(text: string, marks?: Marks): Run {
  return marks && hasKeys(marks) ? [text, marks] : [text];
}

function hasKeys(marks: object): boolean {
  for (const _key in marks) return true;
  return false;
}

/** The marks after a change of marks, or before it. */
export function changeMarks(marks: Marks | undefined, change: MarkChange | undefined, side: Side): Marks | undefined {
  if (!change) return marks;
  const changed: Record<string, Json> = { ...marks };
  for (const [name, [before, after]] of Object.entries(change)) {
    const value = side === "after" ? after : before;
    if (value === null) delete changed[name];
    else changed[name] = value;
  }
  return hasKeys(changed) ? changed : undefined;
}

export type Side = "before" | "after";

/** What leads from some marks to others, if anything does. */
export function marksBetween(before: Marks | undefined, after: Marks | undefined): MarkChange | undefined {
  if (before === after) return undefined;
  const change: Record<string, readonly [Json, Json]> = {};
  for (const name of Object.keys({ ...before, ...after })) {
    const pair = [before?.[name] ?? null, after?.[name] ?? null] as const;
    if (!equalValues(...pair)) change[name] = pair;
  }
  return hasKeys(change) ? change : undefined;
}

/** Reads a delta in pieces of any length; behind its end everything is kept. */
export class OpReader {
  readonly #ops: TextDelta;
  #index = 0;
  #offset = 0;

  constructor(ops: TextDelta) {
    this.#ops = ops;
  }

  get current(): TextOp | undefined {
    return this.#ops[this.#index];
  }

  /** What is left of the current step. */
  get left(): number {
    const op = this.current;
    return op ? lengthOf(op) - this.#offset : Number.POSITIVE_INFINITY;
  }

  /** The next piece, out of one step only. */
  take(length: number = this.left): TextOp {
    const op = this.current;
    if (!op) return { keep: length };
    const piece = pieceOf(op, this.#offset, length);
    this.#offset += length;
    if (this.#offset >= lengthOf(op)) {
      this.#index++;
      this.#offset = 0;
    }
    return piece;
  }
}

function pieceOf(op: TextOp, from: number, length: number): TextOp {
  if (from === 0 && length === lengthOf(op)) return op;
  if (isKeep(op)) return keepOf(length, op.marks);
  if (isInsert(op)) return insertOf(op.insert.slice(from, from + length), op.marks);
  return removeOf(op.remove.slice(from, from + length), op.marks);
}

/** Reads runs of text in stretches of any length. */
export class RunReader {
  readonly #runs: readonly Run[];
  #index = 0;
  #offset = 0;

  constructor(runs: readonly Run[]) {
    this.#runs = runs;
  }

  /** The next characters as runs; fewer than asked for when the text ends. */
  take(length: number): Run[] {
    const taken: Run[] = [];
    for (let left = length; left > 0; ) {
      const run = this.#runs[this.#index];
      if (!run) break;
      const text = run[0].slice(this.#offset, this.#offset + left);
      taken.push(runOf(text, run[1]));
      left -= text.length;
      this.#offset += text.length;
      if (this.#offset >= run[0].length) {
        this.#index++;
        this.#offset = 0;
      }
    }
    return taken;
  }

  rest(): Run[] {
    return this.take(Number.POSITIVE_INFINITY);
  }
}

/** Collects runs, joining neighbours with the same marks. */
export class RunWriter {
  readonly runs: Run[] = [];

  write(text: string, marks?: Marks): void {
    if (text === "") return;
    const run = runOf(text, marks);
    const last = this.runs.at(-1);
    if (last && equalValues(last[1], run[1])) this.runs[this.runs.length - 1] = runOf(last[0] + text, marks);
    else this.runs.push(run);
  }
}
