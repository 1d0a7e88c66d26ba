import type { RichText, Run } from "../document/value.ts";
import { DeltaBuilder } from "./delta-builder.ts";
import { type DiffOptions, diffText } from "./diff-text.ts";
import { editText } from "./known-delta.ts";
import { isInsert, keepOf, lengthOf } from "./text-op.ts";

/** A stretch of a text before and after an edit; one that comes or goes is empty on one side. */
export interface TextPiece {
  readonly before: readonly Run[];
  readonly after: readonly Run[];
}

/**
 * The text with each piece changed into what it becomes: what stays of one piece is never taken for a part of another, as
 * comparing whole texts may do. The pieces together are the whole text before, and the whole text after.
 */
export function editInPieces(before: RichText, pieces: readonly TextPiece[], options: DiffOptions = {}): RichText {
  const builder = new DeltaBuilder();
  for (const piece of pieces) {
    const delta = diffText({ rich: piece.before }, { rich: piece.after }, options);
    for (const op of delta) builder.push(op);
    const read = delta.reduce((sum, op) => sum + (isInsert(op) ? 0 : lengthOf(op)), 0);
    builder.push(keepOf(lengthOfRuns(piece.before) - read));
  }
  return editText(before, builder.build());
}

const lengthOfRuns = (runs: readonly Run[]): number => runs.reduce((sum, [text]) => sum + text.length, 0);
