/** Widths of the columns of a row in twelfths from their weights: as they are when they fill the row, in proportion if not. */
export function gridOf(weights: readonly number[]): readonly number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (sum === 12 || sum === 0) return weights;
  // One twelfth for each column first, so that none vanishes; the rest by largest remainder.
  const free = 12 - weights.length;
  const exact = weights.map((weight) => (weight / sum) * 12);
  const wishes = exact.map((width) => Math.max(0, width - 1));
  const wished = wishes.reduce((total, wish) => total + wish, 0);
  const shares = wishes.map((wish) => (wished === 0 ? 0 : (wish / wished) * free));
  const whole = shares.map(Math.floor);
  const left = free - whole.reduce((total, share) => total + share, 0);
  const byRemainder = shares.map((share, index) => ({ index, rest: share - Math.floor(share) }));
  byRemainder.sort((a, b) => b.rest - a.rest || a.index - b.index);
  const raised = new Set(byRemainder.slice(0, left).map(({ index }) => index));
  return whole.map((share, index) => 1 + share + (raised.has(index) ? 1 : 0));
}
