import type * as Y from "yjs";
import { applyDelta } from "../change-set/text-delta.ts";
import type { TextDelta } from "../change-set/types.ts";
import { equalValues, type RichText, type Run } from "../document/value.ts";
import { toBlocks } from "../rich-text/linear.ts";
import { type FragmentEvent, readEvents } from "./fragment-events.ts";
import { createBlock } from "./fragment-fill.ts";
import { readRuns } from "./fragment-read.ts";
import { reconcile, writeInsideLines } from "./fragment-write.ts";

export { whyNotBindable } from "./fragment-check.ts";
export type { FragmentEvent } from "./fragment-events.ts";

/** The runs of a live text. Works on any fragment; anything unknown in it is mended or left out. */
export function readFragment(fragment: Y.XmlFragment): Run[] {
  return readRuns(fragment);
}

/** Puts a text into an empty fragment, in the way text editors do, so that their first keystroke changes nothing else. */
export function fillFragment(fragment: Y.XmlFragment, runs: readonly Run[]): void {
  fragment.insert(0, toBlocks(runs).map(createBlock));
}

/**
 * Applies a delta to a live text. Call it in a transaction. Characters that stay keep their identity where the delta only
 * touches text inside lines; else untouched blocks do, and edited ones are edited in place. Throws INVALID_CHANGE when the
 * delta was not made for `before`. What reads back is the text after the delta in canonical form (`canonicalText`).
 */
export function writeFragment(fragment: Y.XmlFragment, before: RichText, delta: TextDelta): void {
  const after = applyDelta(before, delta);
  if (!writeInsideLines(fragment, before, delta)) reconcile(fragment, toBlocks(after.rich));
}

/** One transaction of a fragment: its events, and the text on both sides. */
export interface FragmentChange {
  readonly events: readonly FragmentEvent[];
  readonly before: RichText;
  readonly after: RichText;
}

/**
 * The exact delta of one transaction that changed nothing but characters and marks inside lines. Proven by applying it;
 * undefined when it can't be told from the events: compare the two texts then.
 */
export function deltaOfEvents(
  fragment: Y.XmlFragment,
  { events, before, after }: FragmentChange,
): TextDelta | undefined {
  const delta = readEvents(fragment, events, before);
  if (!delta) return undefined;
  try {
    return equalValues(applyDelta(before, delta).rich, after.rich) ? delta : undefined;
  } catch {
    return undefined;
  }
}
