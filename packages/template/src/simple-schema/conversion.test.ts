import { renderHtml } from "@waggle/render/html";
import {
  allModuleTypes,
  countingIds,
  forEachSeed,
  mutateJson,
  type Random,
  randomPage,
  randomSimple,
} from "@waggle/testing";
import { corpusFiles } from "@waggle/testing/corpus";
import { describe, expect, test } from "vitest";
import { applyChange, emptySnapshot, walk } from "../document/snapshot.ts";
import type { Json } from "../document/value.ts";
import { htmlCodec } from "../html/index.ts";
import { exportPage } from "../page-json/export-page.ts";
import { importPage } from "../page-json/import-page.ts";
import type { JsonObject } from "../page-json/pointer.ts";
import { withoutUuids } from "../page-json/without-uuids.test.support.ts";
import autumnFull from "./fixtures/autumn-full.test.json" with { type: "json" };
import autumnSimple from "./fixtures/autumn-simple.test.json" with { type: "json" };
import type { SimpleDocument } from "./schema.ts";
import { simpleRowToFull, simpleToFull } from "./to-full.ts";
import { fullToSimple } from "./to-simple.ts";
import { checkSimple } from "./validate.ts";

const toFull = (simple: unknown): JsonObject => simpleToFull(simple, { newId: countingIds("id-") });
const read = (page: unknown) =>
  applyChange(emptySnapshot, importPage(page, { newId: countingIds(), codec: htmlCodec }));
const render = (page: unknown): string => renderHtml(read(page), { sanitise: htmlCodec.sanitise });

/** The names of rows do not outlive the way through page JSON, which has none. */
const withoutNames = ({ template }: SimpleDocument): unknown => ({
  ...template,
  type: "",
  rows: template.rows.map((row) => ({ ...row, name: "" })),
});

describe("from Simple Schema to page JSON", () => {
  test("every module type and property has its place", () => {
    expect(toFull(autumnSimple)).toEqual(autumnFull);
  });

  test("gives a valid page: it is imported, exported as it is, and rendered", () => {
    forEachSeed({ count: 80, atLeast: { modules: 3 } }, (random, tally) => {
      const page = toFull(randomSimple(random, { rows: 2 }));
      const snapshot = read(page);
      expect(JSON.stringify(exportPage(snapshot, { codec: htmlCodec }))).toBe(JSON.stringify(page));
      expect(render(page)).toMatch(/<\/html>\s*$/);
      for (const { kind, node } of walk(snapshot)) {
        if (kind === "module") expect(allModuleTypes).toContain(String(node["/type"]).replace(/.*-modules-/, ""));
        if (kind === "module") tally.count("modules");
      }
    });
  });

  test("the columns of a row fill it, whatever their weights sum to", () => {
    forEachSeed({ count: 200, atLeast: { rows: 1 } }, (random, tally) => {
      const weights = Array.from({ length: random.between(1, 12) }, () => random.between(1, 12));
      const row = simpleRowToFull(
        { name: "Row", columns: weights.map((weight) => ({ weight, modules: [] })) },
        { newId: countingIds() },
      );
      const grid = (row.columns as JsonObject[]).map((column) => Number(column["grid-columns"]));
      expect(grid.reduce((sum, width) => sum + width, 0)).toBe(12);
      expect(grid.every((width) => Number.isInteger(width) && width >= 1)).toBe(true);
      const sum = weights.reduce((total, weight) => total + weight, 0);
      if (sum === 12) expect(grid).toEqual(weights);
      tally.count("rows");
    });
  });

  test("a row alone takes the settings it is for", () => {
    const row = { name: "Row", columns: [{ weight: 12, modules: [{ type: "paragraph", text: "Hello" }] }] };
    const full = simpleRowToFull(row, { newId: countingIds(), settings: { linkColor: "#123456" } });
    expect(JSON.stringify(full)).toContain('"linkColor":"#123456"');
  });

  test.each([
    [{ text: "one<br>two" }, "<ul><li>one</li><li>two</li></ul>"],
    [{ text: "one\ntwo", tag: "ol" }, "<ol><li>one</li><li>two</li></ol>"],
    [{ text: "<li>one</li>" }, "<ul><li>one</li></ul>"],
    [{ text: "plain", html: "<ol start='2'><li>x</li></ol>" }, "<ol start='2'><li>x</li></ol>"],
  ])("a list of %j has markup", (list, html) => {
    const row = { name: "Row", columns: [{ weight: 12, modules: [{ type: "list", ...list }] }] };
    expect(JSON.stringify(simpleRowToFull(row, { newId: countingIds() }))).toContain(JSON.stringify(html));
  });

  test("what is not valid is refused", () => {
    expect(() => toFull({ template: { type: "email", rows: [] } })).toThrow(
      expect.objectContaining({
        code: "INVALID_TEMPLATE",
        data: expect.objectContaining({ pointer: "/template/rows" }),
      }),
    );
  });
});

describe("from page JSON to Simple Schema", () => {
  test("what was made from Simple Schema comes back without a loss, and makes the same page again", () => {
    forEachSeed({ count: 200, atLeast: { documents: 1 } }, (random, tally) => {
      const page = toFull(randomSimple(random, { rows: 2 }));
      const { simple, lost } = fullToSimple(page);
      expect(lost).toEqual([]);
      expect(withoutUuids(toFull(simple))).toEqual(withoutUuids(page));
      tally.count("documents");
    });
  });

  test("any page gives a valid document, and what is not listed as lost is as it was", () => {
    forEachSeed({ count: 250, atLeast: { lost: 1, kept: 0.5 } }, (random, tally) => {
      const page = randomPage(random, { rows: random.between(0, 3) });
      const { simple, lost } = fullToSimple(page);
      expect(checkSimple(simple)).toEqual([]);
      const again = toFull(simple);
      const second = fullToSimple(again);
      expect(second.lost).toEqual([]);
      expect(withoutNames(second.simple)).toEqual(withoutNames(simple));
      for (const { pointer } of lost) expect([pointer, isIn(page, pointer)]).toEqual([pointer, true]);
      tally.count("lost", lost.length);
      tally.count("kept", expectContentKept(page, { lost: lost.map(({ pointer }) => pointer), again }));
    });
  });

  test("a broken page gives a valid document or is refused with the place, never a crash", () => {
    forEachSeed({ count: 600, atLeast: { converted: 0.3, refused: 0.05 } }, (random, tally) => {
      const page = mutateJson(random, randomPage(random, { rows: 1 }));
      try {
        expect(checkSimple(fullToSimple(page).simple)).toEqual([]);
        tally.count("converted");
      } catch (error) {
        expect(error).toMatchObject({ code: "INVALID_TEMPLATE", data: { pointer: expect.any(String) } });
        tally.count("refused");
      }
    });
  });

  test.each(["<p ", "<p style=", '<p style="', "</p> ", "font-size:", "<br ", "<a ", "[", "{{", " ", "9"])(
    "long texts of %j take no longer than their length",
    (part) => {
      const long = `1px solid x${part.repeat(100_000)}!`;
      const label = `<p style="${part.repeat(1000)};x">${long}`;
      const module = (type: string, descriptor: JsonObject): JsonObject => ({
        type: `mailup-bee-newsletter-modules-${type}`,
        descriptor,
      });
      const modules = [
        module("button", { button: { label, style: { "font-size": `1${long}`, "border-top": long } } }),
        module("divider", { divider: { style: { "border-top": long, width: long } } }),
        module("list", { list: { html: long, style: { "line-height": long } } }),
      ];
      const started = performance.now();
      expect(fullToSimple({ page: { rows: [{ columns: [{ modules }] }] } }).lost.length).toBeGreaterThan(0);
      // Quadratic time is minutes here.
      expect(performance.now() - started).toBeLessThan(8000);
    },
  );

  test("where nothing is lost, it looks the same", () => {
    forEachSeed({ count: 60, atLeast: { same: 1 } }, (random, tally) => {
      const page = messy(random, toFull(randomSimple(random, { rows: 2 })));
      const { simple, lost } = fullToSimple(page);
      expect(lost).toEqual([]);
      // Ids are in the markup of neither; positions name the rows and blocks.
      expect(render(toFull(simple))).toBe(render(page));
      tally.count("same");
    });
  });

  test.each<[string, JsonObject, { readonly pointer: string; readonly what: string }]>([
    ["another module", { type: "mailup-bee-newsletter-modules-video", descriptor: {} }, { pointer: "", what: "Video" }],
    ["a module from the future", { type: "mailup-bee-newsletter-modules-new" }, { pointer: "", what: "Module" }],
    [
      "a mobile style",
      titled({ mobileStyle: { "font-size": "12px", "text-align": "left" } }),
      { pointer: "/descriptor/mobileStyle", what: "Title: mobile style" },
    ],
    [
      "a size in em",
      titled({ heading: { style: { "font-size": "1.5em" } } }),
      { pointer: "/descriptor/heading/style/font-size", what: "Title: text size" },
    ],
    [
      "too much padding",
      titled({ style: { "padding-top": "61px" } }),
      { pointer: "/descriptor/style/padding-top", what: "Title: padding top" },
    ],
    [
      "translations",
      titled({ heading: { translations: { it: { text: "Ciao" } } } }),
      { pointer: "/descriptor/heading/translations", what: "Title: translations" },
    ],
    [
      "hiding on mobile",
      titled({ computedStyle: { hideContentOnMobile: true } }),
      { pointer: "/descriptor/computedStyle/hideContentOnMobile", what: "Title: hidden on mobile" },
    ],
    [
      "a width",
      pictured({ computedStyle: { width: "120px", class: "left fixedwidth" } }),
      { pointer: "/descriptor/computedStyle/width", what: "Image: width" },
    ],
    [
      "a border on one side",
      buttoned({ style: { "border-top": "2px solid red" } }),
      { pointer: "/descriptor/button/style/border-top", what: "Button: border top" },
    ],
    ["a space that is a divider", divided("0px solid transparent"), { pointer: "", what: "Divider" }],
    [
      "a dashed line",
      divided("2px dashed red"),
      { pointer: "/descriptor/divider/style/border-top", what: "Divider: border top" },
    ],
  ])("%s is listed as lost, with the element and why", (_name, module, { pointer, what }) => {
    const page = { page: { rows: [{ columns: [{ "grid-columns": 12, modules: [{ uuid: "m", ...module }] }] }] } };
    const { lost } = fullToSimple(page);
    const own = lost.filter(({ elementId }) => elementId === "m");
    expect(own[0]).toEqual({
      pointer: `/page/rows/0/columns/0/modules/0${pointer}`,
      elementId: "m",
      what,
      reason: expect.any(String),
    });
    expect(own[0]?.reason).toMatch(/\.$/);
  });

  test("a text of the older kind becomes a paragraph, which is said", () => {
    const html = '<div class="txtTinyMce-wrapper"><p>Old</p></div>';
    const text = { uuid: "t", type: "mailup-bee-newsletter-modules-text", descriptor: { text: { html } } };
    const { simple, lost } = fullToSimple({ page: { rows: [{ columns: [{ modules: [text] }] }] } });
    expect(simple.template.rows[0]?.columns[0]?.modules).toEqual([{ type: "paragraph", text: html }]);
    expect(lost).toMatchObject([{ elementId: "t", what: "Text: type" }]);
  });

  test("rows keep the name their host gave them", () => {
    const rows = [{ metadata: { name: "Footer" } }, { name: "Header" }, {}];
    const { simple } = fullToSimple({ page: { rows } }, { type: "page" });
    expect(simple.template.type).toBe("page");
    expect(simple.template.rows.map(({ name }) => name)).toEqual(["Footer", "Header", "Row 3"]);
  });

  test("a page without rows gets one, which is said", () => {
    const { simple, lost } = fullToSimple({ page: {} });
    expect(simple.template.rows).toEqual([{ name: "Row 1", columns: [{ weight: 12, modules: [] }] }]);
    expect(lost).toMatchObject([{ pointer: "/page/rows" }]);
  });

  test("comments and what stands in the head are listed once each", () => {
    const page = { page: { head: { customTags: "<style></style>" }, rows: [{}] }, comments: { a: { content: "x" } } };
    expect(fullToSimple(page).lost.map(({ pointer }) => pointer)).toEqual(["/page/head", "/comments"]);
  });

  test.each([
    [7, "/page"],
    [{ page: { rows: 7 } }, "/page/rows"],
    [{ page: { rows: [null] } }, "/page/rows/0"],
    [{ page: { rows: [{ columns: [[]] }] } }, "/page/rows/0/columns/0"],
    [{ page: { rows: [{ columns: [{ modules: ["x"] }] }] } }, "/page/rows/0/columns/0/modules/0"],
  ])("what is no page is refused with the place: %j", (json, pointer) => {
    expect(() => fullToSimple(json)).toThrow(expect.objectContaining({ code: "INVALID_TEMPLATE", data: { pointer } }));
  });
});

const pair = corpusFiles("pairs");
const named = (name: string): Json => pair.find((file) => file.name === name)?.json ?? null;

describe.runIf(pair.length > 0)("the pair of the corpus", () => {
  test("is converted exactly, uuids aside", () => {
    expect(withoutUuids(toFull(named("simple.json")))).toEqual(withoutUuids(named("full.json")));
  });

  test("comes back without a loss", () => {
    const { simple, lost } = fullToSimple(named("full.json"));
    expect(lost).toEqual([]);
    expect(withoutUuids(toFull(simple))).toEqual(withoutUuids(named("full.json")));
  });
});

const pages = corpusFiles("pages");

test.runIf(pages.length > 0).each(pages)("$name of the corpus gives a valid document", ({ json }) => {
  const { simple, lost } = fullToSimple(json);
  expect(checkSimple(simple)).toEqual([]);
  expect(fullToSimple(toFull(simple)).lost).toEqual([]);
  expectContentKept(json as JsonObject, { lost: lost.map(({ pointer }) => pointer), again: toFull(simple) });
});

function titled(descriptor: Readonly<Record<string, Json>>): JsonObject {
  return {
    type: "mailup-bee-newsletter-modules-heading",
    descriptor: { heading: { title: "h1", text: "x" }, ...descriptor },
  };
}

function pictured(descriptor: JsonObject): JsonObject {
  return {
    type: "mailup-bee-newsletter-modules-image",
    descriptor: { image: { src: "https://a.example" }, ...descriptor },
  };
}

function buttoned(button: JsonObject): JsonObject {
  return { type: "mailup-bee-newsletter-modules-button", descriptor: { button: { label: "x", ...button } } };
}

function divided(line: string): JsonObject {
  return { type: "mailup-bee-newsletter-modules-divider", descriptor: { divider: { style: { "border-top": line } } } };
}

function isIn(json: Json, pointer: string): boolean {
  const steps = pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  let value: unknown = json;
  for (const step of steps) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return step === "rows";
    value = (value as Record<string, unknown>)[step];
  }
  return true;
}

interface Afterwards {
  readonly lost: readonly string[];
  readonly again: JsonObject;
}

/** An independent look: the texts, pictures and links of all modules that were not lost are in the page made again. */
function expectContentKept(page: JsonObject, { lost, again }: Afterwards): number {
  const text = JSON.stringify(again);
  const isLost = (place: string): boolean =>
    lost.some((pointer) => place === pointer || place.startsWith(`${pointer}/`));
  let kept = 0;
  const rows = (page.page as { rows?: { columns?: { modules?: { descriptor?: JsonObject }[] }[] }[] }).rows ?? [];
  rows.forEach(({ columns = [] }, row) => {
    columns.forEach(({ modules = [] }, column) => {
      modules.forEach(({ descriptor = {} }, module) => {
        const place = `/page/rows/${row}/columns/${column}/modules/${module}`;
        for (const [pointer, content] of contentsOf(descriptor)) {
          if (isLost(place) || isLost(`${place}/descriptor/${pointer}`)) continue;
          expect(text).toContain(JSON.stringify(content).slice(1, -1));
          kept += 1;
        }
      });
    });
  });
  return kept;
}

const contentNames = [
  "heading/text",
  "paragraph/html",
  "text/html",
  "list/html",
  "html/html",
  "image/src",
  "button/href",
];

function contentsOf(descriptor: JsonObject): [string, string][] {
  return contentNames.flatMap((name): [string, string][] => {
    const [owner = "", key = ""] = name.split("/");
    const value = (descriptor[owner] as JsonObject | undefined)?.[key];
    return typeof value === "string" && value !== "" ? [[name, value]] : [];
  });
}

/** The same page as other programs write it: what says nothing is added, lengths are numbers, colours are in capitals. */
function messy(random: Random, page: JsonObject): JsonObject {
  const text = JSON.stringify(page, (key, value: unknown) => {
    if (key === "computedStyle" && random.chance(0.3)) return { ...(value as object), hideContentOnAmp: false };
    if (key === "descriptor" && random.chance(0.5)) return { ...(value as object), mobileStyle: random.pick([[], {}]) };
    if (/^border-(top|left)$/.test(key) && value === "0 solid transparent") return "0px dotted transparent";
    if (key === "font-size" && random.chance(0.5)) return Number.parseInt(String(value), 10);
    if (key === "text-align" && value === "center" && random.chance(0.3)) return "-webkit-center";
    return value;
  });
  return JSON.parse(text);
}
