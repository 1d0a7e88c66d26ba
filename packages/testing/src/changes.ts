import { WaggleError } from "@waggle/contract";
import { applyDelta, type ChangeSet, Draft, type RichText, type Snapshot } from "@waggle/template";
import type { Random } from "./random.ts";
import { randomStep, type StepTools } from "./steps.ts";
import { randomRewrite, randomTyping } from "./texts.ts";

export interface ChangeTools {
  readonly random: Random;
  readonly newId: () => string;
  /** Default true. */
  readonly mayCreate?: boolean;
}

/** A valid change of one to three steps, never empty. Texts are typed in or rewritten. */
export function randomChange(snapshot: Snapshot, tools: ChangeTools): ChangeSet {
  for (;;) {
    const change = tryChange(snapshot, { editText: typeOrRewrite, ...tools });
    if (change) return change;
  }
}

function typeOrRewrite(random: Random, text: RichText): RichText {
  return random.chance(0.5) ? applyDelta(text, randomTyping(random, text)) : randomRewrite(random, text);
}

function tryChange(snapshot: Snapshot, tools: StepTools): ChangeSet | undefined {
  const draft = new Draft(snapshot);
  try {
    for (let steps = tools.random.between(1, 3); steps > 0; steps--) randomStep(draft, tools);
    draft.validate();
  } catch (error) {
    // Steps are random, so some don't fit; an invalid draft leaves nothing behind.
    if (error instanceof WaggleError) return undefined;
    throw error;
  }
  const change = draft.changeSet();
  return Object.keys(change).length > 0 ? change : undefined;
}
