import { countingIds, forEachSeed, type Random, randomChange, randomDocument } from "@waggle/testing";
import { expect, test } from "vitest";
import type { NodeData } from "../document/node.ts";
import { applyChange, canonicalJson, isVisible, type Snapshot, snapshotOf, walk } from "../document/snapshot.ts";
import { equalValues, type Value } from "../document/value.ts";
import { Draft } from "../draft/draft.ts";
import { diff, isTextCell, purges } from "./algebra.ts";
import { rebase } from "./rebase.ts";
import type { ChangeSet, Conflict } from "./types.ts";

interface SideBySide {
  readonly base: Snapshot;
  readonly mine: ChangeSet;
  readonly theirs: ChangeSet;
}

/** Few modules, so that the two often meet. */
function sideBySide(random: Random): SideBySide {
  const newId = countingIds();
  const base = randomDocument(random, { modules: random.pick([3, 6, 12]) });
  const mine = random.chance(0.1) ? purgeOfOne(random, base) : randomChange(base, { random, newId });
  return { base, mine, theirs: randomChange(base, { random, newId }) };
}

function purgeOfOne(random: Random, base: Snapshot): ChangeSet {
  const gone = random.pick([...walk(base)].filter(({ kind }) => kind === "module"));
  return diff(base, snapshotOf([...base.nodes.entries()].filter(([id]) => id !== gone.id)));
}

/** Keys where both wrote different values, other than two edits of one text. */
function clashes({ base, mine, theirs }: SideBySide): string[] {
  const [mineAfter, theirsAfter] = [applyChange(base, mine), applyChange(base, theirs)];
  return Object.keys(mine).flatMap((id) =>
    Object.keys(mine[id] ?? {}).filter((key) => {
      const [left, right] = [mine[id]?.[key], theirs[id]?.[key]];
      // A purge takes the element as a whole and is reported as a whole.
      if (!left || !right || purges(mine[id]) || (isTextCell(left) && isTextCell(right))) return false;
      return !equalValues(mineAfter.nodes.get(id)?.[key], theirsAfter.nodes.get(id)?.[key]);
    }),
  );
}

const isStructural = (conflict: Conflict): boolean => !["same-key", "superseded", "text-mixed"].includes(conflict.kind);

test("independent changes rebase both ways to one document, edits of the same text included", () => {
  forEachSeed({ count: 2000, atLeast: { independent: 0.3, "one text": 0.02 } }, (random, tally) => {
    const { base, mine, theirs } = sideBySide(random);
    const mineAfter = rebase(mine, theirs, { wins: true, base });
    const theirsAfter = rebase(theirs, mine, { wins: false, base });
    const conflicts = [...mineAfter.conflicts, ...theirsAfter.conflicts];
    if (conflicts.some((conflict) => conflict.kind !== "text-mixed")) return;
    tally.count("independent");
    const texts = Object.keys(mine).filter((id) => Object.keys(mine[id] ?? {}).some((key) => theirs[id]?.[key]));
    if (texts.length > 0) tally.count("one text");
    const left = applyChange(applyChange(base, theirs), mineAfter.change);
    const right = applyChange(applyChange(base, mine), theirsAfter.change);
    expect(canonicalJson(left)).toBe(canonicalJson(right));
  });
});

test("a rebased change always applies, and plain clashes have one winner whichever way it goes", () => {
  forEachSeed({ count: 2000, atLeast: { "a clash": 0.02, structural: 0.01 } }, (random, tally) => {
    const { base, mine, theirs } = sideBySide(random);
    const mineAfter = rebase(mine, theirs, { wins: true, base });
    const theirsAfter = rebase(theirs, mine, { wins: false, base });
    const left = applyChange(applyChange(base, theirs), mineAfter.change);
    const right = applyChange(applyChange(base, mine), theirsAfter.change);
    const conflicts = [...mineAfter.conflicts, ...theirsAfter.conflicts];
    if (conflicts.length === 0) return;
    tally.count(conflicts.some(isStructural) ? "structural" : "a clash");
    if (!conflicts.some(isStructural)) expect(canonicalJson(left)).toBe(canonicalJson(right));
  });
});

test("different values of one key are always reported, with both values", () => {
  forEachSeed({ count: 2000, atLeast: { "a clash": 0.02 } }, (random, tally) => {
    const made = sideBySide(random);
    const { conflicts } = rebase(made.mine, made.theirs, { wins: random.chance(0.5), base: made.base });
    for (const key of clashes(made)) {
      tally.count("a clash");
      expect(conflicts.map((conflict) => conflict.key)).toContain(key);
    }
  });
});

const row = { type: "row", pos: ["root", "a0"] } as const;
const oneColumn = (parent: string): NodeData => ({ type: "column", pos: [parent, "a0"], "/grid-columns": 12 });
const module = (parent: string, properties: NodeData = {}): NodeData => ({
  type: "module",
  pos: [parent, "a0"],
  ...properties,
});

/** Two rows with one column each: `row` holds `inner`, `other` holds `outer`. */
const twoRows = snapshotOf([
  ["row", row],
  ["column", oneColumn("row")],
  ["inner", module("column", { "/href": "old" })],
  ["other", { ...row, pos: ["root", "a1"] }],
  ["otherColumn", oneColumn("other")],
  ["outer", module("otherColumn")],
]);

function changeOf(edit: (draft: Draft) => void): ChangeSet {
  const draft = new Draft(twoRows);
  edit(draft);
  draft.validate();
  return draft.changeSet();
}

const removeRow = changeOf((draft) => draft.remove("row"));
const setHref = (value: Value): ChangeSet => changeOf((draft) => draft.set("inner", "/href", value));

test("a clash names both values, and the change goes over theirs when it wins", () => {
  const conflict = { elementId: "inner", key: "/href", mine: "mine", theirs: "theirs" };
  expect(rebase(setHref("mine"), setHref("theirs"), { wins: true })).toEqual({
    change: { inner: { "/href": { before: "theirs", after: "mine" } } },
    conflicts: [{ kind: "same-key", ...conflict }],
  });
  expect(rebase(setHref("mine"), setHref("theirs"), { wins: false })).toEqual({
    change: {},
    conflicts: [{ kind: "superseded", ...conflict }],
  });
  expect(rebase(setHref("same"), setHref("same"), { wins: false })).toEqual({ change: {}, conflicts: [] });
});

test("a row is not deleted over content that someone put anywhere inside it", () => {
  const options = { wins: false, base: twoRows };
  const kept = { change: {}, conflicts: [{ kind: "adopted", elementId: "row" }] };
  const movedIn = changeOf((draft) => draft.move("outer", { parent: "column", index: 0 }));
  const added = changeOf((draft) =>
    draft.create("new", { kind: "module", parent: "column", index: 0, properties: {} }),
  );
  expect(rebase(removeRow, setHref("theirs"), options)).toEqual(kept);
  expect(rebase(removeRow, movedIn, options)).toEqual(kept);
  expect(rebase(removeRow, added, options)).toEqual(kept);
});

test("of a deletion and a move of one element either may win", () => {
  const removed = changeOf((draft) => draft.remove("inner"));
  const moved = changeOf((draft) => draft.move("inner", { parent: "otherColumn", index: 0 }));
  const kinds = (change: ChangeSet, over: ChangeSet, wins: boolean): string[] => {
    const rebased = rebase(change, over, { wins });
    const after = applyChange(applyChange(twoRows, over), rebased.change);
    return [isVisible(after, "inner") ? "stays" : "goes", ...rebased.conflicts.map((conflict) => conflict.kind)];
  };
  expect(kinds(removed, moved, true)).toEqual(["goes", "same-key"]);
  expect(kinds(removed, moved, false)).toEqual(["stays", "superseded"]);
  expect(kinds(moved, removed, true)).toEqual(["stays", "same-key"]);
  expect(kinds(moved, removed, false)).toEqual(["goes", "gone"]);
  expect(kinds(removed, removed, false)).toEqual(["goes"]);
});

test("a winning deletion goes over their content and reports it", () => {
  expect(rebase(removeRow, setHref("theirs"), { wins: true, base: twoRows })).toEqual({
    change: removeRow,
    conflicts: [{ kind: "same-key", elementId: "row", key: "pos" }],
  });
});

test("what is put into something they deleted stays where it was, and what is made there is not made", () => {
  const options = { wins: true, base: twoRows };
  const moved = changeOf((draft) => draft.move("outer", { parent: "column", index: 0 }));
  const added = changeOf((draft) =>
    draft.create("new", { kind: "module", parent: "column", index: 0, properties: {} }),
  );
  expect(rebase(moved, removeRow, options)).toEqual({
    change: {},
    conflicts: [
      { kind: "parent-gone", elementId: "outer", key: "pos", mine: moved.outer?.pos && ["column", expect.any(String)] },
    ],
  });
  expect(rebase(added, removeRow, options).change).toEqual({});
});

test("an edit inside something they deleted goes along into the trash", () => {
  const rebased = rebase(setHref("mine"), removeRow, { wins: false, base: twoRows });
  expect(rebased).toEqual({ change: setHref("mine"), conflicts: [] });
});
