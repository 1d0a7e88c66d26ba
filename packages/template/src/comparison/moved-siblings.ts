import type { ElementId } from "../document/node.ts";

/**
 * Which of the elements that two sibling lists have in common changed their order: the fewest that, taken out, leave the
 * rest as it was. Order keys are not looked at, as two imports of one page may differ in them.
 */
export function movedSiblings(before: readonly ElementId[], after: readonly ElementId[]): ReadonlySet<ElementId> {
  const places = new Map(before.map((id, at) => [id, at]));
  const common = after.filter((id) => places.has(id));
  const stayed = new Set(longestRising(common.map((id) => places.get(id) ?? 0)));
  return new Set(common.filter((_id, at) => !stayed.has(at)));
}

/** Indexes of a longest rising subsequence (patience sorting). */
function longestRising(numbers: readonly number[]): readonly number[] {
  /** For each length, the index of the smallest number a subsequence of that length ends with. */
  const ends: number[] = [];
  const previous = new Map<number, number>();
  for (const [index, number] of numbers.entries()) {
    const length = firstNotBelow(ends, (end) => (numbers[end] ?? 0) >= number);
    const before = ends[length - 1];
    if (before !== undefined) previous.set(index, before);
    ends[length] = index;
  }
  const rising: number[] = [];
  for (let at = ends.at(-1); at !== undefined; at = previous.get(at)) rising.push(at);
  return rising;
}

/** Binary search for the first element for which it holds; the length when it holds for none. */
function firstNotBelow(sorted: readonly number[], holds: (each: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(sorted[middle] ?? 0)) high = middle;
    else low = middle + 1;
  }
  return low;
}
