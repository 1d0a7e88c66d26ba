import { expect, test } from "vitest";
import { alignEntries } from "./align-entries.ts";

const keyed = (words: string): readonly (readonly string[])[] =>
  words === "" ? [] : words.split(" ").map((word) => [word, word.charAt(0)]);

test.each([
  ["nothing changed", "a1 b1 c1", "a1 b1 c1", [0, 1, 2]],
  ["one more in the middle", "a1 b1 c1", "a1 x1 b1 c1", [0, undefined, 1, 2]],
  ["one fewer at the start", "a1 b1 c1", "b1 c1", [1, 2]],
  ["one changed", "a1 b1 c1", "a1 x1 c1", [0, 1, 2]],
  ["one changed and one more before it, told apart by the second key", "a1 b1 c1", "a1 x1 b2 c1", [0, undefined, 1, 2]],
  ["all changed, by their order", "a1 b1", "x1 y1 z1", [0, 1, undefined]],
  ["two swapped: one of them stays", "a1 b1", "b1 a1", [1, undefined]],
  ["two swapped: the longer one stays", "long1 b1", "b1 long1", [undefined, 0]],
  ["from nothing", "", "a1 b1", [undefined, undefined]],
  ["to nothing", "a1 b1", "", []],
])("%s", (...[, before, after, expected]) => {
  expect(alignEntries(keyed(before), keyed(after))).toEqual(expected);
});

test("empty keys tell nothing apart", () => {
  expect(
    alignEntries(
      [
        ["", "a"],
        ["", "b"],
      ],
      [["", "b"]],
    ),
  ).toEqual([1]);
});
