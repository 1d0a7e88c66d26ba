import { expect, test } from "vitest";
import { diffText } from "../change-set/diff-text.ts";
import { applyDelta, transformDelta } from "../change-set/text-delta.ts";
import { applyChange, emptySnapshot, type Snapshot } from "../document/snapshot.ts";
import { isRichText, type Json, type RichText, type Run } from "../document/value.ts";
import { htmlCodec } from "../html/index.ts";
import { tableKey } from "../modules/table-key.ts";
import { canonicalText } from "../rich-text/linear.ts";
import { cellHtml, tableOf } from "../rich-text/table-blocks.ts";
import { exportPage } from "./export-page.ts";
import { importPage } from "./import-page.ts";
import { parseTable, serialiseTable } from "./table-content.ts";

const row = (...cells: readonly string[]) => ({ cells: cells.map((html) => ({ html })) });
const timetable = {
  headers: [row("Day", "Train")],
  rows: [row("Monday", "<b>IC</b> 1"), row("Tuesday", ""), row("", '<div class="txtTinyMce-wrapper">late<br/></div>')],
};

function textOf(content: Json): RichText {
  const text = parseTable(content, htmlCodec);
  if (!text) throw new Error("The table is no text.");
  return text;
}

function pageWith(content: Json): Json {
  const table = {
    type: "mailup-bee-newsletter-modules-table",
    uuid: "t",
    descriptor: { table: { content, style: {} } },
  };
  const columns = [{ "grid-columns": 12, modules: [table], uuid: "c" }];
  return { page: { rows: [{ columns, uuid: "r" }] } };
}

function imported(content: Json): Snapshot {
  return applyChange(emptySnapshot, importPage(pageWith(content), { newId: () => "new", codec: htmlCodec }));
}

test.each<[rule: string, content: Json]>([
  ["a plain table", timetable],
  ["styles of cells and rows, in their order", { rows: [{ id: 1, cells: [{ style: { width: "1px" }, html: "a" }] }] }],
  ["a table of one section", { rows: [row("a")] }],
  ["sections in another order, and what nobody knows", { rows: [row("a")], "x/y": { z: [1] }, headers: [] }],
  ["rows of different lengths, and none", { headers: [row()], rows: [row("a", "b"), row("c"), row()] }],
  ["no rows at all", { headers: [], rows: [] }],
  ["cells that could not be read", { headers: [], rows: [row("{{ev<em>ent.name}}", "<b>unclosed")] }],
  ["cells of another kind", { headers: [], rows: [{ cells: [{ html: 5 }, {}, { html: null, colspan: 2 }] }] }],
  [
    "paragraphs, lists and tables in cells",
    { headers: [], rows: [row("<p>a</p><ul><li>b</li></ul>", "<table><tr><td>c</td></tr></table>")] },
  ],
  ["template tags in styles", { headers: [], rows: [{ cells: [{ html: "{{a}}", style: { width: '{{ "w" }}' } }] }] }],
])("%s is one text, and is exported as it came", (_rule, content) => {
  const snapshot = imported(content);
  expect(isRichText(snapshot.nodes.get("t")?.[tableKey])).toBe(true);
  expect(JSON.stringify(exportPage(snapshot, { codec: htmlCodec }))).toBe(JSON.stringify(pageWith(content)));
});

test.each<[rule: string, content: Json]>([
  ["rows that are no list", { headers: [], rows: { 0: row("a") } }],
  ["rows that are no objects", { headers: [], rows: ["a"] }],
  ["cells that are no list", { headers: [], rows: [{ cells: "a" }] }],
  ["cells that are no objects", { headers: [], rows: [{ cells: ["a"] }] }],
  ["nothing but other properties", { caption: "x" }],
  ["more cells than anyone types in", { headers: [], rows: Array.from({ length: 2_001 }, () => row("")) }],
  ["characters with a meaning in texts", { headers: [], rows: [{ cells: [{ html: "a" }], note: "{{ \"a' }}" }] }],
])("%s stays JSON, and is exported as it came", (_rule, content) => {
  const snapshot = imported(content);
  expect(isRichText(snapshot.nodes.get("t")?.[tableKey])).toBe(false);
  expect(JSON.stringify(exportPage(snapshot, { codec: htmlCodec }))).toBe(JSON.stringify(pageWith(content)));
});

test("the rows read the same whether the content is a text or JSON", () => {
  const cells = (content: Json, node = imported(content).nodes.get("t") ?? {}) =>
    [...tableOf(node).headers, ...tableOf(node).rows].map((each) => each.cells.map(cellHtml));
  const asJson = { [`${tableKey}/headers`]: timetable.headers, [`${tableKey}/rows`]: timetable.rows };
  expect(cells(timetable)).toEqual([
    ["Day", "Train"],
    ["Monday", "<strong>IC</strong> 1".replaceAll("strong", "b")],
    ["Tuesday", ""],
    ["", "late<br>"],
  ]);
  expect(cells(timetable, asJson).flat()).toHaveLength(8);
});

test("an edited cell is written anew, all others stay as they came", () => {
  const text = textOf(timetable);
  const edited = edit(text, "Monday", "Sunday");
  const { rows, ...rest } = serialiseTable(edited, htmlCodec);
  expect(rest).toEqual({ headers: timetable.headers });
  expect(rows).toEqual([row("Sunday", "<b>IC</b> 1"), ...timetable.rows.slice(1)]);
});

function edit(text: RichText, word: string, by: string): RichText {
  const replaced = ([part, marks]: Run): Run => (marks ? [part.replace(word, by), marks] : [part.replace(word, by)]);
  return { ...text, rich: text.rich.map(replaced) };
}

/** What two people make of a table at once, as the log merges it. */
function merged(base: RichText, mine: RichText, theirs: RichText): Json {
  const [first, second] = [diffText(base, mine, { unit: "word" }), diffText(base, theirs, { unit: "word" })];
  const over = transformDelta(second, first, { first: false, wins: false });
  return serialiseTable(canonicalText(applyDelta(mine, over)), htmlCodec);
}

test("a row that comes while somebody types in another one: both stay", () => {
  const base = textOf(timetable);
  const withRow = textOf({ ...timetable, rows: [row("Before", "IC 0"), ...timetable.rows, row("After", "IC 9")] });
  expect(merged(base, withRow, edit(base, "Tuesday", "Tuesday night"))).toEqual({
    headers: timetable.headers,
    rows: [row("Before", "IC 0"), timetable.rows[0], row("Tuesday night", ""), timetable.rows[2], row("After", "IC 9")],
  });
});

test("a column that comes while somebody adds a row: both stay, and the new row is one cell shorter", () => {
  const base = textOf({ headers: [], rows: [row("a"), row("b")] });
  const withColumn = textOf({ headers: [], rows: [row("a", "1"), row("b", "2")] });
  const withRow = textOf({ headers: [], rows: [row("a"), row("b"), row("c")] });
  expect(merged(base, withColumn, withRow)).toEqual({ headers: [], rows: [row("a", "1"), row("b", "2"), row("c")] });
});

test("rows that two people add at the same place both stay", () => {
  const base = textOf({ headers: [], rows: [row("a", "1")] });
  const add = (word: string) => textOf({ headers: [], rows: [row(word, "0"), row("a", "1")] });
  const { rows } = merged(base, add("mine"), add("theirs")) as { rows: readonly Json[] };
  expect(rows).toHaveLength(3);
  expect(rows).toEqual(expect.arrayContaining([row("mine", "0"), row("theirs", "0"), row("a", "1")]));
});
