/** What tells an entry of a list from others, most telling first: all of a table's row, then its first cell. */
export type EntryKeys = readonly string[];

interface Stretch {
  readonly from: number;
  readonly to: number;
}

interface Gap {
  readonly old: Stretch;
  readonly next: Stretch;
}

/**
 * For each entry of a new list the index of the entry it continues, undefined for one that is new. Entries with an equal
 * key continue each other as far as their order allows, those with most letters first; what is left between them does so in
 * its order.
 */
export function alignEntries(
  before: readonly EntryKeys[],
  after: readonly EntryKeys[],
): readonly (number | undefined)[] {
  const continued = new Array<number | undefined>(after.length).fill(undefined);
  const levels = Math.max(0, ...after.map((keys) => keys.length));
  let gaps: readonly Gap[] = [{ old: { from: 0, to: before.length }, next: { from: 0, to: after.length } }];
  for (let level = 0; level < levels; level++) {
    const lettersAlike = (old: number, next: number): number => {
      const key = after[next]?.[level] ?? "";
      return key === before[old]?.[level] ? key.length : 0;
    };
    gaps = gaps.flatMap((gap) => {
      const pairs = mostAlike(gap, lettersAlike);
      for (const [old, next] of pairs) continued[next] = old;
      return gapsBetween(gap, pairs);
    });
  }
  for (const { old, next } of gaps) {
    const length = Math.min(old.to - old.from, next.to - next.from);
    for (let i = 0; i < length; i++) continued[next.from + i] = old.from + i;
  }
  return continued;
}

type Pair = readonly [old: number, next: number];

/** The pairs of equal entries that have the most letters of all that are in the order of both lists. */
function mostAlike({ old, next }: Gap, lettersAlike: (old: number, next: number) => number): readonly Pair[] {
  const width = next.to - next.from + 1;
  // most[i * width + j]: the most letters of pairs from the i-th old and the j-th new entry on.
  const most = new Uint32Array((old.to - old.from + 1) * width);
  const mostAt = (i: number, j: number): number => most[i * width + j] ?? 0;
  for (let i = old.to - old.from - 1; i >= 0; i--) {
    for (let j = width - 2; j >= 0; j--) {
      const letters = lettersAlike(old.from + i, next.from + j);
      const paired = letters > 0 ? mostAt(i + 1, j + 1) + letters : 0;
      most[i * width + j] = Math.max(paired, mostAt(i + 1, j), mostAt(i, j + 1));
    }
  }
  const pairs: Pair[] = [];
  let [i, j] = [0, 0];
  while (mostAt(i, j) > 0) {
    const letters = lettersAlike(old.from + i, next.from + j);
    if (letters > 0 && mostAt(i, j) === mostAt(i + 1, j + 1) + letters) pairs.push([old.from + i++, next.from + j++]);
    else if (mostAt(i + 1, j) >= mostAt(i, j + 1)) i++;
    else j++;
  }
  return pairs;
}

/** What is left before, between and behind the pairs. */
function gapsBetween({ old, next }: Gap, pairs: readonly Pair[]): readonly Gap[] {
  const ends: readonly Pair[] = [...pairs, [old.to, next.to]];
  return ends.map(([oldTo, nextTo], at) => {
    const [oldBefore, nextBefore] = pairs[at - 1] ?? [old.from - 1, next.from - 1];
    return { old: { from: oldBefore + 1, to: oldTo }, next: { from: nextBefore + 1, to: nextTo } };
  });
}
