import { countingIds, forEachSeed, randomPage, randomRow } from "@waggle/testing";
import { corpusFiles } from "@waggle/testing/corpus";
import { describe, expect, test } from "vitest";
import { applyChange, emptySnapshot, walk } from "../document/snapshot.ts";
import type { Json } from "../document/value.ts";
import { htmlCodec } from "../html/index.ts";
import { pageLimits } from "./check-json.ts";
import { importPage } from "./import-page.ts";
import type { JsonObject } from "./pointer.ts";
import { mergeIndex, mergeRows, syncedRows } from "./saved-rows.ts";

const row = (guid: Json, text: string, more: JsonObject = {}): JsonObject => ({
  uuid: `row-${text}`,
  metadata: { guid },
  columns: [{ uuid: `column-${text}`, modules: [{ uuid: `module-${text}`, text }] }],
  ...more,
});
const pageOf = (...rows: Json[]): JsonObject => ({
  page: { title: "Page", rows, body: { webFonts: [{ name: "Lato" }] } },
});
const merge = (template: unknown, rows: unknown, webFonts?: unknown) =>
  mergeRows({ template, rows, rowIdentifierLabel: "guid", webFonts }, { newId: countingIds() });
const rowsOf = (template: JsonObject): Json[] => (template.page as { rows: Json[] }).rows;

describe("merging saved rows", () => {
  test("replaces every row with the identifier, and no other", () => {
    const template = pageOf(row("a", "old"), row("b", "other"), row("a", "old too"), { columns: [] });
    const { template: merged, replaced } = merge(template, [row("a", "new"), row("unused", "unused")]);
    expect(replaced).toEqual([
      { rowIdentifier: "a", rowIndex: 0 },
      { rowIdentifier: "a", rowIndex: 2 },
    ]);
    expect(rowsOf(merged)[0]).toEqual(row("a", "new"));
    expect(rowsOf(merged).slice(1, 2)).toEqual([row("b", "other")]);
    expect(rowsOf(merged)[3]).toEqual({ columns: [] });
    expect({ ...(merged.page as JsonObject), rows: [] }).toEqual({ ...(template.page as JsonObject), rows: [] });
  });

  test("no uuid stands twice afterwards: the second copy gets new ones", () => {
    const { template } = merge(pageOf(row("a", "1"), row("a", "2"), row("c", "new")), [row("a", "new")]);
    const text = JSON.stringify(template);
    for (const id of ["row-new", "column-new", "module-new"]) expect(text.split(`"${id}"`)).toHaveLength(2);
    expect(text).toContain('"uuid":"n1"');
  });

  test("adds the fonts that are missing, once", () => {
    const fonts = [{ name: "lato" }, { fontName: "Arvo", url: "https://fonts.example" }, { name: "Arvo" }];
    const { template } = merge(pageOf(), [], fonts);
    expect(template.page).toMatchObject({ body: { webFonts: [{ name: "Lato" }, fonts[1]] } });
  });

  test("changes nothing but these rows, in any page, and gives a page", () => {
    forEachSeed({ count: 150, atLeast: { replaced: 0.15 } }, (random, tally) => {
      const template = randomPage(random, { rows: 4 });
      const saved = { ...randomRow(random), metadata: { guid: `g${random.below(5)}` } };
      const { template: merged, replaced } = merge(template, [saved]);
      const places = new Set(replaced.map(({ rowIndex }) => rowIndex));
      const before = (template.page as { rows?: Json[] }).rows ?? [];
      before.forEach((each, index) => {
        if (!places.has(index)) expect(JSON.stringify(rowsOf(merged)[index])).toBe(JSON.stringify(each));
      });
      const options = { newId: countingIds("x"), codec: htmlCodec };
      expect([...walk(applyChange(emptySnapshot, importPage(merged, options)))].length).toBeGreaterThan(0);
      tally.count("replaced", replaced.length);
    });
  });

  test.each<[unknown, unknown, string]>([
    [{}, [], "/template/page"],
    [{ page: { rows: 7 } }, [], "/template/page/rows"],
    [pageOf(), {}, "/rows"],
    [pageOf(), [7], "/rows/0"],
    [pageOf(), [row("a", "x"), { metadata: {} }], "/rows/1/metadata/guid"],
    [pageOf(), [row({}, "x")], "/rows/0/metadata/guid"],
  ])("what can't be merged is refused with the place: %j", (template, rows, pointer) => {
    expect(() => merge(template, rows)).toThrow(
      expect.objectContaining({
        code: "INVALID_TEMPLATE",
        data: { pointer },
        message: expect.stringContaining(pointer),
      }),
    );
  });

  test.each<[string, JsonObject]>([
    ["values", { list: Array(1_000).fill(0) }],
    ["characters", { text: "x".repeat(50_000) }],
    ["elements", { columns: Array.from({ length: 100 }, () => ({})) }],
  ])("a row that would stand so often that there are too many %s is refused before it is", (what, more) => {
    const template = pageOf(...Array.from({ length: 250 }, () => ({ metadata: { guid: "a" } })));
    const limit = pageLimits[what as keyof typeof pageLimits];
    expect(() => merge(template, [row("a", "large", more)])).toThrow(
      expect.objectContaining({
        code: "INVALID_TEMPLATE",
        data: { pointer: "/rows" },
        message: expect.stringMatching(`\\d ${what}; ${limit} is the most. Send smaller rows`),
      }),
    );
  });

  test("what is replaced makes room for what comes", () => {
    const large = Array.from({ length: 3 }, (_, at) => row("a", `${at}`, { list: Array(60_000).fill(at) }));
    expect(merge(pageOf(...large), [row("a", "new", { list: Array(60_000).fill(7) })]).replaced).toHaveLength(3);
  });

  test("a font that is none is refused", () => {
    expect(() => merge(pageOf(), [], ["Lato"])).toThrow(expect.objectContaining({ data: { pointer: "/webFonts/0" } }));
  });
});

describe("finding saved rows", () => {
  test("synced rows are told with identifier and index", () => {
    const template = pageOf(row("a", "1"), row("b", "2", { synced: true }), { synced: true }, { synced: "true" });
    expect(syncedRows(template, "guid")).toEqual([
      { rowIdentifier: "b", rowIndex: 1 },
      { rowIdentifier: null, rowIndex: 2 },
    ]);
  });

  test("the index is the metadata of all rows that have some", () => {
    expect(mergeIndex(pageOf(row("a", "1"), {}, { metadata: [] }, row("b", "2")))).toEqual([
      { guid: "a" },
      { guid: "b" },
    ]);
  });
});

const pages = corpusFiles("pages");
const rows = corpusFiles("rows");
const named = (files: typeof pages, part: string): JsonObject =>
  (files.find(({ name }) => name.includes(part))?.json ?? {}) as JsonObject;

test.runIf(pages.length > 0)("the example of the corpus: a row of the page is replaced by its newer version", () => {
  const template = named(pages, "synced_rows_endpoint");
  const saved = named(rows, "merge_rows_endpoint");
  const { replaced, template: merged } = merge(template, [saved]);
  expect(replaced.length).toBeGreaterThan(0);
  for (const { rowIndex } of replaced) expect(rowsOf(merged)[rowIndex]).toMatchObject({ metadata: saved.metadata });
  expect(syncedRows(template, "guid")).toEqual(replaced);
});
