/** Up to three names most like a wanted one, best first; none when nothing is like it. */
export function nearestIds(wanted: string, names: readonly string[]): readonly string[] {
  const pairs = pairsOf(wanted.slice(0, longestCompared));
  return names
    .map((name) => ({ name, likeness: likeness(pairs, pairsOf(name.slice(0, longestCompared))) }))
    .filter((each) => each.likeness > leastLikeness)
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, 3)
    .map(({ name }) => name);
}

const longestCompared = 100;
const leastLikeness = 0.4;

/** How many of their pairs of letters two names share, from 0 to 1: finds what was mistyped. */
export function likeness(pairs: ReadonlySet<string>, others: ReadonlySet<string>): number {
  const shared = [...pairs].filter((pair) => others.has(pair)).length;
  return (2 * shared) / Math.max(1, pairs.size + others.size);
}

/** The pairs of neighbouring letters in a name. */
export function pairsOf(name: string): ReadonlySet<string> {
  return new Set(Array.from({ length: Math.max(0, name.length - 1) }, (_none, i) => name.slice(i, i + 2)));
}
