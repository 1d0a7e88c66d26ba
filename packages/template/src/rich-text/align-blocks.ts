import { equalValues } from "../document/value.ts";
import { type Block, isInlineText } from "./blocks.ts";

/** An old block and the new one it becomes, by index. */
export type BlockPair = readonly [before: number, after: number];

/** Below this share of common letter pairs, two blocks are different blocks and not one that was edited. */
const minLikeness = 0.4;
/** More comparisons than this are not worth the time; the blocks between equal ends are then replaced. */
const maxComparisons = 10_000;

/**
 * Which new block each old block becomes: equal ones, then the most similar of the same kind; in order, so that no block
 * moves. An old block that is undefined can't be kept.
 */
export function alignBlocks(before: readonly (Block | undefined)[], after: readonly Block[]): BlockPair[] {
  const limit = Math.min(before.length, after.length);
  let start = 0;
  while (start < limit && equalValues(before[start], after[start])) start++;
  let end = 0;
  while (end < limit - start && equalValues(before.at(-1 - end), after.at(-1 - end))) end++;
  const middle = alignMiddle(
    before.slice(start, before.length - end).map(described),
    after.slice(start, after.length - end).map(described),
  );
  return [
    ...range(start).map((index): BlockPair => [index, index]),
    ...middle.map(([old, next]): BlockPair => [old + start, next + start]),
    ...range(end).map((index): BlockPair => [before.length - end + index, after.length - end + index]),
  ];
}

interface Described {
  readonly block: Block | undefined;
  readonly letterPairs: ReadonlyMap<string, number>;
  readonly size: number;
}

function described(block: Block | undefined): Described {
  const text = block ? textOf(block) : "";
  const letterPairs = new Map<string, number>();
  for (let i = 0; i < text.length - 1; i++) {
    const pair = text.slice(i, i + 2);
    letterPairs.set(pair, (letterPairs.get(pair) ?? 0) + 1);
  }
  return { block, letterPairs, size: Math.max(text.length - 1, 0) };
}

function textOf(block: Block): string {
  if (block.kind === "raw") return block.html;
  if (block.kind !== "paragraph") return block.content.map(textOf).join("\n");
  return block.content.map((inline) => (isInlineText(inline) ? inline.text : inline.html)).join("");
}

/** The pairs with the greatest sum of likeness. */
function alignMiddle(before: readonly Described[], after: readonly Described[]): BlockPair[] {
  if (areCells(before) && areCells(after) && before.length === after.length) {
    return before.map((_cell, index): BlockPair => [index, index]);
  }
  if (before.length * after.length > maxComparisons) return [];
  const isOnly = before.length === 1 && after.length === 1;
  const scores = before.map((old) => after.map((next) => scoreOf(old, next, { isOnly })));
  const best = bestSums(scores, after.length);
  const pairs: BlockPair[] = [];
  let [old, next] = [0, 0];
  while (old < before.length && next < after.length) {
    const score = scores[old]?.[next] ?? 0;
    const sum = best[old]?.[next] ?? 0;
    if (score > 0 && sum === score + (best[old + 1]?.[next + 1] ?? 0)) pairs.push([old++, next++]);
    else if (sum === (best[old + 1]?.[next] ?? 0)) old++;
    else next++;
  }
  return pairs;
}

/** Cells of a row keep their place, however different they become. */
function areCells(blocks: readonly Described[]): boolean {
  return blocks.every(({ block }) => block?.kind === "box" && (block.tag === "td" || block.tag === "th"));
}

/** Greatest sum of scores from each pair of indexes on. */
function bestSums(scores: readonly (readonly number[])[], width: number): number[][] {
  const best: number[][] = [];
  let below: number[] = new Array(width + 1).fill(0);
  for (const row of scores.toReversed()) {
    const sums: number[] = new Array(width + 1).fill(0);
    for (let next = width - 1; next >= 0; next--) {
      const score = row[next] ?? 0;
      const paired = score > 0 ? score + (below[next + 1] ?? 0) : 0;
      sums[next] = Math.max(below[next] ?? 0, sums[next + 1] ?? 0, paired);
    }
    best.unshift(sums);
    below = sums;
  }
  return best;
}

function scoreOf(old: Described, next: Described, { isOnly }: { readonly isOnly: boolean }): number {
  if (!old.block || !next.block || old.block.kind !== next.block.kind) return 0;
  if (equalValues(old.block, next.block)) return 2;
  if (next.block.kind === "raw") return 0;
  if (isOnly) return 1;
  const score = likeness(old, next);
  return score < minLikeness ? 0 : score;
}

function likeness(old: Described, next: Described): number {
  if (old.size + next.size === 0) return minLikeness;
  let common = 0;
  for (const [pair, count] of old.letterPairs) common += Math.min(count, next.letterPairs.get(pair) ?? 0);
  return (2 * common) / (old.size + next.size);
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}
