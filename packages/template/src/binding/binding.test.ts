import {
  countingIds,
  forEachSeed,
  Random,
  randomDocument,
  randomRewrite,
  randomStep,
  randomTyping,
} from "@waggle/testing";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { diff, isEmpty } from "../change-set/algebra.ts";
import { applyDelta } from "../change-set/text-delta.ts";
import type { ChangeSet } from "../change-set/types.ts";
import { applyChange, canonicalJson, emptySnapshot, type Snapshot, walk } from "../document/snapshot.ts";
import { isRichText } from "../document/value.ts";
import { Draft } from "../draft/draft.ts";
import { htmlCodec } from "../html/index.ts";
import { exportPage } from "../page-json/export-page.ts";
import { importPage } from "../page-json/import-page.ts";
import { readDocument, textFragment, writeChange } from "./document.ts";
import { DocumentMirror, type MirrorEvent } from "./document-mirror.ts";

const origin = { kind: "test" };

function docOf(snapshot: Snapshot): Y.Doc {
  const doc = new Y.Doc();
  writeChange(doc, diff(emptySnapshot, snapshot), origin);
  return doc;
}

function copyOf(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
}

function sync(a: Y.Doc, b: Y.Doc): void {
  Y.applyUpdate(b, Y.encodeStateAsUpdate(a, Y.encodeStateVector(b)));
  Y.applyUpdate(a, Y.encodeStateAsUpdate(b, Y.encodeStateVector(a)));
}

/** A random valid change of a snapshot, or undefined when the draft came out invalid or unchanged. */
function randomChange(random: Random, snapshot: Snapshot, newId: () => string): ChangeSet | undefined {
  const draft = new Draft(snapshot);
  const editText = (by: Random, text: Parameters<typeof randomRewrite>[1]) =>
    by.chance(0.5) ? randomRewrite(by, text) : applyDelta(text, randomTyping(by, text));
  randomStep(draft, { random, newId, editText });
  try {
    draft.validate();
  } catch {
    return undefined;
  }
  const change = draft.changeSet();
  return isEmpty(change) ? undefined : change;
}

describe("a document in Yjs", () => {
  test("any change written and read back is the snapshot with that change, also after a reload", () => {
    forEachSeed({ count: 60, atLeast: { changes: 5 } }, (random, tally) => {
      const newId = countingIds();
      const doc = docOf(randomDocument(random, { modules: 12 }));
      let snapshot = readDocument(doc);
      const mirror = new DocumentMirror(doc, { onChange: () => tally.count("changes") });
      for (let turn = 0; turn < 15; turn += 1) {
        const change = randomChange(random, snapshot, newId);
        if (!change) continue;
        snapshot = mirror.commit(change, origin);
        expect(canonicalJson(readDocument(doc))).toBe(canonicalJson(snapshot));
      }
      expect(canonicalJson(readDocument(copyOf(doc)))).toBe(canonicalJson(snapshot));
    });
  });

  test.each([[[]], [{}], [""], [null]])(
    "an empty value %j stands beside the properties below it, in every copy",
    (empty) => {
      const before = randomDocument(new Random(1), { modules: 1 });
      const draft = new Draft(before);
      const properties = { "/descriptor/mobileStyle": empty, "/descriptor/mobileStyle/font-size": "12px" };
      draft.create("new", { kind: "module", parent: draft.children("r0")[0] ?? "", index: 0, properties });
      const after = applyChange(before, draft.changeSet());
      const doc = docOf(after);
      expect(canonicalJson(readDocument(doc))).toBe(canonicalJson(after));
      const exported = JSON.stringify(exportPage(readDocument(copyOf(doc)), { codec: htmlCodec }));
      expect(exported).toContain('"mobileStyle":{"font-size":"12px"}');
      expect(exported).toBe(JSON.stringify(exportPage(after, { codec: htmlCodec })));
    },
  );

  test("a change is one update, and a property of an element does not send the element again", () => {
    const doc = docOf(randomDocument(new Random(1), { modules: 20 }));
    const snapshot = readDocument(doc);
    const [module] = [...walk(snapshot)].filter((step) => step.kind === "module");
    const sizes: number[] = [];
    doc.on("update", (update: Uint8Array) => sizes.push(update.length));
    writeChange(doc, { [module?.id ?? ""]: { "/descriptor/style/color": { after: "#ff0000" } } }, origin);
    expect(sizes).toHaveLength(1);
    expect(sizes[0]).toBeLessThan(120);
  });
});

describe("page JSON through Yjs", () => {
  test("is exported as it came, key order included, after a reload", () => {
    const module = {
      type: "mailup-bee-newsletter-modules-button",
      uuid: "b1",
      descriptor: {
        button: { label: "<div>Buy <b>now</b></div>", href: "https://example.com" },
        style: {},
        mobileStyle: [],
      },
      odd: { z: 1, a: [1, { deep: true }] },
    };
    const page = {
      page: {
        title: "x",
        rows: [{ uuid: "r1", columns: [{ "grid-columns": 12, modules: [module], uuid: "c1" }], type: "" }],
        body: {},
      },
      comments: {},
    };
    const options = { newId: () => "new", codec: htmlCodec };
    const doc = docOf(applyChange(emptySnapshot, importPage(page, options)));
    expect(JSON.stringify(exportPage(readDocument(copyOf(doc)), options))).toBe(JSON.stringify(page));
    expect(textFragment(doc, "b1", "/descriptor/button/label")?.length).toBeGreaterThan(0);
  });
});

describe("the mirror", () => {
  test("tells each transaction of others as one change set that leads to the document, and replays to it", () => {
    forEachSeed({ count: 60, atLeast: { events: 5, texts: 1 } }, (random, tally) => {
      const newId = countingIds();
      const doc = docOf(randomDocument(random, { modules: 10 }));
      const start = readDocument(doc);
      const seen: MirrorEvent[] = [];
      const mirror = new DocumentMirror(doc, { onChange: (event) => seen.push(event) });
      const person = copyOf(doc);
      for (let turn = 0; turn < 12; turn += 1) {
        const own = random.chance(0.5) ? randomChange(random, mirror.snapshot, newId) : undefined;
        if (own) mirror.commit(own, origin);
        const theirs = randomChange(random, readDocument(person), countingIds(`p${turn}-`));
        if (theirs) writeChange(person, theirs, "person");
        if (random.chance(0.6)) sync(doc, person);
        expect(canonicalJson(mirror.snapshot)).toBe(canonicalJson(readDocument(doc)));
      }
      sync(doc, person);
      expect(canonicalJson(mirror.snapshot)).toBe(canonicalJson(readDocument(person)));
      const replayed = seen.reduce((snapshot, event) => applyChange(snapshot, event.change), start);
      expect(canonicalJson(replayed)).toBe(canonicalJson(mirror.snapshot));
      tally.count("events", seen.length);
      tally.count(
        "texts",
        seen.filter((event) =>
          Object.values(event.change).some((node) => Object.values(node).some((cell) => "text" in cell)),
        ).length,
      );
      mirror.destroy();
    });
  });

  test("a commit is told once, with its own change and origin, before Yjs emits the update", () => {
    const doc = docOf(randomDocument(new Random(7), { modules: 3 }));
    const order: string[] = [];
    const mirror = new DocumentMirror(doc, {
      onChange: (event) => order.push(event.origin === origin ? "change" : "other"),
    });
    doc.on("update", () => order.push("update"));
    const after = mirror.commit(
      {
        settings: {
          "/page/title": { before: mirror.snapshot.nodes.get("settings")?.["/page/title"] ?? null, after: "New" },
        },
      } as ChangeSet,
      origin,
    );
    expect(order).toEqual(["change", "update"]);
    expect(mirror.snapshot).toBe(after);
  });

  test("a change that does not fit is refused and writes nothing", () => {
    const doc = docOf(randomDocument(new Random(3), { modules: 3 }));
    const mirror = new DocumentMirror(doc, { onChange: () => expect.unreachable() });
    const before = Y.encodeStateVector(doc);
    expect(() => mirror.commit({ nobody: { "/a": { before: 1, after: 2 } } }, origin)).toThrow(
      expect.objectContaining({ code: "INVALID_CHANGE" }),
    );
    expect(Y.encodeStateVector(doc)).toEqual(before);
  });

  test("an element that a hostile client names __proto__ is not seen", () => {
    const doc = docOf(randomDocument(new Random(5), { modules: 3 }));
    const mirror = new DocumentMirror(doc, { onChange: () => expect.unreachable() });
    const nodes = doc.getMap<Y.Map<unknown>>("nodes");
    nodes.set(
      "__proto__",
      new Y.Map([
        ["type", "row"],
        ["pos", ["root", "a0"]],
      ]),
    );
    nodes.get("__proto__")?.set("/name", "x");
    expect(canonicalJson(mirror.snapshot)).toBe(canonicalJson(readDocument(doc)));
  });

  test("typing in a live text arrives as the characters that were typed", () => {
    const doc = docOf(randomDocument(new Random(11), { modules: 12 }));
    const snapshot = readDocument(doc);
    const key = "/descriptor/paragraph/html";
    const target = [...walk(snapshot)].find(({ node }) => isRichText(node[key]));
    if (!target) throw new Error("The random document has no text.");
    const seen: ChangeSet[] = [];
    const mirror = new DocumentMirror(doc, { onChange: (event) => seen.push(event.change) });
    const line = textFragment(doc, target.id, key)?.get(0);
    const text = line instanceof Y.XmlElement ? line.get(0) : undefined;
    if (!(text instanceof Y.XmlText)) throw new Error("The first line has no text.");
    text.insert(2, "typed");
    const [cell] = seen.map((change) => change[target.id]?.[key]);
    expect(cell && "text" in cell && cell.text).toEqual([{ keep: 2 }, expect.objectContaining({ insert: "typed" })]);
    mirror.destroy();
  });
});
