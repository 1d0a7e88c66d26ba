import { blockEnd, canonicalText, editInPieces, equalValues, type RichText, type Run } from "@waggle/template";
import { blocksOf, type RunBlock, runsOf } from "./runs.ts";

/** A part of a text that is made of lines: an item, a cell, a paragraph beside a list. */
export interface Part {
  /** How many lines of the text it is. */
  readonly lines: number;
  /** In a new text: index of the part of the old text that it continues; undefined when it is new. */
  readonly continues?: number | undefined;
}

export interface Parts {
  readonly before: readonly Part[];
  readonly after: readonly Part[];
}

/**
 * The new text as an edit of the old one part by part, so that what somebody types in a part that stays is kept. Just the new
 * text where its parts are not in the order of the old ones.
 */
export function editByParts(before: RichText, rich: readonly Run[], parts: Parts): RichText {
  const after: RichText = before.html === undefined ? { rich } : { rich, html: before.html };
  const old = canonicalText(before) === before ? cut(before.rich, parts.before) : undefined;
  const next = cut(rich, parts.after);
  if (!old || !next) return after;
  const pieces: { before: readonly Run[]; after: readonly Run[] }[] = [];
  let reached = 0;
  for (const [at, { continues }] of parts.after.entries()) {
    if (continues !== undefined && continues < reached) return after;
    for (; continues !== undefined && reached < continues; reached++)
      pieces.push({ before: old[reached] ?? [], after: [] });
    pieces.push({ before: continues === undefined ? [] : (old[reached++] ?? []), after: next[at] ?? [] });
  }
  for (; reached < old.length; reached++) pieces.push({ before: old[reached] ?? [], after: [] });
  const edited = editInPieces(before, pieces, { unit: "word" });
  return equalValues(edited.rich, rich) ? edited : after;
}

/** The runs of each part; undefined when the parts are not the whole text. */
function cut(runs: readonly Run[], parts: readonly Part[]): readonly (readonly Run[])[] | undefined {
  const blocks: readonly RunBlock[] = blocksOf(runs);
  let from = 0;
  const found = parts.map(({ lines }) => {
    const part = runsOf(blocks.slice(from, from + lines));
    from += lines;
    return part;
  });
  return from === blocks.length ? found : undefined;
}

/** How many lines runs are. */
export function linesOf(runs: readonly Run[]): number {
  return runs.reduce((sum, [text]) => sum + text.split(blockEnd).length - 1, 0);
}
