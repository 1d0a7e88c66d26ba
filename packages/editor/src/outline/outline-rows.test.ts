import { type ElementId, type NodeData, type Snapshot, snapshotOf } from "@waggle/template";
import { expect, test } from "vitest";
import { keepEqualRows, outlineRows } from "./outline-rows.ts";
import { treeMove } from "./tree-keys.ts";

const moduleOf = (type: string, parent: string, properties: NodeData = {}): NodeData => ({
  type: "module",
  pos: [parent, "a0"],
  "/type": `mailup-bee-newsletter-modules-${type}`,
  ...properties,
});

function template(): Snapshot {
  const nodes: readonly (readonly [ElementId, NodeData])[] = [
    ["intro", { type: "row", pos: ["root", "a0"] }],
    ["intro-column", { type: "column", pos: ["intro", "a0"] }],
    ["title", moduleOf("heading", "intro-column", { "/descriptor/heading/text": "Night <b>trains</b>" })],
    ["trips", { type: "row", pos: ["root", "a1"] }],
    ["left", { type: "column", pos: ["trips", "a0"] }],
    ["picture", moduleOf("image", "left", { "/descriptor/image/alt": "A ferry" })],
    ["right", { type: "column", pos: ["trips", "a1"] }],
    ["divider", moduleOf("divider", "right")],
    ["named", { type: "row", pos: ["root", "a2"], "/name": "Legal" }],
  ];
  return snapshotOf(nodes);
}

const linesOf = (options: { collapsed?: ReadonlySet<string>; find?: string } = {}) =>
  outlineRows(template(), { collapsed: new Set(), find: "", ...options });

test("elements are called by their text, their picture or their kind; the only column of a row is left out", () => {
  expect(linesOf().map(({ depth, name }) => `${"  ".repeat(depth)}${name}`)).toEqual([
    "Night trains",
    "  Night trains",
    "A ferry, 2 columns",
    "  Column 1",
    "    A ferry",
    "  Column 2",
    "    Divider",
    "Legal",
  ]);
});

test("what is folded away is not there, but is found", () => {
  const collapsed = new Set(["trips"]);
  expect(linesOf({ collapsed }).map(({ id }) => id)).toEqual(["intro", "title", "trips", "named"]);
  expect(linesOf({ collapsed, find: "divider" }).map(({ id }) => id)).toEqual(["trips", "right", "divider"]);
});

test("rows that say the same keep their identity", () => {
  const before = linesOf();
  const after = keepEqualRows(before, linesOf({ collapsed: new Set(["trips"]) }));
  expect(after.map((row) => before.includes(row))).toEqual([true, true, false, true]);
});

test("arrows walk, open and close as in any tree", () => {
  const rows = linesOf();
  expect(treeMove("ArrowDown", { rows, active: "title" })).toEqual({ focus: "trips" });
  expect(treeMove("ArrowLeft", { rows, active: "divider" })).toEqual({ focus: "right" });
  expect(treeMove("ArrowLeft", { rows, active: "trips" })).toEqual({ toggle: "trips" });
  expect(treeMove("ArrowRight", { rows, active: "trips" })).toEqual({ focus: "left" });
  expect(treeMove("End", { rows, active: "intro" })).toEqual({ focus: "named" });
  expect(treeMove("a", { rows, active: "intro" })).toBeUndefined();
});
