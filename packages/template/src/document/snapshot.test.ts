import { countingIds, forEachSeed, randomChange, randomDocument } from "@waggle/testing";
import { expect, test } from "vitest";
import type { NodeData } from "./node.ts";
import { applyChange, canonicalJson, childrenOf, emptySnapshot, isVisible, snapshotOf, walk } from "./snapshot.ts";

const row = (order: string): NodeData => ({ type: "row", pos: ["root", order] });
const column = (parent: string): NodeData => ({ type: "column", pos: [parent, "a0"], "/grid-columns": 12 });
const module = (parent: string, order: string): NodeData => ({ type: "module", pos: [parent, order] });

test("a snapshot after changes equals one made from its nodes, index included", () => {
  forEachSeed({ count: 300, atLeast: { "a move": 0.5 } }, (random, tally) => {
    const newId = countingIds();
    let snapshot = randomDocument(random, { modules: 12 });
    for (let changes = 0; changes < 5; changes++) {
      const change = randomChange(snapshot, { random, newId });
      if (Object.values(change).some((node) => node.pos)) tally.count("a move");
      snapshot = applyChange(snapshot, change);
    }
    expect(canonicalJson(snapshot)).toBe(canonicalJson(snapshotOf(snapshot.nodes.entries())));
  });
});

test("a change leaves the snapshot it starts from alone, and shares what it does not touch", () => {
  const before = snapshotOf([
    ["row", row("a0")],
    ["column", column("row")],
    ["module", module("column", "a0")],
  ]);
  const json = canonicalJson(before);
  const after = applyChange(before, { module: { "/href": { after: "new" } } });
  expect(canonicalJson(before)).toBe(json);
  expect(after.nodes.get("module")).toEqual({ ...before.nodes.get("module"), "/href": "new" });
  expect(after.nodes.get("column")).toBe(before.nodes.get("column"));
  expect(after.children).toBe(before.children);
});

test("children are in order, and equal order keys are ordered by id", () => {
  const nodes: [string, NodeData][] = [
    ["b", row("a1")],
    ["a", row("a1")],
    ["c", row("Zz")],
    ["d", row("a2")],
  ];
  expect(childrenOf(snapshotOf(nodes), "root")).toEqual(["c", "a", "b", "d"]);
  expect(childrenOf(snapshotOf(nodes.toReversed()), "root")).toEqual(["c", "a", "b", "d"]);
});

test("walking yields what is visible, in document order with its depth", () => {
  const snapshot = snapshotOf([
    ["second", row("a1")],
    ["first", row("a0")],
    ["column", column("first")],
    ["low", module("column", "a1")],
    ["high", module("column", "a0")],
    ["deleted", { type: "row", pos: ["trash", "a0"] }],
    ["inside", column("deleted")],
    ["orphan", module("nowhere", "a0")],
    ["misplaced", module("first", "a0")],
  ]);
  const steps = [...walk(snapshot)];
  expect(steps.map(({ id, kind, depth }) => [id, kind, depth])).toEqual([
    ["first", "row", 0],
    ["column", "column", 1],
    ["high", "module", 2],
    ["low", "module", 2],
    ["second", "row", 0],
  ]);
  const ids = [...snapshot.nodes.entries()].map(([id]) => id);
  expect(ids.filter((id) => isVisible(snapshot, id)).sort()).toEqual([...steps.map(({ id }) => id), "settings"].sort());
});

test("elements that hold each other are hidden, not followed for ever", () => {
  const snapshot = snapshotOf([
    ["one", { type: "column", pos: ["two", "a0"] }],
    ["two", { type: "column", pos: ["one", "a0"] }],
    ["self", { type: "module", pos: ["self", "a0"] }],
  ]);
  expect(["one", "two", "self"].filter((id) => isVisible(snapshot, id))).toEqual([]);
  expect([...walk(snapshot)]).toEqual([]);
});

test("a change made for another document is refused with INVALID_CHANGE", () => {
  const snapshot = snapshotOf([["module", { ...module("column", "a0"), "/href": "old", "/text": "plain" }]]);
  const refused = [
    { nobody: { "/href": { after: "new" } } },
    { module: { "/href": { before: "other", after: "new" } } },
    { module: { "/href": { after: "new" } } },
    { module: { type: { after: "module" } } },
    { module: { "/text": { text: [{ insert: "new" }] } } },
    { module: { type: { before: "module" } } },
  ];
  for (const change of refused) {
    expect(() => applyChange(snapshot, change)).toThrow(expect.objectContaining({ code: "INVALID_CHANGE" }));
  }
});

test("the empty snapshot holds the settings and nothing else", () => {
  expect([...emptySnapshot.nodes.entries()]).toEqual([["settings", { type: "settings" }]]);
  expect([...walk(emptySnapshot)]).toEqual([]);
});
