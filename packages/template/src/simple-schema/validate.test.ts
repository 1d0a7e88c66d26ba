import { forEachSeed, mutateJson, randomSimple, randomSimpleRow } from "@waggle/testing";
import { corpusFiles } from "@waggle/testing/corpus";
import { describe, expect, test } from "vitest";
import { hasNoAnchorTags, isUrlOrMergeTags } from "./formats.ts";
import { checkSimple, requireSimple, type SimpleSchemaName, simpleSchemas } from "./validate.ts";

type Modules = readonly { readonly type: string }[];
const modulesOf = (row: unknown): Modules =>
  (row as { columns: { modules: Modules }[] }).columns.flatMap(({ modules }) => modules);
const schemaOf = (type: string): SimpleSchemaName => (type === "heading" ? "title" : (type as SimpleSchemaName));

const inModule = (module: unknown) => ({
  template: { type: "email", rows: [{ name: "Row", columns: [{ weight: 12, modules: [module] }] }] },
});
const modulePlace = "/template/rows/0/columns/0/modules/0";

describe("documents in Simple Schema", () => {
  test("are valid as a whole, and row by row, column by column, module by module", () => {
    const seen = new Set<string>();
    forEachSeed({ count: 400, atLeast: { modules: 3 } }, (random, tally) => {
      expect(checkSimple(randomSimple(random, { rows: random.between(1, 3) }))).toEqual([]);
      const row = randomSimpleRow(random);
      expect(checkSimple(row, "row")).toEqual([]);
      for (const column of row.columns as readonly unknown[]) expect(checkSimple(column, "column")).toEqual([]);
      for (const { type, ...rest } of modulesOf(row)) {
        expect(checkSimple({ type, ...rest }, schemaOf(type))).toEqual([]);
        // Checked alone, a module is known by its schema.
        expect(checkSimple(rest, schemaOf(type))).toEqual([]);
        seen.add(type);
        tally.count("modules");
      }
    });
    const all = Object.keys(simpleSchemas).filter((name) => !["template", "row", "column"].includes(name));
    expect([...seen].sort()).toEqual([...all, "heading"].sort());
  });

  test("with faults in them are refused with every place, or still valid, never a crash", () => {
    forEachSeed({ count: 1500, atLeast: { refused: 0.4, valid: 0.05 } }, (random, tally) => {
      const json = mutateJson(random, randomSimple(random, { rows: 1 }));
      let problems: ReturnType<typeof checkSimple> = [];
      try {
        problems = checkSimple(json);
      } catch (error) {
        // Too deep to be looked at.
        expect(error).toMatchObject({ code: "INVALID_TEMPLATE", data: { pointer: expect.any(String) } });
        tally.count("unreadable");
        return;
      }
      for (const { pointer, message } of problems) expect(message).toContain(pointer || "it");
      tally.count(problems.length > 0 ? "refused" : "valid");
    });
  });

  test.each<[string, unknown, { readonly pointer: string; readonly allowed: string; readonly found: string }]>([
    ["no template", {}, { pointer: "/template", allowed: "an object with type and rows", found: "nothing" }],
    [
      "something beside the template",
      { ...inModule({ type: "html" }), x: 1 },
      { pointer: "/x", allowed: "may have template", found: "the number 1" },
    ],
    [
      "an unknown type",
      inModule({ type: "video" }),
      { pointer: `${modulePlace}/type`, allowed: "title, heading, paragraph", found: "“video”" },
    ],
    [
      "a module without a type",
      inModule({ text: "Hello" }),
      { pointer: `${modulePlace}/type`, allowed: "a module with a type", found: "nothing" },
    ],
    [
      "a unit",
      inModule({ type: "title", "padding-top": "10px" }),
      { pointer: `${modulePlace}/padding-top`, allowed: "a whole number from 0 to 60", found: "“10px”" },
    ],
    [
      "half a pixel",
      inModule({ type: "image", "padding-top": 0.5 }),
      { pointer: `${modulePlace}/padding-top`, allowed: "a whole number from 0 to 60", found: "the number 0.5" },
    ],
    [
      "too much",
      inModule({ type: "divider", width: 101 }),
      { pointer: `${modulePlace}/width`, allowed: "a whole number from 1 to 100", found: "the number 101" },
    ],
    [
      "six decimals",
      inModule({ type: "list", "line-height": 1.000001 }),
      { pointer: `${modulePlace}/line-height`, allowed: "at most five decimals", found: "the number 1.000001" },
    ],
    [
      "another word",
      inModule({ type: "button", align: "middle" }),
      { pointer: `${modulePlace}/align`, allowed: "left, center or right", found: "“middle”" },
    ],
    [
      "a link in a button",
      inModule({ type: "button", text: "<a href='x'>Buy</a>" }),
      { pointer: `${modulePlace}/text`, allowed: "text without <a> tags", found: "text" },
    ],
    [
      "a relative picture",
      inModule({ type: "image", src: "/a.png" }),
      { pointer: `${modulePlace}/src`, allowed: "an absolute address, or merge tags", found: "text" },
    ],
    [
      "a property of another module",
      inModule({ type: "divider", text: "x" }),
      { pointer: `${modulePlace}/text`, allowed: "a divider may have type, color", found: "“x”" },
    ],
    [
      "an icon without a picture",
      inModule({ type: "icons", icons: [{ width: "1", height: "1", textPosition: "top" }] }),
      { pointer: `${modulePlace}/icons/0/image`, allowed: "text", found: "nothing" },
    ],
  ])("with %s are told where, what is allowed and what is there", (_name, json, { pointer, allowed, found }) => {
    const [problem] = checkSimple(json);
    expect(problem).toMatchObject({ pointer, found });
    expect(problem?.allowed).toContain(allowed);
    expect(problem?.message).toMatch(new RegExp(`^${pointer} has to (be|go)`));
  });

  test("are refused by the error that names the first place and holds them all", () => {
    const json = inModule({ type: "title", size: 0, colour: "red" });
    expect(() => requireSimple(json)).toThrow(
      expect.objectContaining({
        code: "INVALID_TEMPLATE",
        message: `The template is not Simple Schema: ${modulePlace}/size has to be a whole number from 1; it is the number 0. And 1 more.`,
        data: {
          pointer: `${modulePlace}/size`,
          problems: expect.arrayContaining([expect.anything(), expect.anything()]),
        },
      }),
    );
  });

  test.each([1, 1.15, 0.5, 2.99999, 1.1, 3])(
    "may have the line height %d: its decimals are not counted in binary",
    (height) => {
      expect(checkSimple(inModule({ type: "paragraph", "line-height": height }))).toEqual([]);
    },
  );
});

describe("formats", () => {
  test.each([
    ["Buy now", true],
    ["<strong>Buy</strong>", true],
    ["<abbr>BUY</abbr> <article>", true],
    ['<a href="x">Buy</a>', false],
    ["<A\nHREF=x>Buy", false],
    ["Buy</a>", false],
    ["<a/>", false],
  ])("noAnchorTags: %j is %s", (text, isValid) => {
    expect(hasNoAnchorTags(text)).toBe(isValid);
    expect(checkSimple({ label: text }, "button")).toHaveLength(isValid ? 0 : 1);
  });

  test.each([
    ["https://example.com/a.png", true],
    ["mailto:a@b.example", true],
    ["{{ picture }}", true],
    ["{% if a %}x{% endif %}", true],
    ["*|IMAGE|*", true],
    ["[picture]", true],
    ["/a.png", false],
    ["picture", false],
    ["", false],
  ])("urlOrMergeTags: %j is %s", (text, isValid) => {
    expect(isUrlOrMergeTags(text)).toBe(isValid);
    expect(checkSimple({ src: text }, "image")).toHaveLength(isValid ? 0 : 1);
  });

  test("urlOrMergeTagsOrEmpty: empty too", () => {
    const linked = (href: string) => ({ items: [{ link: { href } }] });
    expect(["", "{{ x }}", "https://a.example"].map((href) => checkSimple(linked(href), "menu"))).toEqual([[], [], []]);
    expect(checkSimple(linked("nowhere"), "menu")).toMatchObject([{ pointer: "/items/0/link/href" }]);
  });
});

const samples = [...corpusFiles("simple"), ...corpusFiles("pairs").filter(({ name }) => name === "simple.json")];

test.runIf(samples.length > 0).each(samples)("$name of the corpus is valid", ({ json }) => {
  expect(checkSimple(json)).toEqual([]);
});
