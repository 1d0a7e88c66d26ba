import { forEachSeed, type Random, randomRewrite, randomText, randomTyping } from "@waggle/testing";
import { expect, test } from "vitest";
import { blockEnd, type RichText } from "../document/value.ts";
import { diffText } from "./diff-text.ts";
import { applyDelta, composeDeltas, invertDelta, overlaps, plainText, transformDelta } from "./text-delta.ts";
import type { TextDelta } from "./types.ts";

const count = 3000;

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
  forEachSeed({ count, atLeast: { "a change": 0.9 } }, (random, tally) => {
    const text = someText(random);
    const { delta, after } = someEdits(random, text);
    expect(applyDelta(text, delta)).toEqual(after);
    if (delta.length > 0) tally.count("a change");
  });
});

test("an inverted delta leads back to the exact text, source included", () => {
  forEachSeed({ count, atLeast: { "a change": 0.9 } }, (random, tally) => {
    const text = someText(random);
    const { delta, after } = someEdits(random, text);
    if (delta.length > 0) tally.count("a change");
    expect(applyDelta(after, invertDelta(delta))).toEqual(text);
    expect(composeDeltas(delta, invertDelta(delta))).toEqual([]);
  });
});

test("a diff leads from one text to the other, by characters and by words", () => {
  forEachSeed({ count, atLeast: { "a kept stretch": 0.9 } }, (random, tally) => {
    const [before, after] = [someText(random), someText(random)];
    for (const unit of ["char", "word"] as const) {
      const delta = diffText(before, after, { unit });
      expect(applyDelta(before, delta)).toEqual(after);
      if (delta.some((op) => "keep" in op)) tally.count("a kept stretch", 0.5);
    }
  });
});

test("two deltas of one text converge in either order (TP1)", () => {
  forEachSeed({ count, atLeast: { "meeting edits": 0.1, "edits apart": 0.1 } }, (random, tally) => {
    const text = someText(random);
    const [mine, theirs] = [someEdits(random, text), someEdits(random, text)];
    const mineAfter = transformDelta(mine.delta, theirs.delta, { first: true, wins: true });
    const theirsAfter = transformDelta(theirs.delta, mine.delta, { first: false, wins: false });
    expect(applyDelta(theirs.after, mineAfter)).toEqual(applyDelta(mine.after, theirsAfter));
    tally.count(overlaps(mine.delta, theirs.delta) ? "meeting edits" : "edits apart");
  });
});

test("typing of others survives a rewrite in whole words made against the text before it", () => {
  forEachSeed({ count, atLeast: { "a rewrite": 0.8 } }, (random, tally) => {
    const text = someText(random);
    const rewritten = randomRewrite(random, text);
    const typed: TextDelta = [{ keep: random.below(plainText(text).length + 1) }, { insert: "<typed>" }];
    const mine = diffText(text, rewritten, { unit: "word" });
    if (mine.length > 0) tally.count("a rewrite");
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
  const half = /^[\udc00-\udfff]|[\ud800-\udbff]$/;
  forEachSeed({ count: 1000, atLeast: { "an edit": 1 } }, (random, tally) => {
    const row = (): RichText => ({ rich: [[Array.from({ length: 6 }, () => random.pick(faces)).join("")]] });
    const [before, after] = [row(), row()];
    const edits = (["char", "word"] as const).flatMap((unit) => editedPieces(diffText(before, after, { unit })));
    tally.count("an edit", edits.length);
    expect(edits.filter((piece) => half.test(piece))).toEqual([]);
  });
});

function editedPieces(delta: TextDelta): string[] {
  return delta.flatMap((op) => {
    if ("keep" in op) return [];
    return "insert" in op ? [op.insert] : [op.remove];
  });
}

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
