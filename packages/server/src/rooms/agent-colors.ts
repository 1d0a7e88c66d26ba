/**
 * The actor colours of the design in the order they are given out: neighbours in this order are told apart best, also
 * by people who see few colours.
 */
const colorsInOrder = ["#6d22b5", "#089eb7", "#b7260b", "#0f6947", "#3a57f7", "#925489", "#374252", "#a48270"] as const;

/** The first actor colour nobody in the room has; when all are taken, the one the fewest have. */
export function pickColor(taken: Iterable<string>): string {
  const uses = new Map<string, number>(colorsInOrder.map((color) => [color, 0]));
  for (const color of taken) {
    const count = uses.get(color.toLowerCase());
    if (count !== undefined) uses.set(color.toLowerCase(), count + 1);
  }
  const fewest = Math.min(...uses.values());
  return colorsInOrder.find((color) => uses.get(color) === fewest) ?? colorsInOrder[0];
}
