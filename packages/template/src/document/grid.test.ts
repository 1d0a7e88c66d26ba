import { expect, test } from "vitest";
import { fillsRow, gridColumnsOf } from "./grid.ts";
import type { NodeData } from "./node.ts";

const columns = (...widths: (number | string | undefined)[]): NodeData[] =>
  widths.map((width) => (width === undefined ? {} : { "/grid-columns": width }));

test.each([
  [
    [6, 6],
    [6, 6],
  ],
  [[undefined], [12]],
  [
    [undefined, undefined, undefined],
    [4, 4, 4],
  ],
  [
    [4, undefined],
    [4, 8],
  ],
  [
    [4, "8"],
    [4, 8],
  ],
  [
    [0, 6],
    [6, 6],
  ],
  [
    [12, undefined],
    [12, 0],
  ],
])("columns of %j are %j wide", (stated, widths) => {
  expect(gridColumnsOf(columns(...stated))).toEqual(widths);
});

test.each([
  [[6, 6], true],
  [[undefined, undefined, undefined, undefined, undefined], true],
  [[6, 7], false],
  [[6], false],
  [[12, undefined], false],
  [[], false],
])("whether columns of %j fill a row: %s", (stated, fills) => {
  expect(fillsRow(columns(...stated))).toBe(fills);
});
