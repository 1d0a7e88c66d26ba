import { WaggleError } from "@waggle/contract";
import { addRow, countingIds, forEachSeed, randomDocument, randomStep } from "@waggle/testing";
import { expect, test } from "vitest";
import { isEmpty } from "../change-set/algebra.ts";
import { type NodeData, parentOf, positionOf, rootId, settingsId, trashId } from "../document/node.ts";
import { applyChange, canonicalJson, childrenOf, type Snapshot, snapshotOf } from "../document/snapshot.ts";
import type { RichText } from "../document/value.ts";
import { Draft } from "./draft.ts";

const module = (parent: string, order: string): NodeData => ({ type: "module", pos: [parent, order], "/href": "old" });

/** A row of two columns: `left` holds `one`, `two` and `three`. */
const snapshot = snapshotOf([
  ["row", { type: "row", pos: [rootId, "a0"] }],
  ["left", { type: "column", pos: ["row", "a0"], "/grid-columns": 6 }],
  ["right", { type: "column", pos: ["row", "a1"], "/grid-columns": 6 }],
  ["one", module("left", "a0")],
  ["two", module("left", "a1")],
  ["three", module("left", "a2")],
]);

function edited(edit: (draft: Draft) => void, base: Snapshot = snapshot): Snapshot {
  const draft = new Draft(base);
  edit(draft);
  draft.validate();
  return applyChange(base, draft.changeSet());
}

const refusal = (code: string) => expect.objectContaining({ code });

test("a draft and the snapshot after its change set agree on every child list and node", () => {
  forEachSeed({ count: 500, atLeast: { "a valid draft": 0.8 } }, (random, tally) => {
    const base = randomDocument(random, { modules: 10 });
    const json = canonicalJson(base);
    const draft = new Draft(base);
    const tools = { random, newId: countingIds(), editText: (_random: unknown, text: RichText) => text };
    try {
      for (let steps = 0; steps < 4; steps++) randomStep(draft, tools);
      draft.validate();
    } catch (error) {
      if (error instanceof WaggleError) return;
      throw error;
    }
    tally.count("a valid draft");
    const after = applyChange(base, draft.changeSet());
    for (const [id] of after.nodes.entries()) {
      expect([id, draft.find(id) ?? "deleted"]).toEqual([id, new Draft(after).find(id) ?? "deleted"]);
      if (draft.find(id)) expect([id, draft.children(id)]).toEqual([id, childrenOf(after, id)]);
    }
    expect(canonicalJson(base)).toBe(json);
  });
});

test("setting a property back, or to what it is, changes nothing", () => {
  const draft = new Draft(snapshot);
  draft.set("one", "/href", "new");
  draft.set("one", "/href", "old");
  draft.set("two", "/href", "old");
  expect(draft.changeSet()).toEqual({});
});

test("setting undefined removes a property, and other keys keep their order", () => {
  const draft = new Draft(snapshot);
  draft.set("one", "/href", undefined);
  draft.set("one", "/locked", true);
  expect(draft.changeSet()).toEqual({ one: { "/href": { before: "old" }, "/locked": { after: true } } });
  expect(Object.keys(edited((each) => each.set("one", "/href", "new")).nodes.get("one") ?? {})).toEqual([
    "type",
    "pos",
    "/href",
  ]);
});

test("a text is diffed word by word", () => {
  const text = (words: string): RichText => ({ rich: [[words]] });
  const base = edited((draft) => draft.set("one", "/text", text("Order today")));
  const draft = new Draft(base);
  draft.set("one", "/text", text("Order tomorrow"));
  expect(draft.changeSet()).toEqual({
    one: { "/text": { text: [{ keep: 6 }, { insert: "tomorrow" }, { remove: "today" }] } },
  });
});

test("elements move within a parent and between parents to the index asked for", () => {
  const moved = edited((draft) => draft.move("three", { parent: "left", index: 0 }));
  expect(childrenOf(moved, "left")).toEqual(["three", "one", "two"]);
  const down = edited((draft) => draft.move("one", { parent: "left", index: 1 }));
  expect(childrenOf(down, "left")).toEqual(["two", "one", "three"]);
  const across = edited((draft) => draft.move("two", { parent: "right", index: 99 }));
  expect([childrenOf(across, "left"), childrenOf(across, "right")]).toEqual([["one", "three"], ["two"]]);
});

test("inserting between equal order keys gives new keys to one of them and keeps the order", () => {
  const base = snapshotOf([...snapshot.nodes.entries(), ["also", module("left", "a1")]]);
  expect(childrenOf(base, "left")).toEqual(["one", "also", "two", "three"]);
  const create = (draft: Draft) => draft.create("new", { kind: "module", parent: "left", index: 2, properties: {} });
  expect(childrenOf(edited(create, base), "left")).toEqual(["one", "also", "new", "two", "three"]);
});

test("order keys that are no order keys are replaced", () => {
  const broken = snapshotOf([...snapshot.nodes.entries(), ["odd", module("left", "~~~")]]);
  const after = edited(
    (draft) => draft.create("new", { kind: "module", parent: "left", index: 9, properties: {} }),
    broken,
  );
  expect(childrenOf(after, "left")).toEqual(["one", "two", "three", "odd", "new"]);
});

test("a deleted element is in the trash with all it holds, and can't be found any more", () => {
  const draft = new Draft(snapshot);
  draft.remove("row");
  expect([draft.find("row"), draft.find("one"), draft.children(rootId)]).toEqual([undefined, undefined, []]);
  expect(() => draft.require("one")).toThrow(refusal("ELEMENT_NOT_FOUND"));
  expect(() => draft.set("one", "/href", "new")).toThrow(refusal("ELEMENT_NOT_FOUND"));
  const after = applyChange(snapshot, draft.changeSet());
  expect(draft.changeSet()).toEqual({ row: { pos: { before: [rootId, "a0"], after: [trashId, "a0"] } } });
  expect(parentOf(after.nodes.get("one") ?? {})).toBe("left");
});

test("what is made and deleted in one draft leaves no trace, and takes what was moved into it to the trash", () => {
  const draft = new Draft(snapshot);
  const [column = ""] = addRow(draft, { id: "new", index: 0, widths: [12] });
  draft.move("one", { parent: column, index: 0 });
  draft.remove("new");
  draft.validate();
  const change = draft.changeSet();
  expect(Object.keys(change)).toEqual(["one"]);
  expect(positionOf(applyChange(snapshot, change).nodes.get("one") ?? {})?.[0]).toBe(trashId);
  expect(draft.children(rootId)).toEqual(["row"]);
});

test("settings can be set, but not moved or deleted", () => {
  expect(edited((draft) => draft.set(settingsId, "/page/title", "New")).nodes.get(settingsId)).toEqual({
    type: "settings",
    "/page/title": "New",
  });
  const draft = new Draft(snapshot);
  expect(() => draft.remove(settingsId)).toThrow(refusal("INVALID_CHANGE"));
  expect(() => draft.move(settingsId, { parent: rootId, index: 0 })).toThrow(refusal("INVALID_CHANGE"));
});

test("keys that are no pointers and ids that are taken are refused", () => {
  const draft = new Draft(edited((each) => each.remove("one")));
  const create = (id: string) => draft.create(id, { kind: "module", parent: "left", index: 0, properties: {} });
  expect(() => draft.set("two", "pos", ["right", "a0"])).toThrow(refusal("INVALID_CHANGE"));
  for (const id of ["two", "one", settingsId, rootId, trashId]) {
    expect(() => create(id)).toThrow(refusal("INVALID_CHANGE"));
  }
});

test.each([
  ["a module in a row", (draft: Draft) => draft.move("one", { parent: "row", index: 0 })],
  ["a column at the top", (draft: Draft) => draft.move("left", { parent: rootId, index: 0 })],
  ["a module in a module", (draft: Draft) => draft.move("one", { parent: "two", index: 0 })],
  ["an unknown parent", (draft: Draft) => draft.move("one", { parent: "nowhere", index: 0 })],
  ["columns that sum to 13", (draft: Draft) => draft.set("left", "/grid-columns", 7)],
  ["a row that lost a column", (draft: Draft) => draft.remove("right")],
  ["a row without columns", (draft: Draft) => addRow(draft, { id: "new", index: 0, widths: [] })],
  ["a new row of 11", (draft: Draft) => addRow(draft, { id: "new", index: 0, widths: [6, 5] })],
])("a draft with %s is invalid", (_name, edit) => {
  const draft = new Draft(snapshot);
  edit(draft);
  expect(() => draft.validate()).toThrow(refusal("INVALID_CHANGE"));
});

test("a row that came in with 10 columns may be edited, but its columns only into 12", () => {
  const imported = snapshotOf([
    ...snapshot.nodes.entries(),
    ["right", { type: "column", pos: ["row", "a1"], "/grid-columns": 4 }],
  ]);
  const columnOf = (width: number) => (draft: Draft) => draft.set("right", "/grid-columns", width);
  expect(edited((draft) => draft.set("row", "/locked", true), imported).nodes.get("row")).toHaveProperty("/locked");
  expect(edited((draft) => draft.move("one", { parent: "right", index: 0 }), imported)).toBeDefined();
  expect(edited((draft) => draft.remove("row"), imported)).toBeDefined();
  expect(() => edited(columnOf(5), imported)).toThrow(refusal("INVALID_CHANGE"));
  expect(edited(columnOf(6), imported).nodes.get("right")).toHaveProperty("/grid-columns", 6);
});

test("a draft that was not touched has nothing to say", () => {
  const draft = new Draft(snapshot);
  draft.validate();
  expect(isEmpty(draft.changeSet())).toBe(true);
});

test("a step that throws leaves the draft as it was, whatever it did before", () => {
  forEachSeed({ count: 200, atLeast: { "a step that changed something": 0.6 } }, (random, tally) => {
    const base = randomDocument(random, { modules: 10 });
    const draft = new Draft(base);
    const tools = { random, newId: countingIds(), editText: (_random: unknown, text: RichText) => text };
    const tried = (): void => {
      try {
        randomStep(draft, tools);
      } catch {
        // A refused step is a step, too.
      }
    };
    tried();
    const before = [draft.changeSet(), [...base.nodes.entries()].map(([id]) => draft.children(id))];
    const failing = (): void => {
      tried();
      tried();
      if (JSON.stringify(draft.changeSet()) !== JSON.stringify(before[0])) tally.count("a step that changed something");
      throw new Error("enough");
    };
    expect(() => draft.attempt(failing)).toThrow("enough");
    expect([draft.changeSet(), [...base.nodes.entries()].map(([id]) => draft.children(id))]).toEqual(before);
  });
});

test("the visible children are those that are found, wherever they are and whatever was deleted", () => {
  forEachSeed({ count: 200, atLeast: { "something was deleted": 0.03 } }, (random, tally) => {
    const draft = new Draft(randomDocument(random, { modules: 10 }));
    const tools = { random, newId: countingIds(), editText: (_random: unknown, text: RichText) => text };
    try {
      for (let steps = 0; steps < 4; steps++) randomStep(draft, tools);
    } catch (error) {
      if (!(error instanceof WaggleError)) throw error;
    }
    const ids = [rootId, trashId, settingsId, "nobody", ...[...draft.base.nodes.entries()].map(([id]) => id)];
    if (ids.some((id) => draft.children(id).some((child) => !draft.find(child)))) tally.count("something was deleted");
    for (const id of ids)
      expect(draft.visibleChildren(id)).toEqual(draft.children(id).filter((child) => draft.find(child)));
  });
});

test("a draft becomes another one of the same snapshot", () => {
  const [one, two] = [new Draft(snapshot), new Draft(snapshot)];
  one.set("one", "/href", "first");
  two.remove("two");
  two.adopt(one);
  expect(two.changeSet()).toEqual(one.changeSet());
  expect(two.children("left")).toEqual(["one", "two", "three"]);
});

test("a draft adopts no draft of another snapshot", () => {
  expect(() => new Draft(snapshot).adopt(new Draft(snapshotOf([])))).toThrow(refusal("INVALID_CHANGE"));
});
