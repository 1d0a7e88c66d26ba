import { forEachSeed, isReplay, type Random, randomRewrite, randomText, randomTyping } from "@waggle/testing";
import { expect, test } from "vitest";
import { blockEnd, type RichText } from "../document/value.ts";
import { diffText } from "./diff-text.ts";
import { applyDelta, composeDeltas, invertDelta, overlaps, plainText, transformDelta } from "./text-delta.ts";
import type { TextDelta } from "./types.ts";

const cases = 4000;

function someText(random: Random): RichText {
  return randomText(random, { blocks: random.between(1, 3), wordsPerBlock: random.between(2, 10), html: "<p>…</p>" });
}

/** A few edits in a row, as deltas and as the text they lead to. */
function someEdits(random: Random, text: RichText): { delta: TextDelta; after: RichText } {
  let delta: TextDelta = [];
  let after = text;
  for (let edits = random.between(1, 3); edits > 0; edits--) {
    const edit = random.chance(0.5)
      ? randomTyping(random, after)
      : diffText(after, randomRewrite(random, after), { unit: random.pick(["char", "word"]) });
    after = applyDelta(after, edit);
    delta = composeDeltas(delta, edit);
  }
  return { delta, after };
}

test("composed edits lead to the text that they lead to one after the other", () => {
  let effective = 0;
  forEachSeed(cases, (random) => {
    const text = someText(random);
    const { delta, after } = someEdits(random, text);
    expect(applyDelta(text, delta)).toEqual(after);
    if (delta.length > 0) effective++;
  });
  if (!isReplay()) expect(effective).toBeGreaterThan(cases * 0.9);
});

test("an inverted delta leads back to the exact text, source included", () => {
  forEachSeed(cases, (random) => {
    const text = someText(random);
    const { delta, after } = someEdits(random, text);
    expect(applyDelta(after, invertDelta(delta))).toEqual(text);
    expect(composeDeltas(delta, invertDelta(delta))).toEqual([]);
  });
});

test("a diff leads from one text to the other, by characters and by words", () => {
  forEachSeed(cases, (random) => {
    const [before, after] = [someText(random), someText(random)];
    for (const unit of ["char", "word"] as const) {
      expect(applyDelta(before, diffText(before, after, { unit }))).toEqual(after);
    }
  });
});

test("two deltas of one text converge in either order (TP1)", () => {
  let met = 0;
  forEachSeed(cases, (random) => {
    const text = someText(random);
    const [mine, theirs] = [someEdits(random, text), someEdits(random, text)];
    const mineAfter = transformDelta(mine.delta, theirs.delta, { first: true, wins: true });
    const theirsAfter = transformDelta(theirs.delta, mine.delta, { first: false, wins: false });
    expect(applyDelta(theirs.after, mineAfter)).toEqual(applyDelta(mine.after, theirsAfter));
    if (overlaps(mine.delta, theirs.delta)) met++;
  });
  if (!isReplay()) expect(met).toBeGreaterThan(cases / 10);
});

test("typing of others survives a rewrite in whole words made against the text before it", () => {
  forEachSeed(cases, (random) => {
    const text = someText(random);
    const rewritten = randomRewrite(random, text);
    const typed: TextDelta = [{ keep: random.below(plainText(text).length + 1) }, { insert: "<typed>" }];
    const mine = diffText(text, rewritten, { unit: "word" });
    const merged = applyDelta(applyDelta(text, typed), transformDelta(mine, typed, { first: false, wins: true }));
    expect(plainText(merged)).toContain("<typed>");
    expect(plainText(merged).replace("<typed>", "")).toBe(plainText(rewritten));
  });
});

test("a word diff never cuts a word", () => {
  const before: RichText = { rich: [[`Order today, it's free.${blockEnd}`]] };
  const after: RichText = { rich: [[`Order now, it's freely.${blockEnd}`]] };
  expect(diffText(before, after, { unit: "word" })).toEqual([
    { keep: 6 },
    { insert: "now" },
    { remove: "today" },
    { keep: 7 },
    { insert: "freely" },
    { remove: "free" },
  ]);
});

test("a block end is a unit of its own, and its marks change by themselves", () => {
  const paragraph = { block: { kind: "paragraph", tag: "p" } };
  const list = { block: { kind: "paragraph", tag: "li" } };
  const before: RichText = { rich: [["One."], [blockEnd, paragraph]] };
  const after: RichText = { rich: [["One."], [blockEnd, list]] };
  const split: RichText = { rich: [["One"], [blockEnd, paragraph], ["."], [blockEnd, paragraph]] };
  expect(diffText(before, after, { unit: "word" })).toEqual([
    { keep: 4 },
    { keep: 1, marks: { block: [paragraph.block, list.block] } },
  ]);
  expect(applyDelta(before, diffText(before, split, { unit: "word" }))).toEqual(split);
});

test("diffs split no emoji", () => {
  const faces = ["😀", "😁", "👍", "a", "👨‍👩‍👧"];
  const halves = /^[\udc00-\udfff]|[\ud800-\udbff]$/;
  forEachSeed(1000, (random) => {
    const [before, after] = [0, 1].map(
      (): RichText => ({ rich: [[Array.from({ length: 6 }, () => random.pick(faces)).join("")]] }),
    );
    if (!before || !after) return;
    for (const unit of ["char", "word"] as const) {
      for (const op of diffText(before, after, { unit })) {
        expect("insert" in op ? op.insert : "remove" in op ? op.remove : "").not.toMatch(halves);
      }
    }
  });
});

test("removing and inserting the same run again leaves the characters alone", () => {
  const removal: TextDelta = [{ keep: 2 }, { remove: "word", marks: { strong: {} } }];
  expect(composeDeltas(removal, invertDelta(removal))).toEqual([]);
});

test("a delta made for another text is refused", () => {
  const text: RichText = { rich: [["Buy", { strong: {} }]] };
  expect(() => applyDelta(text, [{ remove: "Bye", marks: { strong: {} } }])).toThrow("another version");
  expect(() => applyDelta(text, [{ remove: "Buy" }])).toThrow("another version");
  expect(() => applyDelta(text, [{ keep: 4 }])).toThrow("another version");
  expect(() => applyDelta(text, [{ keep: 3, marks: { strong: [null, {}] } }])).toThrow("another version");
});
