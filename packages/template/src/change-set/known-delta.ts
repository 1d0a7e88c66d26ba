import type { RichText } from "../document/value.ts";
import { applyDelta, composeDeltas } from "./text-delta.ts";
import type { TextDelta } from "./types.ts";

interface Origin {
  readonly before: RichText;
  readonly delta: TextDelta;
}

/** How a text came about, for those who made it from another by a delta of their own. */
const origins = new WeakMap<RichText, Origin>();

/** The text after a delta. Whoever compares the two texts later gets this delta, not one that is as short by chance. */
export function editText(before: RichText, delta: TextDelta): RichText {
  const after = applyDelta(before, delta);
  origins.set(after, { before, delta });
  return after;
}

/** The delta by which a text was made from another, in one edit or several. */
export function findDelta(before: RichText, after: RichText): TextDelta | undefined {
  let delta: TextDelta | undefined;
  for (let origin = origins.get(after); origin; origin = origins.get(origin.before)) {
    delta = delta ? composeDeltas(origin.delta, delta) : origin.delta;
    if (origin.before === before) return delta;
  }
  return undefined;
}
