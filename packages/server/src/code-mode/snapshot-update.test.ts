import { applyChange, canonicalJson, Draft, type RichText, type Snapshot } from "@waggle/template";
import { countingIds, forEachSeed, type Random, randomDocument, randomStep } from "@waggle/testing";
import { expect, test } from "vitest";
import { updated, updateOf } from "./snapshot-update.ts";

function edited(base: Snapshot, random: Random): Snapshot {
  const draft = new Draft(base);
  const tools = {
    random,
    newId: countingIds(`s${random.below(1e6)}-`),
    editText: (_random: unknown, text: RichText) => text,
  };
  try {
    for (let steps = 0; steps < 4; steps += 1) randomStep(draft, tools);
    draft.validate();
    return applyChange(base, draft.changeSet());
  } catch {
    return base;
  }
}

test("[CODE-21] the other side has the very template after each update, however it changed and whose it is", () => {
  forEachSeed({ count: 100, atLeast: { "a small update": 0.5 } }, (random, tally) => {
    let known: Snapshot | undefined;
    let copy: Snapshot | undefined;
    let next = randomDocument(random, { modules: 10 });
    for (let round = 0; round < 6; round += 1) {
      next = random.chance(0.2) ? randomDocument(random, { modules: 10 }) : edited(next, random);
      const update = updateOf(known, next);
      if (known && update.nodes.length < next.nodes.size / 2) tally.count("a small update");
      copy = updated(copy, JSON.parse(JSON.stringify(update)));
      known = next;
      expect(canonicalJson(copy)).toBe(canonicalJson(next));
    }
  });
});
