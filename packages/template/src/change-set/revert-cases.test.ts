import type { Actor } from "@waggle/contract";
import { History } from "@waggle/testing";
import { expect, test } from "vitest";
import { type ElementId, type NodeData, parentOf, rootId } from "../document/node.ts";
import { childrenOf, isVisible, type Snapshot, snapshotOf } from "../document/snapshot.ts";
import { blockEnd, isRichText, type RichText } from "../document/value.ts";
import { Draft } from "../draft/draft.ts";
import { type LogEntry, revert, without } from "./revert.ts";
import { applyDelta, plainText } from "./text-delta.ts";
import type { Conflict, TextDelta } from "./types.ts";

const scout: Actor = { kind: "agent", id: "scout", name: "Scout" };
const maya: Actor = { kind: "person", id: "maya", name: "Maya" };
const byScout = (entry: LogEntry): boolean => entry.actor.id === "scout";
const textKey = "/descriptor/paragraph/html";
const text: RichText = { rich: [[`Trains leave at eight.${blockEnd}`]] };

const column = (parent: ElementId, order: string, width: number): NodeData => ({
  type: "column",
  pos: [parent, order],
  "/grid-columns": width,
});
const module = (parent: ElementId, order: string): NodeData => ({
  type: "module",
  pos: [parent, order],
  "/type": "mailup-bee-newsletter-modules-paragraph",
  [textKey]: text,
  "/locked": false,
});

/** `top` has two columns, `left` with the modules `first` and `second`, and `right`; `low` has one, `whole`, with `third`. */
function newHistory(): History {
  return new History(
    snapshotOf([
      ["top", { type: "row", pos: [rootId, "a0"] }],
      ["left", column("top", "a0", 6)],
      ["right", column("top", "a1", 6)],
      ["first", module("left", "a0")],
      ["second", module("left", "a1")],
      ["low", { type: "row", pos: [rootId, "a1"] }],
      ["whole", column("low", "a0", 12)],
      ["third", module("whole", "a0")],
    ]),
  );
}

function edit(history: History, actor: Actor, change: (draft: Draft) => void): void {
  const draft = new Draft(history.now);
  change(draft);
  draft.validate();
  history.append(actor, draft.changeSet());
}

function typeInto(history: History, actor: Actor, typed: { id: ElementId; at: number; words: string }): void {
  edit(history, actor, (draft) => {
    const current = draft.get(typed.id, textKey);
    if (!isRichText(current)) throw new Error(`${typed.id} has no text.`);
    draft.set(typed.id, textKey, applyDelta(current, [{ keep: typed.at }, { insert: typed.words }]));
  });
}

function revertScout(history: History): readonly Conflict[] {
  const plan = revert(history.log, history.now, { pick: byScout });
  history.append(maya, plan.change, plan.excluded);
  return plan.conflicts;
}

function wordsOf(snapshot: Snapshot, id: ElementId): string {
  const value = snapshot.nodes.get(id)?.[textKey];
  return isRichText(value) ? plainText(value) : "";
}

const kinds = (conflicts: readonly Conflict[]): string[] =>
  conflicts.map(({ kind, elementId, key }) => [kind, elementId, key].filter(Boolean).join(" ")).sort();

function addRowOfTwo(draft: Draft): void {
  draft.create("row", { kind: "row", parent: rootId, index: 0, properties: {} });
  draft.create("one", { kind: "column", parent: "row", index: 0, properties: { "/grid-columns": 6 } });
  draft.create("two", { kind: "column", parent: "row", index: 1, properties: { "/grid-columns": 6 } });
  draft.create("made", { kind: "module", parent: "one", index: 0, properties: {} });
}

test("what an agent made goes to the trash, and comes back when the revert is reverted", () => {
  const history = newHistory();
  edit(history, scout, addRowOfTwo);
  expect(revertScout(history)).toEqual([]);
  expect(parentOf(history.now.nodes.get("row") ?? {})).toBe("trash");
  expect(childrenOf(history.now, rootId)).toEqual(["top", "low"]);
  const back = without(history.log, history.now, new Set());
  history.append(maya, back.change, []);
  expect(childrenOf(history.now, rootId)).toEqual(["row", "top", "low"]);
  expect(isVisible(history.now, "made")).toBe(true);
});

test("an agent's row that someone moved a module into stays with both columns; the agent's own module goes", () => {
  const history = newHistory();
  edit(history, scout, addRowOfTwo);
  edit(history, maya, (draft) => draft.move("third", { parent: "two", index: 0 }));
  expect(kinds(revertScout(history))).toEqual(["adopted one", "adopted row", "adopted two"]);
  expect(childrenOf(history.now, "row")).toEqual(["one", "two"]);
  expect(isVisible(history.now, "third")).toBe(true);
  expect(isVisible(history.now, "made")).toBe(false);
});

test("an agent's row goes when the module moved into it was moved out again", () => {
  const history = newHistory();
  edit(history, scout, addRowOfTwo);
  edit(history, maya, (draft) => draft.move("third", { parent: "two", index: 0 }));
  edit(history, maya, (draft) => draft.move("third", { parent: "whole", index: 0 }));
  expect(revertScout(history)).toEqual([]);
  expect(isVisible(history.now, "row")).toBe(false);
});

test("an agent's module that someone edited stays", () => {
  const history = newHistory();
  edit(history, scout, (draft) => draft.create("made", { kind: "module", parent: "left", index: 0, properties: {} }));
  edit(history, maya, (draft) => draft.set("made", "/locked", true));
  expect(kinds(revertScout(history))).toEqual(["adopted made"]);
  expect(isVisible(history.now, "made")).toBe(true);
});

test("an agent's sentence goes, what someone typed around and inside it stays, and that they met is reported", () => {
  const history = newHistory();
  typeInto(history, scout, { id: "first", at: 6, words: "(and buses)" });
  typeInto(history, maya, { id: "first", at: 10, words: "[inside]" });
  typeInto(history, maya, { id: "first", at: 0, words: "[before]" });
  expect(kinds(revertScout(history))).toEqual([`text-mixed first ${textKey}`]);
  expect(wordsOf(history.now, "first")).toBe(`[before]Trains[inside] leave at eight.${blockEnd}`);
});

test("three columns stay three when someone filled the third", () => {
  const history = newHistory();
  edit(history, scout, (draft) => {
    draft.set("left", "/grid-columns", 4);
    draft.set("right", "/grid-columns", 4);
    draft.create("extra", { kind: "column", parent: "top", index: 2, properties: { "/grid-columns": 4 } });
  });
  edit(history, maya, (draft) => draft.create("own", { kind: "module", parent: "extra", index: 0, properties: {} }));
  expect(kinds(revertScout(history))).toEqual(["adopted extra", "layout-kept top"]);
  const widths = childrenOf(history.now, "top").map((id) => history.now.nodes.get(id)?.["/grid-columns"]);
  expect(widths).toEqual([4, 4, 4]);
});

test("a module an agent moved out of a row that someone deleted since stays where it is", () => {
  const history = newHistory();
  edit(history, scout, (draft) => draft.move("first", { parent: "whole", index: 0 }));
  edit(history, maya, (draft) => draft.remove("top"));
  expect(kinds(revertScout(history))).toEqual(["parent-gone first pos"]);
  expect(childrenOf(history.now, "whole")).toEqual(["first", "third"]);
});

test("a late edit inside a row that an agent deleted comes back with the row", () => {
  const history = newHistory();
  edit(history, scout, (draft) => draft.remove("top"));
  history.append(maya, { first: { "/locked": { before: false, after: true } } });
  expect(revertScout(history)).toEqual([]);
  expect(childrenOf(history.now, rootId)).toEqual(["top", "low"]);
  expect(history.now.nodes.get("first")?.["/locked"]).toBe(true);
});

test("a row an agent took out of the trash stays when someone worked in it since, and goes back otherwise", () => {
  const rescued = (): History => {
    const history = newHistory();
    edit(history, maya, (draft) => draft.remove("top"));
    history.append(scout, { top: { pos: { before: ["trash", "a0"], after: [rootId, "a0"] } } });
    return history;
  };
  const untouched = rescued();
  expect(revertScout(untouched)).toEqual([]);
  expect(isVisible(untouched.now, "top")).toBe(false);
  const touched = rescued();
  edit(touched, maya, (draft) => draft.set("first", "/locked", true));
  expect(kinds(revertScout(touched))).toEqual(["adopted top"]);
  expect(isVisible(touched.now, "first")).toBe(true);
});

test("a value someone wrote over the agent's stays, and is reported with both values", () => {
  const history = newHistory();
  edit(history, scout, (draft) => draft.set("first", "/locked", "scout"));
  edit(history, maya, (draft) => draft.set("first", "/locked", "maya"));
  expect(revertScout(history)).toEqual([
    { kind: "superseded", elementId: "first", key: "/locked", mine: false, theirs: "maya" },
  ]);
  expect(history.now.nodes.get("first")?.["/locked"]).toBe("maya");
});

test("a text that was replaced as a whole comes back as a whole, source included", () => {
  const history = newHistory();
  const replaced: RichText = { rich: [[`New.${blockEnd}`]], html: "<p>New.</p>" };
  edit(history, scout, (draft) => draft.set("first", textKey, replaced));
  expect(revertScout(history)).toEqual([]);
  expect(history.now.nodes.get("first")?.[textKey]).toEqual(text);
});

test("an element that was purged meanwhile has nothing to take back", () => {
  const history = newHistory();
  edit(history, scout, (draft) => draft.set("first", "/locked", true));
  const { first } = Object.fromEntries(history.now.nodes.entries());
  const purge = Object.fromEntries(Object.entries(first ?? {}).map(([key, before]) => [key, { before }]));
  history.append(maya, { first: purge });
  expect(kinds(revertScout(history))).toEqual(["gone first"]);
});

test("a revert can be limited to one element", () => {
  const history = newHistory();
  for (const id of ["first", "second"]) edit(history, scout, (draft) => draft.set(id, "/locked", true));
  const { change } = revert(history.log, history.now, { pick: byScout, only: (id) => id === "second" });
  expect(change).toEqual({ second: { "/locked": { before: true, after: false } } });
});

test("a revert that changes nothing now still counts when what it concerns comes back", () => {
  const history = newHistory();
  edit(history, scout, (draft) => draft.set("first", "/locked", "scout"));
  edit(history, maya, (draft) => draft.set("first", "/locked", "maya"));
  revertScout(history);
  const { change } = revert(history.log, history.now, { pick: ({ revision }) => revision === 2 });
  expect(change).toEqual({ first: { "/locked": { before: "maya", after: false } } });
});

test("reverting a redo leaves out again what the redo brought in", () => {
  const history = newHistory();
  edit(history, scout, (draft) => draft.set("first", "/locked", true));
  revertScout(history);
  const redo = revert(history.log, history.now, { pick: ({ revision }) => revision === 2 });
  history.append(maya, redo.change, redo.excluded);
  expect(history.now.nodes.get("first")?.["/locked"]).toBe(true);
  const again = revert(history.log, history.now, { pick: ({ revision }) => revision === 3 });
  expect(again.excluded).toEqual([1]);
  expect(again.change).toEqual({ first: { "/locked": { before: true, after: false } } });
});

test("what an agent removed comes back even when someone removed the equal word the agent typed there again", () => {
  const history = newHistory();
  const textChange = (actor: Actor, delta: TextDelta): void => {
    history.append(actor, { first: { [textKey]: { text: delta } } });
  };
  textChange(scout, [{ keep: 6 }, { remove: " leave" }]);
  textChange(scout, [{ keep: 6 }, { insert: " leave" }]);
  textChange(maya, [{ keep: 6 }, { remove: " leave" }]);
  revertScout(history);
  expect(wordsOf(history.now, "first")).toBe(plainText(text));
});
