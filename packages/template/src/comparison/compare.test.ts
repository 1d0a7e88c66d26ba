import { countingIds, forEachSeed, randomChange, randomDocument } from "@waggle/testing";
import { describe, expect, test } from "vitest";
import { invert } from "../change-set/algebra.ts";
import { type NodeData, rootId, settingsId } from "../document/node.ts";
import { applyChange, type Snapshot, snapshotOf } from "../document/snapshot.ts";
import { Draft } from "../draft/draft.ts";
import { duplicateElement } from "../rearrange/duplicate.ts";
import { compareSnapshots } from "./compare.ts";
import { movedSiblings } from "./moved-siblings.ts";

const button = (parent: string, order: string): NodeData => ({
  type: "module",
  pos: [parent, order],
  "/type": "mailup-bee-newsletter-modules-button",
  "/descriptor/button/label": { rich: [["Buy"]] },
  "/descriptor/button/href": "https://example.com",
});

const snapshot = snapshotOf([
  [settingsId, { type: "settings", "/page/head/meta/subject": "Spring" }],
  ["first", { type: "row", pos: [rootId, "a0"] }],
  ["only", { type: "column", pos: ["first", "a0"], "/grid-columns": 12 }],
  ["one", button("only", "a0")],
  ["two", button("only", "a1")],
  ["second", { type: "row", pos: [rootId, "a1"] }],
  ["left", { type: "column", pos: ["second", "a0"], "/grid-columns": 6 }],
  ["right", { type: "column", pos: ["second", "a1"], "/grid-columns": 6 }],
  ["three", button("right", "a0")],
]);

function edited(edit: (draft: Draft) => void): Snapshot {
  const draft = new Draft(snapshot);
  edit(draft);
  return applyChange(snapshot, draft.changeSet());
}

const sentences = (before: Snapshot, now: Snapshot): string[] =>
  compareSnapshots(before, now).map(({ kind, sentence }) => `${kind}: ${sentence}`);

describe("what differs is said in a sentence", () => {
  test.each<[string, (draft: Draft) => void, string[]]>([
    ["nothing", () => {}, []],
    [
      "a text",
      (draft) => draft.set("three", "/descriptor/button/label", { rich: [["Order now"]] }),
      ["changed: Button text “Buy” → “Order now” in row 2, column 2"],
    ],
    [
      "a property",
      (draft) => draft.set("one", "/descriptor/button/href", "https://example.org"),
      ["changed: Button link https://example.com → https://example.org in row 1"],
    ],
    [
      "the settings",
      (draft) => draft.set(settingsId, "/page/head/meta/subject", "Summer"),
      ["changed: Email subject Spring → Summer"],
    ],
    [
      "a row's own property",
      (draft) => draft.set("second", "/container/style/background-color", "#fff"),
      ["changed: Row 2 fill set to #fff"],
    ],
    ["a module that came", (draft) => duplicateElement(draft, "one", countingIds()), ["added: Button added in row 1"]],
    [
      "a row that came, with what is in it",
      (draft) => duplicateElement(draft, "second", countingIds()),
      ["added: Row 3 added", "added: Button added in row 3, column 2"],
    ],
    ["a module that went", (draft) => draft.remove("three"), ["removed: Button removed from row 2, column 2"]],
    ["a row that went with all it held", (draft) => draft.remove("second"), ["removed: Row 2 removed"]],
    [
      "a module that moved to another column",
      (draft) => draft.move("one", { parent: "left", index: 0 }),
      ["moved: Button moved from row 1 to row 2, column 1"],
    ],
    [
      "a module that moved within its column",
      (draft) => draft.move("one", { parent: "only", index: 1 }),
      ["moved: Button moved within row 1"],
    ],
    [
      "a row that moved",
      (draft) => draft.move("second", { parent: rootId, index: 0 }),
      ["moved: Row moved from place 2 to 1"],
    ],
  ])("%s", (_title, edit, expected) => {
    expect(sentences(snapshot, edited(edit))).toEqual(expected);
  });

  test("moved and changed are two", () => {
    const both = edited((draft) => {
      draft.move("one", { parent: "left", index: 0 });
      draft.set("one", "/locked", true);
    });
    expect(compareSnapshots(snapshot, both)).toEqual([
      {
        kind: "moved",
        elementId: "one",
        element: "module",
        properties: [],
        sentence: "Button moved from row 1 to row 2, column 1",
      },
      {
        kind: "changed",
        elementId: "one",
        element: "module",
        properties: [{ key: "/locked", label: "locked", after: true }],
        sentence: "Button locked set to on in row 2, column 1",
      },
    ]);
  });
});

test("order keys are not looked at: another import of the same page differs in nothing", () => {
  const renamed = [...snapshot.nodes.entries()].map(([id, node]): [string, NodeData] => {
    const [parent, order] = (node.pos ?? []) as [string, string];
    return [id, parent === undefined ? node : { ...node, pos: [parent, `b${order}`] }];
  });
  expect(compareSnapshots(snapshot, snapshotOf(renamed))).toEqual([]);
});

test("the fewest siblings are said to have moved", () => {
  const list = (ids: string): string[] => [...ids];
  expect([...movedSiblings(list("abcdef"), list("bcdefa"))]).toEqual(["a"]);
  expect([...movedSiblings(list("abcdef"), list("fabcde"))]).toEqual(["f"]);
  expect([...movedSiblings(list("abcdef"), list("fedcba"))]).toHaveLength(5);
  expect([...movedSiblings(list("abc"), list("xcya"))]).toHaveLength(1);
});

test("what comes forward goes back: added and removed change places, and equal snapshots differ in nothing", () => {
  forEachSeed({ count: 200, atLeast: { differs: 0.9 } }, (random, tally) => {
    const before = randomDocument(random, { modules: 12 });
    const change = randomChange(before, { random, newId: countingIds() });
    const now = applyChange(before, change);
    const forth = compareSnapshots(before, now);
    const back = compareSnapshots(now, before);
    if (forth.length > 0) tally.count("differs");
    const ids = (list: typeof forth, kind: string): string[] =>
      list
        .filter((each) => each.kind === kind)
        .map(({ elementId }) => elementId)
        .sort();
    const isChanged = (kind: string): void => expect(ids(back, kind)).toEqual(ids(forth, kind));
    isChanged("changed");
    // Rows that come whole name the modules in them; rows that go don't.
    for (const id of ids(forth, "removed")) expect(ids(back, "added")).toContain(id);
    expect(compareSnapshots(now, applyChange(applyChange(now, invert(change)), change))).toEqual([]);
  });
});
