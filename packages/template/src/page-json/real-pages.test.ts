import { allModuleTypes, forEachSeed, type Random, randomPage, Tally } from "@waggle/testing";
import { type CorpusFile, corpusFiles } from "@waggle/testing/corpus";
import { describe, expect, test } from "vitest";
import { applyUpdate, Doc, encodeStateAsUpdate } from "yjs";
import { readDocument, writeChange } from "../binding/document.ts";
import { applyChange, emptySnapshot, type Snapshot, walk } from "../document/snapshot.ts";
import { isRichText, type Json } from "../document/value.ts";
import { Draft } from "../draft/draft.ts";
import { htmlCodec } from "../html/index.ts";
import { moduleTypeOf } from "../modules/module-types.ts";
import { exportPage, exportRow } from "./export-page.ts";
import { importPage, importRow } from "./import-page.ts";
import { newElementId } from "./new-element-id.ts";
import { isJsonObject, joinPointer } from "./pointer.ts";
import { withoutUuids } from "./without-uuids.test.support.ts";

const options = { newId: newElementId, codec: htmlCodec };
const read = (json: unknown): Snapshot => applyChange(emptySnapshot, importPage(json, options));
const json = (value: unknown): string => JSON.stringify(value);

/** The pointers where two JSON values differ. */
function differences(before: Json | undefined, after: Json | undefined, at = ""): string[] {
  if (json(before) === json(after)) return [];
  const lists = Array.isArray(before) && Array.isArray(after) && before.length === after.length;
  if (!lists && !(isJsonObject(before) && isJsonObject(after))) return [at];
  const [left, right] = [before, after] as unknown as Record<string, Json>[];
  const keys = new Set([...Object.keys(left ?? {}), ...Object.keys(right ?? {})]);
  return [...keys].flatMap((key) => differences(left?.[key], right?.[key], joinPointer(at, key)));
}

/** Changes one property of one element and says where that is in the page. */
function changeOne(random: Random, snapshot: Snapshot): { readonly after: Snapshot; readonly key: string } {
  const elements = [...walk(snapshot)].filter(({ node }) => changeable(node).length > 0);
  const { id, node } = random.pick(elements);
  const key = random.pick(changeable(node));
  const draft = new Draft(snapshot);
  draft.set(id, key, isRichText(node[key]) ? rewritten : "changed by the test");
  return { after: applyChange(snapshot, draft.changeSet()), key };
}

const rewritten = htmlCodec.parse("<p>changed by the test</p>");

const unchangeable = new Set(["/uuid", "/columns", "/modules", "/type", "/grid-columns"]);

const changeable = (node: object): string[] =>
  Object.keys(node).filter((key) => key.startsWith("/") && !unchangeable.has(key));

/** As another copy of the shared document has it after an update. */
function throughYjs(page: unknown): Snapshot {
  const [writer, reader] = [new Doc(), new Doc()];
  writeChange(writer, importPage(page, options), "test");
  applyUpdate(reader, encodeStateAsUpdate(writer), "test");
  return readDocument(reader);
}

describe("pages of every module type in the shapes of real files", () => {
  test("come out as they went in, assigned uuids aside, key order included", () => {
    const types = new Tally();
    forEachSeed({ count: 400, atLeast: { modules: 3, assigned: 0.6 } }, (random, tally) => {
      const page = randomPage(random, { rows: random.between(0, 4) });
      const snapshot = read(page);
      const exported = exportPage(snapshot, options);
      expect(json(withoutUuids(exported))).toBe(json(withoutUuids(page)));
      const steps = [...walk(snapshot)];
      expect(steps.every(({ id, node }) => node["/uuid"] === id)).toBe(true);
      tally.count("assigned", json(exported) === json(page) ? 0 : 1);
      const modules = steps.filter(({ kind }) => kind === "module");
      tally.count("modules", modules.length);
      for (const { node } of modules) types.count(moduleTypeOf(node));
    });
    for (const type of allModuleTypes) expect([type, types.of(type) > 5]).toEqual([type, true]);
  });

  test("are the same after an export has been imported again: the uuids stay", () => {
    forEachSeed({ count: 100, atLeast: { pages: 1 } }, (random, tally) => {
      const exported = exportPage(read(randomPage(random, { rows: 3 })), options);
      expect(json(exportPage(read(exported), options))).toBe(json(exported));
      tally.count("pages");
    });
  });

  test("come out as they went in from the shared document too", () => {
    forEachSeed({ count: 100, atLeast: { pages: 1 } }, (random, tally) => {
      const page = randomPage(random, { rows: 2 });
      expect(json(withoutUuids(exportPage(throughYjs(page), options)))).toBe(json(withoutUuids(page)));
      tally.count("pages");
    });
  });

  test("one changed property of one element changes nothing else", () => {
    forEachSeed({ count: 400, atLeast: { changes: 0.9 } }, (random, tally) => {
      const before = read(randomPage(random, { rows: 2 }));
      if ([...walk(before)].length === 0) return;
      const { after, key } = changeOne(random, before);
      const changed = differences(exportPage(before, options), exportPage(after, options));
      expect(changed).toHaveLength(1);
      expect(changed[0]?.endsWith(key)).toBe(true);
      tally.count("changes");
    });
  });

  test("each row comes and goes alone as well", () => {
    forEachSeed({ count: 100, atLeast: { rows: 2 } }, (random, tally) => {
      const page = randomPage(random, { rows: 3 });
      for (const row of (page.page as { rows?: Json[] }).rows ?? []) {
        const snapshot = applyChange(emptySnapshot, importRow(row, options));
        const [id = ""] = snapshot.children.get("root") ?? [];
        const alone = { page: { rows: [exportRow(snapshot, id, options)] } };
        expect(json(withoutUuids(alone))).toBe(json(withoutUuids({ page: { rows: [row] } })));
        tally.count("rows");
      }
    });
  });
});

const pages = corpusFiles("pages");
const fullPair = corpusFiles("pairs").filter(({ name }) => name === "full.json");

describe.runIf(pages.length > 0)("pages of the corpus", () => {
  test.each([...pages, ...fullPair])("$name comes out as it went in", ({ json: page }: CorpusFile) => {
    expect(json(withoutUuids(exportPage(read(page), options)))).toBe(json(withoutUuids(page)));
    expect(json(withoutUuids(exportPage(throughYjs(page), options)))).toBe(json(withoutUuids(page)));
  });

  test("one changed property of one element changes nothing else", () => {
    forEachSeed({ count: pages.length * 4, atLeast: { changes: 1 } }, (random, tally) => {
      const before = read(random.pick(pages).json);
      const { after, key } = changeOne(random, before);
      const changed = differences(exportPage(before, options), exportPage(after, options));
      expect(changed).toEqual([expect.stringContaining(key)]);
      tally.count("changes");
    });
  });
});

const rows = corpusFiles("rows");

test.runIf(rows.length > 0).each([...rows])("row $name of the corpus comes out as it went in", ({ json: row }) => {
  const snapshot = applyChange(emptySnapshot, importRow(row, options));
  const [id = ""] = snapshot.children.get("root") ?? [];
  const alone = { page: { rows: [exportRow(snapshot, id, options)] } };
  expect(json(withoutUuids(alone))).toBe(json(withoutUuids({ page: { rows: [row] } })));
});
