import { equalValues } from "../document/value.ts";
import {
  type InsertOp,
  insertOf,
  isInsert,
  isKeep,
  isRemove,
  keepOf,
  lengthOf,
  type RemoveOp,
  removeOf,
} from "./text-op.ts";
import type { TextDelta, TextOp } from "./types.ts";

/**
 * Collects the steps of a delta in canonical form: neighbours joined, an insertion before a removal at the same place,
 * nothing kept at the end.
 */
export class DeltaBuilder {
  #ops: TextOp[] = [];

  push(op: TextOp): void {
    if (lengthOf(op) === 0) return;
    const index = isInsert(op) ? this.#startOfRemovals() : this.#ops.length;
    const previous = this.#ops[index - 1];
    const joined = previous && join(previous, op);
    if (joined) this.#ops[index - 1] = joined;
    else this.#ops.splice(index, 0, op);
  }

  build(): TextDelta {
    for (let last = this.#ops.at(-1); last && isKeep(last) && !last.marks; last = this.#ops.at(-1)) this.#ops.pop();
    return this.#ops;
  }

  /**
   * `build` for composed deltas: what is removed and inserted again is kept instead. Otherwise undoing an undo would
   * replace characters by equal ones, and lose what others did to them.
   */
  buildKeepingRestored(): TextDelta {
    if (this.#ops.some((op, index) => isRemove(op) && isInsertOp(this.#ops[index - 1]))) this.#cancel();
    return this.build();
  }

  #startOfRemovals(): number {
    let index = this.#ops.length;
    while (isRemoveOp(this.#ops[index - 1])) index--;
    return index;
  }

  #cancel(): void {
    const ops = this.#ops;
    this.#ops = [];
    for (let index = 0; index < ops.length; ) {
      const inserts = takeWhile(ops, index, isInsert);
      const removes = takeWhile(ops, index + inserts.length, isRemove);
      index += inserts.length + removes.length;
      for (const op of cancelEqualRuns(inserts, removes)) this.push(op);
      const next = ops[index];
      if (next && isKeep(next)) {
        this.push(next);
        index++;
      }
    }
  }
}

function isInsertOp(op: TextOp | undefined): boolean {
  return op !== undefined && isInsert(op);
}

function isRemoveOp(op: TextOp | undefined): boolean {
  return op !== undefined && isRemove(op);
}

function join(first: TextOp, second: TextOp): TextOp | undefined {
  if (!equalValues(first.marks, second.marks)) return undefined;
  if (isKeep(first) && isKeep(second)) return keepOf(first.keep + second.keep, first.marks);
  if (isInsert(first) && isInsert(second)) return insertOf(first.insert + second.insert, first.marks);
  if (isRemove(first) && isRemove(second)) return removeOf(first.remove + second.remove, first.marks);
  return undefined;
}

function takeWhile<Op extends TextOp>(ops: readonly TextOp[], from: number, test: (op: TextOp) => op is Op): Op[] {
  const taken: Op[] = [];
  for (let index = from; index < ops.length; index++) {
    const op = ops[index];
    if (!op || !test(op)) break;
    taken.push(op);
  }
  return taken;
}

/** Whole runs at either end only: half a match would be a guess about which character is which. */
function cancelEqualRuns(inserted: readonly InsertOp[], removed: readonly RemoveOp[]): TextOp[] {
  const [inserts, removes] = [[...inserted], [...removed]];
  const start: TextOp[] = [];
  const end: TextOp[] = [];
  const equalAt = (index: number): number => {
    const [insert, remove] = [inserts.at(index), removes.at(index)];
    const isEqual = insert && remove && insert.insert === remove.remove && equalValues(insert.marks, remove.marks);
    return isEqual ? insert.insert.length : 0;
  };
  for (let length = equalAt(0); length > 0; length = equalAt(0)) {
    start.push(keepOf(length));
    inserts.shift();
    removes.shift();
  }
  for (let length = equalAt(-1); length > 0; length = equalAt(-1)) {
    end.unshift(keepOf(length));
    inserts.pop();
    removes.pop();
  }
  return [...start, ...inserts, ...removes, ...end];
}
