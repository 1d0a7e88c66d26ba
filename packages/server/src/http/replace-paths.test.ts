import { pageLimits } from "@waggle/template";
import { describe, expect, test } from "vitest";
import { replaceAll } from "./replace-paths.ts";

const refusal = (message: RegExp | string, more: object = {}) =>
  expect.objectContaining({ code: "INVALID_INPUT", message: expect.stringMatching(message), ...more });
const replaced = (document: unknown, path: string, value: unknown = "new") => replaceAll(document, [{ path, value }]);

const page = {
  page: {
    rows: [
      { uuid: "one", metadata: { uid: "u1" }, columns: [{ modules: [{ uuid: "a" }] }] },
      { uuid: "two", synced: true, columns: [{ modules: [{ uuid: "b" }, { uuid: "c" }] }] },
    ],
  },
};

describe("what a filter may say", () => {
  test.each<[string, unknown]>([
    ["$..rows[?(@.metadata.uid=='u1')]", ["new", page.page.rows[1]]],
    ["$.page.rows[?@.synced == true]", [page.page.rows[0], "new"]],
    ["$.page.rows[?@.metadata && !(@.synced)]", ["new", page.page.rows[1]]],
    ["$.page.rows[?@.columns[*].modules[?@.uuid=='c']]", [page.page.rows[0], "new"]],
  ])("%s", async (path, rows) => {
    expect(await replaced(page, path)).toEqual({ json: { page: { rows } }, unmatched: [] });
  });

  test.each([
    ["$..[?count($..*)<0]", /is no JSONPath.*count/],
    ["$..[?count(@..*)<0]", /is no JSONPath.*count/],
    ["$..[?length(@.text)>1]", /is no JSONPath.*length/],
    ["$..[?value(@..x)==1]", /is no JSONPath.*value/],
    ["$..[?$..x]", /\$ inside a filter/],
    ["$.page.rows[?@.a==$.page.title]", /\$ inside a filter/],
    ["$.page.rows[?@.columns[?$.page]]", /\$ inside a filter/],
    ["$..[?@..x]", /\.\. inside a filter/],
    ["$.page.rows[?@.a || !(@.b && @..c)]", /\.\. inside a filter/],
    ["$..[?@.a==@.b]", /compares two places/],
  ])("%s is refused", async (path, message) => {
    await expect(replaced(page, path)).rejects.toThrow(refusal(message));
  });
});

/** About the most that a body can hold. */
const wide = { page: { rows: Array.from({ length: 190_000 }, (_, index) => index) } };
const nested = (levels: number, inside: unknown): unknown =>
  levels === 0 ? inside : { a: nested(levels - 1, inside) };
const deep = { page: Array.from({ length: 3_000 }, () => nested(58, 1)) };
const times = (count: number, part: string, between = ","): string => Array(count).fill(part).join(between);

test.each([
  ["two descents", deep, "$..*..x"],
  ["selectors that say the same", deep, `$..[${times(400, "*")}].x`],
  ["steps that each double what is found", { page: [[[[[[[[[[1]]]]]]]]]] }, `$.page${times(60, "[*,*]", "")}.x`],
  ["long filters", wide, `$..[?${times(120, "@.a==1", "||")}]`],
  ["filters in filters", wide, "$..[?@[?@[?@.a]]]"],
  ["a long list in a filter", wide, "$..[?@[*]==1]"],
  ["a list found by many", { page: Array(600).fill(Array(300).fill(0)) }, `$.page[*][?${times(100, "@[0]", "||")}]`],
])("%s: answered or refused with a way out before it takes long", async (_title, document, path) => {
  const started = process.cpuUsage();
  let message = "";
  try {
    await replaced(document, path);
  } catch (error) {
    expect(error).toMatchObject({ code: "INVALID_INPUT", data: { argument: "replace/0/path", path } });
    message = error instanceof Error ? error.message : "";
  }
  expect(message).toMatch(/^$|Name |is no JSONPath/);
  expect(secondsSince(started)).toBeLessThan(3);
});

/** Of the processor: other programs may keep this one waiting. It is some hundred milliseconds on a usual machine. */
function secondsSince(started: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1e6;
}

test("many paths share what one path may take", async () => {
  const many = Array.from({ length: 200 }, () => ({ path: "$..nothing", value: 1 }));
  expect((await replaceAll(page, many)).unmatched).toHaveLength(200);
  const started = process.cpuUsage();
  await expect(replaceAll(deep, many)).rejects.toThrow(refusal(/^replace\/\d+\/path: \$\.\.nothing .*Name the way/));
  expect(secondsSince(started)).toBeLessThan(3);
});

describe("what is put in", () => {
  const list = (length: number) => Array(length).fill(0);

  test.each<[string, unknown]>([
    ["values", list(1_000)],
    ["characters", "x".repeat(40_000)],
  ])("too many %s, counted over all places, are refused before they are built", async (what, value) => {
    const { message } = await refused(() => replaced({ page: list(300) }, "$.page[*]", value));
    expect(message).toContain(`${what === "values" ? pageLimits.values : pageLimits.characters} ${what}`);
    expect(message).toContain("300 places");
  });

  test("replacements that each make room for the next come to an end", async () => {
    const next = (_order: unknown, at: number) => ({
      path: `$..a${at}`,
      value: { [`a${at + 1}`]: 1, b: list(50_000) },
    });
    const orders = Array.from({ length: 30 }, next);
    expect((await refused(() => replaceAll({ page: { a0: 1 } }, orders))).message).toContain("values");
  });

  test("replacing the same place over and over is not counted as growth", async () => {
    const orders = Array.from({ length: 12 }, () => ({ path: "$.page", value: list(50_000) }));
    expect((await replaceAll({ page: 1 }, orders)).json).toEqual({ page: list(50_000) });
  });

  test("a value or a source of 20,000 levels is refused with its place", async () => {
    let bottomless: unknown = 1;
    for (let level = 0; level < 20_000; level += 1) bottomless = { a: bottomless };
    const pointer = expect.stringMatching(/^\/replace\/0\/value\/a\/a/);
    await expect(replaced(page, "$.page", bottomless)).rejects.toThrow(refusal(/deep/, { data: { pointer } }));
    await expect(replaced({ page: bottomless }, "$.page", 1)).rejects.toThrow(
      expect.objectContaining({
        code: "INVALID_TEMPLATE",
        data: { pointer: expect.stringMatching(/^\/source\/page\/a/) },
      }),
    );
  });

  test("values that deepen each other are refused when they get too deep", async () => {
    const orders = Array.from({ length: 3 }, () => ({ path: "$..end", value: nested(40, { end: 1 }) }));
    expect((await refused(() => replaceAll({ end: 1 }, orders))).message).toMatch(/deep/);
  });
});

async function refused(run: () => Promise<unknown>): Promise<Error> {
  try {
    await run();
  } catch (error) {
    expect(error).toMatchObject({ code: "INVALID_INPUT" });
    if (error instanceof Error) return error;
  }
  throw new Error("It was not refused.");
}
