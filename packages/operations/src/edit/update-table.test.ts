import { isTextCell, type TextDelta } from "@waggle/template";
import { expect, test } from "vitest";
import { getElementDetails } from "../inspect/get-element-details.ts";
import { Story, smallPage } from "../story.test.support.ts";
import { pageOf } from "./page-of.test.support.ts";
import { updateTable } from "./update-table.ts";

const elementId = "table-1";

const cell = (html: string, style?: Record<string, string>) => (style ? { html, style } : { html });
const right = { "text-align": "right" };
const under = { "border-bottom": "2px solid #14312b" };

const timetable = {
  headers: [{ cells: [cell("Train", under), cell("Leaves", under), cell("Berth", { ...under, ...right })] }],
  rows: [
    { cells: [cell("<strong>NL 214</strong> Lyon"), cell("20:42"), cell("€89", right)], id: "first" },
    { cells: [cell("<strong>NL 307</strong> Basel"), cell("21:15"), cell("€104", right)] },
  ],
  note: "kept",
};

const rows = [
  ["<strong>NL 214</strong> Lyon", "20:42", "€89"],
  ["<strong>NL 307</strong> Basel", "21:15", "€104"],
] as const;

const tablePage = (content: unknown) =>
  pageOf(["table", elementId, JSON.parse(JSON.stringify({ table: { content } }))]);

const contentIn = (story: Story) => JSON.parse(JSON.stringify(story.element(elementId))).descriptor.table.content;

const read = (story: Story) => story.run(getElementDetails, { elementId }).properties;

/** What of the table's text the latest operation touched. */
function deltaOf(story: Story): TextDelta {
  const found = story.change[elementId]?.["/descriptor/table/content"];
  if (!found || !isTextCell(found)) throw new Error("The text was not changed by letters.");
  return found.text;
}

const touched = (delta: TextDelta): readonly unknown[] =>
  delta.flatMap((part) => ("keep" in part ? [] : "insert" in part ? [`+${part.insert}`] : [`-${part.remove}`]));

test("what was read can be sent back and changes nothing", () => {
  for (const content of [
    timetable,
    { rows: [{ cells: [cell("a  b"), cell("<p>x</p>"), cell("<P>y")] }] },
    { headers: [], rows: [{ cells: [cell("")] }] },
    { headers: [{ cells: [cell("{{ x }} &amp; <b>y</b>")] }], rows: [{ cells: [cell("{{ev<em>ent.name}}")] }] },
    { headers: [{ cells: [cell("a")] }, { cells: [cell("second")] }], rows: [{ cells: [cell("b")] }] },
  ]) {
    const story = new Story(tablePage(content));
    const before = contentIn(story);
    expect(story.run(updateTable, { elementId, ...read(story) })).toEqual({ elementId, changed: [] });
    expect(story.change).toEqual({});
    expect(contentIn(story)).toEqual(before);
  }
});

test("one cell that changes leaves the letters of the others alone", () => {
  const story = new Story(tablePage(timetable));
  const given = [rows[0], ["<strong>NL 307</strong> Basel", "21:15", "€99"]];
  expect(story.run(updateTable, { elementId, rows: given.map((row) => [...row]) }).changed).toEqual(["rows"]);
  expect(touched(deltaOf(story))).toEqual(["+99", "-104"]);
  const expected = structuredClone(timetable);
  expected.rows[1]?.cells.splice(2, 1, cell("€99", right));
  expect(contentIn(story)).toEqual(expected);
});

test("a plain cell keeps the formatting of the one it replaces", () => {
  const story = new Story(tablePage({ rows: [{ cells: [cell("<b>one</b>", right), cell("two")] }] }));
  story.run(updateTable, { elementId, rows: [["uno", "<i>due</i>"]] });
  expect(contentIn(story)).toEqual({ rows: [{ cells: [cell("<b>uno</b>", right), cell("<i>due</i>")] }] });
});

test("a row in the middle takes the look of the one before it, and the others stay", () => {
  const story = new Story(tablePage(timetable));
  const more = ["NL 9 Oslo", "23:05", "€76"];
  story.run(updateTable, { elementId, rows: [[...rows[0]], more, [...rows[1]]] });
  expect(touched(deltaOf(story)).filter((part) => String(part).startsWith("-"))).toEqual([]);
  expect(contentIn(story).rows.map((row: { cells: unknown }) => row.cells)).toEqual([
    timetable.rows[0]?.cells,
    [cell("NL 9 Oslo"), cell("23:05"), cell("€76", right)],
    timetable.rows[1]?.cells,
  ]);
  expect(contentIn(story).note).toBe("kept");
});

test("a price that moves to the row above is no move of the row: each cell changes by itself", () => {
  const page = tablePage({
    rows: [
      ["a", "1"],
      ["b", "2"],
      ["c", "3"],
    ].map((row) => ({ cells: row.map((html) => ({ html })) })),
  });
  const story = new Story(page);
  story.run(updateTable, {
    elementId,
    rows: [
      ["a", "2"],
      ["b", "3"],
      ["c", "1"],
    ],
  });
  expect(touched(deltaOf(story))).toEqual(["+2", "-1", "+3", "-2", "+1", "-3"]);
});

test("a row that goes takes no other with it", () => {
  const story = new Story(tablePage(timetable));
  story.run(updateTable, { elementId, rows: [[...rows[1]]] });
  expect(contentIn(story)).toEqual({ ...timetable, rows: [timetable.rows[1]] });
});

test("a new column stands where its header does", () => {
  const story = new Story(tablePage(timetable));
  story.run(updateTable, {
    elementId,
    headers: ["Train", "Leaves", "Class", "Berth"],
    rows: rows.map(([train, leaves, berth]) => [train, leaves, "2", berth]),
  });
  const { headers, rows: next } = contentIn(story);
  expect(headers[0].cells).toEqual([
    cell("Train", under),
    cell("Leaves", under),
    cell("Class", under),
    cell("Berth", { ...under, ...right }),
  ]);
  expect(next[1].cells).toEqual([cell("<strong>NL 307</strong> Basel"), cell("21:15"), cell("2"), cell("€104", right)]);
});

test("headers come and go alone", () => {
  const story = new Story(tablePage({ headers: [], rows: [{ cells: [cell("a"), cell("b")] }] }));
  expect(story.run(updateTable, { elementId, headers: ["A", "B"] }).changed).toEqual(["headers"]);
  expect(contentIn(story).headers).toEqual([{ cells: [cell("A"), cell("B")] }]);
  story.run(updateTable, { elementId, headers: [] });
  expect(contentIn(story)).toEqual({ headers: [], rows: [{ cells: [cell("a"), cell("b")] }] });
});

test("rows that do not fit the headers there are refused with the way out", () => {
  const story = new Story(tablePage(timetable));
  expect(story.refusal(updateTable, { elementId, rows: [["a", "b"]] }).message).toBe(
    'rows.0 has 2 cells, the headers there have 3. Give every row 3 cells, "" for an empty one, or give headers too.',
  );
  expect(story.refusal(updateTable, { elementId, headers: ["a"] }).message).toBe(
    "headers has 1 cell, the rows there have 3. Give 3 headers, or rows with 1 cell too.",
  );
  expect(story.run(updateTable, { elementId, headers: ["a"], rows: [["b"]] }).changed).toEqual(["headers", "rows"]);
});

test("a table that stays JSON is changed as JSON, its other keys kept", () => {
  const odd = { headers: [{ cells: [cell("A")] }], rows: ["x", { cells: [cell("a", right)], id: 7 }], note: 1 };
  const story = new Story(tablePage(odd));
  expect(story.run(updateTable, { elementId, rows: [["<b>b</b>"], ["c"]] }).changed).toEqual(["rows"]);
  expect(contentIn(story)).toEqual({
    headers: [{ cells: [cell("A")] }],
    rows: [
      { cells: [cell("<b>b</b>", right)], id: 7 },
      { cells: [cell("c", right)], id: 7 },
    ],
    note: 1,
  });
});

test("a table without any content gets one", () => {
  const story = new Story(pageOf(["table", elementId, {}]));
  expect(story.run(updateTable, { elementId, headers: ["A"], rows: [["{{ a }}"]] }).changed).toEqual([
    "headers",
    "rows",
  ]);
  expect(contentIn(story)).toEqual({ headers: [{ cells: [cell("A")] }], rows: [{ cells: [cell("{{ a }}")] }] });
});

test("lines of some sides only are read side by side, and stay when they are sent back", () => {
  const style = { "border-top": "0px solid transparent", "border-bottom": "1.5px solid #e4dac6" };
  const page = pageOf(["table", elementId, { table: { content: { rows: [{ cells: [cell("a")] }] }, style } }]);
  const story = new Story(page);
  const properties = read(story);
  expect(properties).toMatchObject({ borderTop: "none", borderBottom: "1.5px solid #e4dac6" });
  expect(Object.keys(properties)).not.toContain("borderWidth");
  expect(story.run(updateTable, { elementId, ...properties })).toEqual({ elementId, changed: [] });
  expect(story.run(updateTable, { elementId, borderWidth: 0, borderBottom: "2px dashed #111111" }).changed).toEqual([
    "borderWidth",
    "borderBottom",
  ]);
  expect(read(story)).toMatchObject({ borderTop: "none", borderLeft: "none", borderBottom: "2px dashed #111111" });
});

test("what is not given stays", () => {
  const story = new Story(tablePage(timetable));
  const { changed } = story.run(updateTable, { elementId, headersColor: "#ffffff", cellPadding: 6 });
  expect(changed).toEqual(["cellPadding", "headersColor"]);
  expect(contentIn(story)).toEqual(timetable);
});

test("another block is named with the tool that is asked for", () => {
  expect(new Story(smallPage()).refusal(updateTable, { elementId: "button-1", rows: [["a"]] })).toMatchObject({
    code: "INVALID_INPUT",
    message: expect.stringContaining("button-1 is a button, and update_table changes a table"),
  });
});
