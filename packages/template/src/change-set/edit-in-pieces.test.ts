import { forEachSeed } from "@waggle/testing";
import { expect, test } from "vitest";
import { blockEnd, type RichText, type Run } from "../document/value.ts";
import { diffText } from "./diff-text.ts";
import { editInPieces } from "./edit-in-pieces.ts";
import { applyDelta, plainText } from "./text-delta.ts";

const line = (words: string): readonly Run[] => (words === "" ? [] : [[words, { strong: {} }], [blockEnd]]);
const textOf = (...lines: readonly string[]): RichText => ({ rich: lines.flatMap(line), html: "source" });

test("a line that stays is kept where comparing the whole would take another for it", () => {
  const before = textOf("a", "b", "c");
  const after = editInPieces(before, [
    { before: line("a"), after: line("a") },
    { before: line("b"), after: [] },
    { before: line("c"), after: line("c") },
    { before: [], after: line("{{ last }}") },
  ]);
  expect(plainText(after)).toBe(plainText(textOf("a", "c", "{{ last }}")));
  expect(after.html).toBe("source");
  const delta = diffText(before, after);
  expect(delta.flatMap((op) => ("remove" in op ? [op.remove] : []))).toEqual(["b", blockEnd]);
});

test("the delta from one text to another leads over the texts between", () => {
  const first = textOf("a", "b");
  const second = editInPieces(first, [
    { before: line("a"), after: [] },
    { before: line("b"), after: line("b") },
  ]);
  const third = editInPieces(second, [
    { before: line("b"), after: line("b") },
    { before: [], after: line("a") },
  ]);
  const delta = diffText(first, third);
  expect(applyDelta(first, delta).rich).toEqual(third.rich);
  expect(delta.flatMap((op) => ("remove" in op ? [op.remove] : []))).toEqual(["a", blockEnd]);
  expect(diffText(textOf("a", "b"), third)).toEqual(diffText(textOf("a", "b"), textOf("b", "a")));
});

test("whatever the pieces are, the text becomes what they become", () => {
  forEachSeed({ count: 300, atLeast: { "a piece that stays": 0.3 } }, (random, tally) => {
    const words = ["", "a", "b", "a b", "b c a"];
    const pieces = Array.from({ length: random.between(1, 6) }, () => ({
      before: line(random.pick(words)),
      after: line(random.pick(words)),
    }));
    if (pieces.some(({ before, after }) => before[0]?.[0] === after[0]?.[0])) tally.count("a piece that stays");
    const before: RichText = { rich: pieces.flatMap((piece) => piece.before) };
    const after = editInPieces(before, pieces, { unit: "word" });
    expect(plainText(after)).toBe(pieces.flatMap((piece) => piece.after.map(([text]) => text)).join(""));
    expect(applyDelta(before, diffText(before, after)).rich).toEqual(after.rich);
  });
});
