import { forEachSeed, type Random, randomRestructure, randomTable, randomTyping } from "@waggle/testing";
import { expect, test } from "vitest";
import { applyDelta, plainText } from "../change-set/text-delta.ts";
import { atom, blockEnd, isRichText, type RichText, type Run } from "../document/value.ts";
import { canonicalText } from "./linear.ts";
import { cellHtml, readTable, type TableContent, tableOf } from "./table-blocks.ts";
import { writeTable } from "./write-table.ts";

function cellsOf({ headers, rows }: TableContent): readonly (RichText | string)[] {
  return [...headers, ...rows].flatMap(({ cells }) => cells.map(({ text }) => text));
}

/** Runs as a hostile or broken client may leave them: some gone, some twice, some elsewhere. */
function shaken(random: Random, runs: readonly Run[]): Run[] {
  const changed = [...runs];
  for (let shakes = random.between(1, 4); shakes > 0; shakes--) {
    const [run] = changed.splice(random.below(changed.length), 1);
    const times = random.between(0, 2);
    if (run) changed.splice(random.below(changed.length + 1), 0, ...Array.from({ length: times }, () => run));
  }
  return changed;
}

function letters(texts: readonly RichText[]): string[] {
  return texts.flatMap((text) => plainText(text).replaceAll(blockEnd, "").replaceAll(atom, "").split("")).sort();
}

test("whatever becomes of a table's text, each character of it is in some cell, and the table is a text again", () => {
  const atLeast = { "rows of different lengths": 0.1, "a line outside of all cells": 0.05 };
  forEachSeed({ count: 600, atLeast }, (random, tally) => {
    const table = randomTable(random);
    const edited = applyDelta(randomRestructure(random, table), []);
    const typed = applyDelta(edited, randomTyping(random, edited));
    const text = canonicalText({ rich: random.chance(0.5) ? typed.rich : shaken(random, typed.rich) });
    const read = readTable(text);
    const cells = cellsOf(read);
    if (new Set(read.rows.map((row) => row.cells.length)).size > 1) tally.count("rows of different lengths");
    if (text.rich.some(([, marks]) => marks?.block && !marks.within)) tally.count("a line outside of all cells");
    expect(letters(cells.filter((cell) => isRichText(cell)))).toEqual(letters([text]));
    const again = readTable(writeTable(read));
    expect(cellsOf(again).length).toBe(cells.length);
    for (const row of read.rows) expect(row.cells.map((cell) => cellHtml(cell))).not.toContain(undefined);
  });
});

test("what a node has instead of a table reads as no rows", () => {
  const none = { headers: [], rows: [] };
  expect(tableOf({})).toEqual(none);
  expect(tableOf({ "/descriptor/table/content": [] })).toEqual(none);
  expect(tableOf({ "/descriptor/table/content/rows": "x", "/descriptor/table/content/headers": [1] })).toEqual(none);
});

test("properties of a table that are no JSON any more are left out", () => {
  const frame = { kind: "box", style: null } as const;
  const within = [
    { ...frame, tag: "table", rest: null },
    { ...frame, tag: "tbody", rest: null },
    { ...frame, tag: "tr", rest: 'data-json="[1]"' },
    { ...frame, tag: "td", rest: 'data-json="{"' },
  ];
  const block = { kind: "paragraph", tag: "", style: null, rest: null } as const;
  const text: RichText = { rich: [["a"], [blockEnd, { block, within, opens: 0 }]] };
  expect(readTable(text).rows).toEqual([{ cells: [{ text: { rich: [["a"], [blockEnd, { block }]] } }] }]);
});
