import { WaggleError } from "@waggle/contract";
import { equalValues, type Json, type RichText, type Run } from "../document/value.ts";
import { DeltaBuilder } from "./delta-builder.ts";
import {
  changeMarks,
  type InsertOp,
  insertOf,
  isInsert,
  isKeep,
  isRemove,
  type KeepOp,
  keepOf,
  lengthOf,
  OpReader,
  type RemoveOp,
  RunReader,
  RunWriter,
  removeOf,
} from "./text-op.ts";
import type { MarkChange, TextDelta, TextOp } from "./types.ts";

/** The characters of a text without their marks. */
export function plainText(text: RichText): string {
  return text.rich.map(([characters]) => characters).join("");
}

/**
 * The text after a delta. Throws INVALID_CHANGE when the delta was made for another text, so that a wrong log is
 * noticed and never applied.
 */
export function applyDelta(text: RichText, delta: TextDelta): RichText {
  const reader = new RunReader(text.rich);
  const writer = new RunWriter();
  for (const op of delta) {
    if (isInsert(op)) writer.write(op.insert, op.marks);
    else if (isKeep(op)) for (const run of takeExactly(reader, op.keep)) writer.write(run[0], keptMarks(run, op));
    else requireSame(takeExactly(reader, op.remove.length), op);
  }
  for (const [characters, marks] of reader.rest()) writer.write(characters, marks);
  return text.html === undefined ? { rich: writer.runs } : { rich: writer.runs, html: text.html };
}

function takeExactly(reader: RunReader, length: number): Run[] {
  const runs = reader.take(length);
  const taken = runs.reduce((sum, [characters]) => sum + characters.length, 0);
  if (taken !== length) throw mismatch("runs past the end of the text");
  return runs;
}

function keptMarks([, marks]: Run, op: KeepOp): Run[1] {
  for (const [name, [before]] of Object.entries(op.marks ?? {})) {
    if (!equalValues(marks?.[name] ?? null, before)) throw mismatch(`expects another ${name}`);
  }
  return changeMarks(marks, op.marks, "after");
}

function requireSame(runs: readonly Run[], op: RemoveOp): void {
  const isSame = runs.every(([, marks]) => equalValues(marks, op.marks));
  if (!isSame || runs.map(([characters]) => characters).join("") !== op.remove) throw mismatch("removes other text");
}

function mismatch(what: string): WaggleError {
  return new WaggleError("INVALID_CHANGE", { message: `The text delta ${what}. It was made for another version.` });
}

/** The delta that takes a delta back. */
export function invertDelta(delta: TextDelta): TextDelta {
  const builder = new DeltaBuilder();
  for (const op of delta) builder.push(invertOp(op));
  return builder.build();
}

function invertOp(op: TextOp): TextOp {
  if (isInsert(op)) return removeOf(op.insert, op.marks);
  if (isRemove(op)) return insertOf(op.remove, op.marks);
  return keepOf(op.keep, op.marks && invertMarks(op.marks));
}

function invertMarks(change: MarkChange): MarkChange {
  return Object.fromEntries(Object.entries(change).map(([name, [before, after]]) => [name, [after, before] as const]));
}

export interface ComposeOptions {
  /**
   * Whether what `first` removes and `second` inserts again counts as never gone; default true. False where it matters
   * that equal characters may be others: those of a revert are the same, what someone types again is not.
   */
  readonly keepsRestored?: boolean;
}

/** One delta that does what `first` and then `second` do. */
export function composeDeltas(
  first: TextDelta,
  second: TextDelta,
  { keepsRestored = true }: ComposeOptions = {},
): TextDelta {
  const builder = new DeltaBuilder();
  const [earlier, later] = [new OpReader(first), new OpReader(second)];
  while (earlier.current || later.current) {
    if (earlier.current && isRemove(earlier.current)) builder.push(earlier.take());
    else if (later.current && isInsert(later.current)) builder.push(later.take());
    else {
      const length = Math.min(earlier.left, later.left);
      // What `first` removed and what `second` inserts are dealt with above: these two meet the same characters.
      builder.push(composeOps(earlier.take(length) as KeepOp | InsertOp, later.take(length) as KeepOp | RemoveOp));
    }
  }
  return keepsRestored ? builder.buildKeepingRestored() : builder.build();
}

const nothing: TextOp = { keep: 0 };

function composeOps(first: KeepOp | InsertOp, second: KeepOp | RemoveOp): TextOp {
  if (isInsert(first)) {
    return isRemove(second) ? nothing : insertOf(first.insert, changeMarks(first.marks, second.marks, "after"));
  }
  if (isRemove(second)) return removeOf(second.remove, changeMarks(second.marks, first.marks, "before"));
  return keepOf(first.keep, composeMarks(first.marks, second.marks));
}

function composeMarks(first: MarkChange | undefined, second: MarkChange | undefined): MarkChange | undefined {
  if (!first || !second) return first ?? second;
  const composed: Record<string, readonly [Json, Json]> = { ...first };
  for (const [name, [before, after]] of Object.entries(second)) {
    const earlier = first[name];
    const pair = [earlier ? earlier[0] : before, after] as const;
    if (equalValues(...pair)) delete composed[name];
    else composed[name] = pair;
  }
  return composed;
}

export interface TransformOptions {
  /** The delta's insertions go left of the other's at the same place. */
  readonly first: boolean;
  /** The delta's marks beat the other's on the same characters. */
  readonly wins: boolean;
}

/** The delta rewritten to apply after `over`; both were made for the same text. */
export function transformDelta(delta: TextDelta, over: TextDelta, { first, wins }: TransformOptions): TextDelta {
  const builder = new DeltaBuilder();
  const [mine, theirs] = [new OpReader(delta), new OpReader(over)];
  while (mine.current) {
    const theyInsert = theirs.current !== undefined && isInsert(theirs.current);
    if (isInsert(mine.current) && (first || !theyInsert)) builder.push(mine.take());
    else if (theyInsert) builder.push(keepOf(lengthOf(theirs.take())));
    else {
      const length = Math.min(mine.left, theirs.left);
      // Insertions of either side are dealt with above: these two meet the same characters.
      const pair = [mine.take(length), theirs.take(length)] as [KeepOp | RemoveOp, KeepOp | RemoveOp];
      builder.push(transformOp(...pair, wins));
    }
  }
  return builder.build();
}

function transformOp(mine: KeepOp | RemoveOp, theirs: KeepOp | RemoveOp, wins: boolean): TextOp {
  if (isRemove(theirs)) return nothing;
  if (isRemove(mine)) return removeOf(mine.remove, changeMarks(mine.marks, theirs.marks, "after"));
  return keepOf(mine.keep, transformMarks(mine.marks, theirs.marks, wins));
}

function transformMarks(
  mine: MarkChange | undefined,
  theirs: MarkChange | undefined,
  wins: boolean,
): MarkChange | undefined {
  if (!mine || !theirs) return mine;
  const transformed: Record<string, readonly [Json, Json]> = {};
  for (const [name, pair] of Object.entries(mine)) {
    const other = theirs[name];
    if (!other) transformed[name] = pair;
    else if (wins && !equalValues(other[1], pair[1])) transformed[name] = [other[1], pair[1]];
  }
  return transformed;
}

/**
 * Whether two deltas of one text change the same stretch: both remove some of the same characters, or one inserts
 * strictly inside what the other removes.
 */
export function overlaps(a: TextDelta, b: TextDelta): boolean {
  const [left, right] = [stretchesOf(a), stretchesOf(b)];
  return (
    left.removed.some(([from, to]) => right.removed.some((other) => from < other[1] && other[0] < to)) ||
    insertsInside(left, right) ||
    insertsInside(right, left)
  );
}

interface Stretches {
  readonly removed: readonly (readonly [from: number, to: number])[];
  readonly inserted: readonly number[];
}

function stretchesOf(delta: TextDelta): Stretches {
  const removed: (readonly [number, number])[] = [];
  const inserted: number[] = [];
  let offset = 0;
  for (const op of delta) {
    if (isInsert(op)) inserted.push(offset);
    else {
      if (isRemove(op)) removed.push([offset, offset + op.remove.length]);
      offset += lengthOf(op);
    }
  }
  return { removed, inserted };
}

function insertsInside(inner: Stretches, outer: Stretches): boolean {
  return inner.inserted.some((at) => outer.removed.some(([from, to]) => from < at && at < to));
}
