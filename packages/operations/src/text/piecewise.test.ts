import { blockEnd, diffText, type RichText, type Run } from "@waggle/template";
import { expect, test } from "vitest";
import { editByParts, linesOf } from "./piecewise.ts";
import { bareLine } from "./runs.ts";

const line = (words: string): Run[] => [[words], [blockEnd, bareLine]];
const before: RichText = { rich: [...line("a"), ...line("b")], html: "a<br>b" };
const one = { lines: 1 };

test("a part that stays keeps its letters", () => {
  const rich = [...line("b"), ...line("a")];
  const parts = { before: [one, one], after: [{ lines: 1, continues: 1 }, one] };
  const after = editByParts(before, rich, parts);
  expect(after).toEqual({ rich, html: "a<br>b" });
  expect(
    diffText(before, after)
      .flatMap((op) => ("remove" in op ? [op.remove] : []))
      .join(""),
  ).toBe(`a${blockEnd}`);
});

test.each([
  ["parts that are not the whole text", { before: [one], after: [one, one] }],
  [
    "parts in another order",
    {
      before: [one, one],
      after: [
        { lines: 1, continues: 1 },
        { lines: 1, continues: 0 },
      ],
    },
  ],
])("%s give the new text all the same", (_name, parts) => {
  const rich = [...line("b"), ...line("a")];
  expect(editByParts(before, rich, parts)).toEqual({ rich, html: "a<br>b" });
});

test("a text that has to be mended first is replaced, not taken apart", () => {
  const open: RichText = { rich: [["a"]] };
  expect(editByParts(open, line("b"), { before: [one], after: [{ lines: 1, continues: 0 }] })).toEqual({
    rich: line("b"),
  });
});

test("lines are counted by their ends", () => {
  expect(linesOf([["a"], [`${blockEnd}${blockEnd}`, bareLine]])).toBe(2);
  expect(linesOf([])).toBe(0);
});
