/** The candidates most like `wanted`, best first, none when nothing is close. For "did you mean" in error messages. */
export function nearest(wanted: string, candidates: Iterable<string>, limit = 3): readonly string[] {
  const ceiling = Math.max(2, Math.floor(wanted.length / 3));
  return [...candidates]
    .map((candidate) => ({ candidate, distance: distanceBetween(wanted.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ distance }) => distance <= ceiling)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, limit)
    .map(({ candidate }) => candidate);
}

/** How many letters have to be added, dropped or replaced to turn one text into the other. */
function distanceBetween(from: string, to: string): number {
  if (to.startsWith(from) || from.startsWith(to)) return 1;
  let previous = Array.from({ length: to.length + 1 }, (_none, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const replaced = (previous[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[to.length] ?? 0;
}
