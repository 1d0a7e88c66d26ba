import { expect, test } from "vitest";
import { getElementDetails } from "../inspect/get-element-details.ts";
import { Story, smallPage } from "../story.test.support.ts";
import { addTable } from "./add-table.ts";

const cellsOf = (story: Story, elementId: string) => {
  const { headers, rows } = story.run(getElementDetails, { elementId }).properties;
  return { headers, rows };
};

test("a table has its headers, rows and a readable look", () => {
  const story = new Story(smallPage());
  const { elementId } = story.run(addTable, { section: 0, headers: ["Train", "Berth"], rows: [["NL 214", "€89"]] });
  expect(story.element(elementId)).toMatchObject({
    type: "mailup-bee-newsletter-modules-table",
    descriptor: {
      table: {
        content: {
          headers: [{ cells: [{ html: "Train" }, { html: "Berth" }] }],
          rows: [{ cells: [{ html: "NL 214" }, { html: "€89" }] }],
        },
        style: { color: "#222222", "border-top": "1px solid #dddddd", "border-left": "1px solid #dddddd" },
        computedStyle: { linkColor: "#c8432b", headersBackgroundColor: "#eaeaea" },
      },
    },
  });
});

test("cells are plain text, HTML or numbers; merge tags and signs stay", () => {
  const story = new Story(smallPage());
  const rows = [
    ["{{ name }} & co", "5 < 6", 7],
    ['<b>Bed</b><br><a href="{{ url }}">x</a>', "", "*|PRICE|*"],
  ];
  const { elementId, warnings } = story.run(addTable, { section: 0, rows });
  expect(cellsOf(story, elementId)).toEqual({
    headers: [],
    rows: [
      ["{{ name }} &amp; co", "5 &lt; 6", "7"],
      ['<b>Bed</b><br><a href="{{ url }}">x</a>', "", "*|PRICE|*"],
    ],
  });
  expect(warnings).toBeUndefined();
});

test("styles are written where templates have them", () => {
  const story = new Story(smallPage());
  const { elementId } = story.run(addTable, {
    section: 0,
    rows: [["a"]],
    cellPadding: 4,
    cellPaddingLeft: 0,
    borderWidth: 0,
    alternateRowBackgroundColor: "#f6f1e7",
    headersFontSize: 12,
  });
  expect(story.element(elementId)).toMatchObject({
    descriptor: {
      table: {
        style: { "padding-top": "4px", "padding-left": "0px", "border-top": "0px solid #dddddd" },
        computedStyle: { alternateRowBackgroundColor: "#f6f1e7", headersFontSize: "12px" },
      },
    },
  });
});

test("without cells there is a header and a row to fill in, with headers alone an empty row", () => {
  const story = new Story(smallPage());
  const first = story.run(addTable, { section: 0 });
  expect(cellsOf(story, first.elementId)).toEqual({ headers: ["Header", "Header"], rows: [["Text", "Text"]] });
  const second = story.run(addTable, { section: 0, headers: ["A", "B", "C"] });
  expect(cellsOf(story, second.elementId)).toEqual({ headers: ["A", "B", "C"], rows: [["", "", ""]] });
});

test("what could do harm is taken out of cells, and told once", () => {
  const story = new Story(smallPage());
  const evil = '<i onclick="x()">a</i><script>x()</script>';
  const { elementId, warnings } = story.run(addTable, { section: 0, rows: [[evil, evil]] });
  expect(cellsOf(story, elementId).rows).toEqual([["<i>a</i>", "<i>a</i>"]]);
  expect(warnings).toEqual(["Removed, because e-mail clients do not show it: <script>, event handlers."]);
});

test.each([
  [
    { headers: ["A", "B"], rows: [["1", "2"], ["1"]] },
    'rows.1 has 1 cell, headers has 2. Give every row 2 cells, "" for an empty one.',
  ],
  [
    {
      rows: [
        ["1", "2"],
        ["1", "2"],
        ["1", "2", "3"],
      ],
    },
    "rows.2 has 3 cells, rows.0 has 2.",
  ],
  [{ rows: [] }, "rows has to be at least 1"],
  [{ rows: [[]] }, "rows.0 has to be at least 1"],
  [{ rows: [["a", null]] }, "rows.0.1 has to be text of at most 5000 characters, or a number"],
  [{ rows: ["a"] }, "rows.0 has to be a list"],
  [{ header: ["a"] }, "Unknown argument header. Did you mean headers"],
  [
    { rows: Array.from({ length: 300 }, () => Array.from({ length: 10 }, () => "x")) },
    "The table has 3000 cells, at most 2000 are possible.",
  ],
  [
    { rows: Array.from({ length: 30 }, () => ["x".repeat(4000)]) },
    "The cells have 120000 characters, at most 100000 are possible.",
  ],
])("refused: %j: %s", (input, message) => {
  const refusal = new Story(smallPage()).refusal(addTable, { section: 0, ...input });
  expect(refusal.code).toBe("INVALID_INPUT");
  expect(refusal.message).toContain(message);
});
