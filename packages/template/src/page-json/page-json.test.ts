import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyChange, canonicalJson, emptySnapshot, walk } from "../document/snapshot.ts";
import { htmlCodec } from "../html/index.ts";
import { exportPage } from "./export-page.ts";
import { importPage } from "./import-page.ts";
import { newElementId } from "./new-element-id.ts";
import { joinPointer, leavesOf, objectOf } from "./pointer.ts";
import { withoutUuids } from "./without-uuids.test.support.ts";

const options = { newId: newElementId, codec: htmlCodec };
const roundTrip = (json: unknown): unknown =>
  exportPage(applyChange(emptySnapshot, importPage(json, options)), options);

const key = fc
  .oneof(fc.constantFrom("style", "descriptor", "a/b", "~", "", "mobileStyle", "0"), fc.string({ maxLength: 8 }))
  .filter((name) => name !== "__proto__");
const leaf = fc.oneof(
  fc.string(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0),
  fc.boolean(),
  fc.constant(null),
  fc.constant([]),
  fc.constant({}),
);
const { tree: json } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { depthSize: "small" },
    leaf,
    fc.array(tie("tree"), { maxLength: 3 }),
    fc.dictionary(key, tie("tree"), { maxKeys: 4 }),
  ),
}));
const extras = fc.dictionary(
  key.filter((name) => !["uuid", "columns", "modules", "rows", "page", "type"].includes(name)),
  json,
  { maxKeys: 4 },
);
const withList = (name: string, list: fc.Arbitrary<unknown>) =>
  fc
    .tuple(extras, fc.option(list, { nil: undefined }))
    .map(([rest, items]) => (items === undefined ? rest : { ...rest, [name]: items }));
const moduleJson = fc
  .tuple(extras, fc.constantFrom("heading", "paragraph", "button", "html", "from-the-future"))
  .map(([rest, type]) => ({
    type: `mailup-bee-newsletter-modules-${type}`,
    ...rest,
  }));
const columnJson = withList("modules", fc.array(moduleJson, { maxLength: 3 }));
const rowJson = withList("columns", fc.array(columnJson, { maxLength: 3 }));
const pageJson = fc
  .tuple(extras, withList("rows", fc.array(rowJson, { maxLength: 4 })))
  .map(([rest, page]) => ({ ...rest, page }));

describe("page JSON", () => {
  test("any document comes out as it went in, assigned uuids aside, key order included", () => {
    let elements = 0;
    fc.assert(
      fc.property(pageJson, (document) => {
        const snapshot = applyChange(emptySnapshot, importPage(document, options));
        elements += [...walk(snapshot)].length;
        expect(JSON.stringify(withoutUuids(exportPage(snapshot, options)))).toBe(
          JSON.stringify(withoutUuids(document)),
        );
      }),
      { numRuns: 500 },
    );
    expect(elements).toBeGreaterThan(500);
  });

  test("every element has a uuid afterwards, known ones stay, repeated ones are replaced", () => {
    const module = { uuid: "same", type: "mailup-bee-newsletter-modules-divider" };
    const document = { page: { rows: [{ uuid: "row", columns: [{ modules: [module, module] }] }] } };
    const snapshot = applyChange(emptySnapshot, importPage(document, options));
    const ids = [...walk(snapshot)].map((step) => step.id);
    expect(ids[0]).toBe("row");
    expect(ids.filter((id) => id === "same")).toHaveLength(1);
    expect(new Set(ids).size).toBe(4);
    expect([...walk(snapshot)].every((step) => step.node["/uuid"] === step.id)).toBe(true);
  });

  test("a uuid that no change set could hold is assigned anew", () => {
    const document = JSON.parse('{"page":{"rows":[{"uuid":"__proto__"},{"uuid":"root"},{"uuid":""}]}}');
    const ids = [...walk(applyChange(emptySnapshot, importPage(document, options)))].map((step) => step.id);
    expect(ids).toHaveLength(3);
    expect(ids.filter((id) => ["__proto__", "root", ""].includes(id))).toEqual([]);
  });

  test("the same JSON gives the same document", () => {
    let counter = 0;
    const countedId = () => {
      counter += 1;
      return `id-${counter}`;
    };
    const counted = { ...options, newId: countedId };
    const document = { page: { rows: [{ columns: [{ modules: [{}] }] }] } };
    const first = canonicalJson(applyChange(emptySnapshot, importPage(document, counted)));
    counter = 0;
    expect(canonicalJson(applyChange(emptySnapshot, importPage(document, counted)))).toBe(first);
  });

  test.each([
    [undefined, "/page"],
    [null, "/page"],
    ["text", "/page"],
    [[], "/page"],
    [{}, "/page"],
    [{ page: [] }, "/page"],
    [{ page: { rows: {} } }, "/page/rows"],
    [{ page: { rows: [7] } }, "/page/rows/0"],
    [{ page: { rows: [{ columns: "none" }] } }, "/page/rows/0/columns"],
    [{ page: { rows: [{ columns: [{ modules: [{}, null] }] }] } }, "/page/rows/0/columns/0/modules/1"],
  ])("what is no template is refused with the place: %j", (document, pointer) => {
    expect(() => importPage(document, options)).toThrow(
      expect.objectContaining({ code: "INVALID_TEMPLATE", data: { pointer } }),
    );
  });

  test("nesting without end is refused, not a crash", () => {
    let deep: unknown = "bottom";
    for (let depth = 0; depth < 100_000; depth += 1) deep = { deep };
    expect(() => importPage({ page: { deep } }, options)).toThrow(
      expect.objectContaining({ code: "INVALID_TEMPLATE" }),
    );
  });

  test("a key named __proto__ is data", () => {
    const document = JSON.parse('{"page":{"rows":[],"__proto__":{"polluted":true}}}');
    expect(JSON.stringify(roundTrip(document))).toBe(JSON.stringify(document));
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe("pointers", () => {
  test("leaves and the object they came from are the same", () => {
    fc.assert(
      fc.property(fc.dictionary(key, json), (object) => {
        expect(JSON.stringify(objectOf(leavesOf(object as never)))).toBe(JSON.stringify(object));
      }),
    );
  });

  test("segments are escaped", () => {
    expect(joinPointer("/a", "b/c~d")).toBe("/a/b~1c~0d");
  });

  test("a leaf below an empty object or array makes it an object", () => {
    expect(
      objectOf([
        ["/style", {}],
        ["/style/color", "red"],
        ["/mobile", []],
        ["/mobile/width", 1],
      ]),
    ).toEqual({ style: { color: "red" }, mobile: { width: 1 } });
  });
});
