import { WaggleError } from "@waggle/contract";
import { forEachSeed, mutateJson, type Random, randomPage, randomRow } from "@waggle/testing";
import { corpusFiles } from "@waggle/testing/corpus";
import { expect, test } from "vitest";
import { applyChange, canonicalJson, emptySnapshot } from "../document/snapshot.ts";
import type { Json } from "../document/value.ts";
import { htmlCodec } from "../html/index.ts";
import { pageLimits } from "./check-json.ts";
import { exportPage } from "./export-page.ts";
import { importPage, importRow } from "./import-page.ts";
import { newElementId } from "./new-element-id.ts";
import { isJsonObject, type JsonObject } from "./pointer.ts";

const options = { newId: newElementId, codec: htmlCodec };
const pages = corpusFiles("pages");
// Large pages would spend the time on what the small ones show as well.
const smallPages = pages.filter(({ json }) => JSON.stringify(json).length < 8_000);

const ownPage = (random: Random): Json => randomPage(random, { rows: random.between(0, 1) });
const somePage = (random: Random): Json =>
  smallPages.length > 0 && random.chance(0.3) ? random.pick(smallPages).json : ownPage(random);

/** The value at a pointer, and whether the place above it is there: a message may name what is missing. */
function isPlaceIn(json: Json, pointer: string): boolean {
  const steps = pointer.split("/").slice(1);
  let value: Json | undefined = json;
  for (const [index, step] of steps.entries()) {
    const isLast = index === steps.length - 1;
    if (typeof value !== "object" || value === null) return isLast;
    value = (value as JsonObject)[step.replaceAll("~1", "/").replaceAll("~0", "~")];
  }
  return true;
}

function refusal(run: () => void): WaggleError | undefined {
  try {
    run();
  } catch (error) {
    if (error instanceof WaggleError) return error;
    throw error;
  }
  return undefined;
}

function expectRefusalOf(json: Json, error: WaggleError): void {
  expect(error.code).toBe("INVALID_TEMPLATE");
  const { pointer } = error.data;
  expect(typeof pointer).toBe("string");
  if (String(pointer) !== "/page") expect([pointer, isPlaceIn(json, String(pointer))]).toEqual([pointer, true]);
  expect(error.message).toContain(String(pointer));
}

// The whole of 100,000 cases: WAGGLE_CASES=34.
const timeout = 120_000 * Number(process.env.WAGGLE_CASES ?? 1);

test("a broken page is imported whole or refused with its place, never a crash", { timeout }, () => {
  forEachSeed({ count: 3000, atLeast: { imported: 0.3, refused: 0.05 } }, (random, tally) => {
    const json = mutateJson(random, somePage(random));
    const error = refusal(() => {
      const snapshot = applyChange(emptySnapshot, importPage(json, options));
      const exported = exportPage(snapshot, options);
      // What was taken in is a template like any other: it comes out and goes in again as the same document.
      const again = applyChange(emptySnapshot, importPage(exported, options));
      expect(canonicalJson(again)).toBe(canonicalJson(snapshot));
    });
    if (error) expectRefusalOf(json, error);
    tally.count(error ? "refused" : "imported");
  });
});

test("a broken row is imported whole or refused with its place, never a crash", () => {
  forEachSeed({ count: 500, atLeast: { imported: 0.2, refused: 0.05 } }, (random, tally) => {
    const json = mutateJson(random, randomRow(random));
    const error = refusal(() => void applyChange(emptySnapshot, importRow(json, options)));
    if (error) expectRefusalOf(json, error);
    tally.count(error ? "refused" : "imported");
  });
});

const nest = (depth: number): Json => {
  let deep: Json = "bottom";
  for (let level = 0; level < depth; level++) deep = level % 2 ? [deep] : { deep };
  return deep;
};
const rows = (count: number): Json => Array.from({ length: count }, () => ({}));
const circle: { [key: string]: unknown } = {};
circle.itself = circle;

test.each<[string, unknown, string | RegExp]>([
  ["a list nested too deeply", { page: { list: nest(100) } }, /^\/page\/list\/0\/deep\/0\/deep/],
  ["an object that holds itself", { page: { circle } }, /^\/page\/circle\/itself\/itself/],
  [
    "a function",
    { page: { rows: [{ columns: [{ modules: [{ run: () => 1 }] }] }] } },
    "/page/rows/0/columns/0/modules/0/run",
  ],
  ["a date", { page: { when: new Date(0) } }, "/page/when"],
  ["a number JSON can't hold", { page: JSON.parse('{"a/b":{"~":1e999}}') }, "/page/a~1b/~0"],
  ["a large number of another kind", { page: { big: 1n } }, "/page/big"],
  ["a name that is half a character", { page: { "\ud83d": 1 } }, "/page"],
  ["too many elements", { page: { rows: rows(pageLimits.elements + 1) } }, `/page/rows/${pageLimits.elements}`],
  ["too many values", { page: { list: new Array(pageLimits.values).fill(0) } }, /^\/page\/list\/\d+$/],
  ["too much text", { page: { rows: [], text: "x".repeat(pageLimits.characters) } }, "/page/text"],
])("%s is refused with its place", (_name, json, pointer) => {
  const error = refusal(() => void importPage(json, options));
  expect(error?.code).toBe("INVALID_TEMPLATE");
  if (typeof pointer === "string") expect(error?.data.pointer).toBe(pointer);
  else expect(error?.data.pointer).toMatch(pointer);
});

test("a message says what has to be there and what is", () => {
  const json = { page: { rows: [{ columns: [{ modules: "none" }] }] } };
  expect(() => importPage(json, options)).toThrow(
    "The template is not page JSON: /page/rows/0/columns/0/modules has to be a list of modules; it is text.",
  );
});

test("halves of characters become the sign for what can't be read, in texts and in lists", () => {
  const json = { page: { title: "cut \ud83d", list: [{ text: ["\udc00"] }], rows: [{ uuid: "\ud83d" }] } };
  const exported = exportPage(applyChange(emptySnapshot, importPage(json, options)), options);
  const page = isJsonObject(exported.page) ? exported.page : {};
  expect(page).toMatchObject({ title: "cut \ufffd", list: [{ text: ["\ufffd"] }] });
  expect(JSON.stringify(page)).not.toContain("\\ud83d");
});

test("what is undefined is not there, and null in lists, as JSON.stringify has it", () => {
  const json = { page: { list: [{ a: undefined, b: 1 }, undefined], holes: new Array(2), gone: undefined } };
  const exported = exportPage(applyChange(emptySnapshot, importPage(json, options)), options);
  expect(exported).toStrictEqual(JSON.parse(JSON.stringify(json)));
});
