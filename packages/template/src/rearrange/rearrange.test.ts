import { countingIds, forEachSeed, type Random, randomDocument } from "@waggle/testing";
import { describe, expect, test } from "vitest";
import { gridColumnsKey, gridColumnsOf } from "../document/grid.ts";
import { type ElementId, kindOf, type NodeData, parentOf, rootId } from "../document/node.ts";
import { applyChange, childrenOf, type Snapshot, snapshotOf, walk } from "../document/snapshot.ts";
import { Draft } from "../draft/draft.ts";
import { changeColumns } from "./column-structure.ts";
import { columnsIn, shareWidth } from "./column-widths.ts";
import { duplicateElement } from "./duplicate.ts";
import { moveElement } from "./move.ts";
import { wrapInRow } from "./wrap.ts";

const module = (parent: string, order: string): NodeData => ({ type: "module", pos: [parent, order], "/uuid": "?" });

/** `single` holds one, two and three; `pair` holds four in its left column and five in its right one. */
const snapshot = snapshotOf([
  ["single", { type: "row", pos: [rootId, "a0"], "/container/style/background-color": "#fff" }],
  ["only", { type: "column", pos: ["single", "a0"], [gridColumnsKey]: 12, "/style/padding-top": "9px" }],
  ["one", module("only", "a0")],
  ["two", module("only", "a1")],
  ["three", module("only", "a2")],
  ["pair", { type: "row", pos: [rootId, "a1"] }],
  ["left", { type: "column", pos: ["pair", "a0"], [gridColumnsKey]: 8 }],
  ["right", { type: "column", pos: ["pair", "a1"], [gridColumnsKey]: 4 }],
  ["four", module("left", "a0")],
  ["five", module("right", "a0")],
]);

/** Each row as a list of columns, each a width and its modules. */
function shapeOf(after: Snapshot): unknown[] {
  return childrenOf(after, rootId).map((row) =>
    childrenOf(after, row).map((column) => [after.nodes.get(column)?.[gridColumnsKey], ...childrenOf(after, column)]),
  );
}

function edited(edit: (draft: Draft) => void, base: Snapshot = snapshot): Snapshot {
  const draft = new Draft(base);
  edit(draft);
  draft.validate();
  return applyChange(base, draft.changeSet());
}

const newIds = (): (() => string) => {
  let count = 0;
  return () => `new${++count}`;
};

const refusal = (words: string) =>
  expect.objectContaining({ code: "INVALID_CHANGE", message: expect.stringContaining(words) });

describe("duplicate", () => {
  test("a module's copy stands right behind it", () => {
    expect(shapeOf(edited((draft) => duplicateElement(draft, "one", newIds())))[0]).toEqual([
      [12, "one", "new1", "two", "three"],
    ]);
  });

  test("a column's copy takes its share of the row", () => {
    const after = edited((draft) => duplicateElement(draft, "left", newIds()));
    expect(shapeOf(after)[1]).toEqual([
      [5, "four"],
      [5, "new2"],
      [2, "five"],
    ]);
  });

  test("a row's copy holds copies of all, each with its own uuid", () => {
    const after = edited((draft) => duplicateElement(draft, "pair", newIds()));
    expect(shapeOf(after)[2]).toEqual([
      [8, "new3"],
      [4, "new5"],
    ]);
    for (const id of ["new1", "new2", "new3", "new4", "new5"]) expect(after.nodes.get(id)?.["/uuid"]).toBe(id);
  });

  test("the settings, and a column in a row of twelve, are refused", () => {
    expect(() => duplicateElement(new Draft(snapshot), "settings", newIds())).toThrow(refusal("settings"));
    const draft = new Draft(snapshot);
    const newId = newIds();
    for (let columns = 2; columns < 12; columns += 1) duplicateElement(draft, "left", newId);
    expect(() => duplicateElement(draft, "left", newId)).toThrow(refusal("12 columns already"));
  });
});

describe("move", () => {
  test("columns share the width on both sides", () => {
    expect(shapeOf(edited((draft) => moveElement(draft, "right", { parent: "single", index: 0 })))).toEqual([
      [
        [3, "five"],
        [9, "one", "two", "three"],
      ],
      [[12, "four"]],
    ]);
  });

  test("a row that is left without columns goes", () => {
    const after = edited((draft) => moveElement(draft, "only", { parent: "pair", index: 9 }));
    expect(shapeOf(after)).toEqual([
      [
        [4, "four"],
        [2, "five"],
        [6, "one", "two", "three"],
      ],
    ]);
  });

  test("a place that is not there is refused", () => {
    expect(() => moveElement(new Draft(snapshot), "one", { parent: "nowhere", index: 0 })).toThrow("nowhere");
    expect(() => edited((draft) => moveElement(draft, "one", { parent: "pair", index: 0 }))).toThrow(
      refusal("Rows hold columns"),
    );
  });
});

describe("wrap", () => {
  test("a module in the middle of a column splits its row in three that look alike", () => {
    const after = edited((draft) => wrapInRow(draft, "two", newIds()));
    expect(shapeOf(after).slice(0, 3)).toEqual([[[12, "one"]], [[12, "two"]], [[12, "three"]]]);
    const look = childrenOf(after, rootId)
      .slice(0, 3)
      .map((row) => [
        after.nodes.get(row)?.["/container/style/background-color"],
        after.nodes.get(childrenOf(after, row)[0] ?? "")?.["/style/padding-top"],
      ]);
    expect(look).toEqual(Array(3).fill(["#fff", "9px"]));
  });

  test("the first module keeps the row, and its id is answered", () => {
    const draft = new Draft(snapshot);
    expect(wrapInRow(draft, "one", newIds())).toBe("single");
    expect(columnsIn(draft, "single").map((column) => draft.children(column))).toEqual([["one"]]);
  });

  test("a module of several columns comes into a row right below", () => {
    expect(shapeOf(edited((draft) => wrapInRow(draft, "four", newIds()))).slice(1)).toEqual([
      [[8], [4, "five"]],
      [[12, "four"]],
    ]);
  });

  test("a column becomes a row, and the others take its width", () => {
    expect(shapeOf(edited((draft) => wrapInRow(draft, "left", newIds()))).slice(1)).toEqual([
      [[12, "five"]],
      [[12, "four"]],
    ]);
  });

  test("the new rows are no further places of the saved row that the first one is", () => {
    const saved = { "/synced": true, "/metadata/guid": "g7", "/metadata/uid": "u1", "/metadata": {}, "/metadata2": 1 };
    const nodes = [...snapshot.nodes.entries()].map(([id, node]): [string, NodeData] =>
      kindOf(node) === "row" ? [id, { ...node, ...saved }] : [id, node],
    );
    const synced = snapshotOf(nodes);
    for (const wrapped of ["two", "four", "left"]) {
      const after = edited((draft) => wrapInRow(draft, wrapped, newIds()), synced);
      const added = childrenOf(after, rootId).filter((id) => id.startsWith("new"));
      expect(added.length).toBeGreaterThan(0);
      for (const id of added) {
        const keys = Object.keys(after.nodes.get(id) ?? {}).filter((key) => key.startsWith("/metadata"));
        expect([keys, after.nodes.get(id)?.["/synced"]]).toEqual([["/metadata2"], false]);
      }
      expect(after.nodes.get("single")).toMatchObject(saved);
    }
    expect(edited((draft) => duplicateElement(draft, "single", newIds()), synced).nodes.get("new1")).toMatchObject(
      saved,
    );
  });

  test("what is alone already, and rows, are refused", () => {
    expect(() => wrapInRow(new Draft(snapshot), "only", newIds())).toThrow(refusal("to itself already"));
    expect(() => wrapInRow(new Draft(snapshot), "pair", newIds())).toThrow(refusal("nothing holds a row"));
  });
});

describe("change columns", () => {
  test("more columns: the new ones are empty and look like the last", () => {
    const after = edited((draft) => changeColumns(draft, "single", { widths: [4, 4, 4], newId: newIds() }));
    expect(shapeOf(after)[0]).toEqual([[4, "one", "two", "three"], [4], [4]]);
    expect(after.nodes.get("new2")?.["/style/padding-top"]).toBe("9px");
  });

  test("fewer columns: no module is lost", () => {
    const after = edited((draft) => changeColumns(draft, "pair", { widths: [12], newId: newIds() }));
    expect(shapeOf(after)[1]).toEqual([[12, "four", "five"]]);
  });

  test.each([[[]], [[6, 5]], [[12, 0]], [[6.5, 5.5]]])("widths of %j are refused", (widths) => {
    expect(() => changeColumns(new Draft(snapshot), "pair", { widths, newId: newIds() })).toThrow(refusal("sum to 12"));
  });
});

test("a row that came with more than 12 columns is refused with a way out, and changing its columns is one", () => {
  const columns = Array.from({ length: 14 }, (_, at): [string, NodeData] => [
    `column${at}`,
    { type: "column", pos: ["pair", `b${String.fromCharCode(65 + at)}`] },
  ]);
  const crowded = snapshotOf([...snapshot.nodes.entries(), ...columns]);
  const wayOut = refusal("at most 12 columns fit. Give row pair 12 columns or fewer, or delete it");
  expect(() => moveElement(new Draft(crowded), "left", { parent: "single", index: 0 })).toThrow(wayOut);
  expect(() => wrapInRow(new Draft(crowded), "left", newIds())).toThrow(wayOut);
  const rest = columns.map(([id]) => id);
  expect(() => shareWidth(new Draft(crowded), rest)).toThrow(wayOut);
  expect(shareWidth(new Draft(crowded), rest.slice(2))).toHaveLength(12);
  const mended = edited((draft) => changeColumns(draft, "pair", { widths: [6, 6], newId: newIds() }), crowded);
  expect(widthOf(mended, "pair")).toBe(12);
});

test("whatever is rearranged in whatever order, rows stay whole and no module is lost", () => {
  forEachSeed({ count: 300, atLeast: { rearranged: 0.9 } }, (random, tally) => {
    const base = randomDocument(random, { modules: 12 });
    const draft = new Draft(base);
    const newId = countingIds();
    const modulesBefore = modulesOf(base);
    for (let step = 0; step < 6; step += 1) if (tryStep(draft, random, newId)) tally.count("rearranged");
    draft.validate();
    const after = applyChange(base, draft.changeSet());
    expect(modulesBefore.filter((id) => !modulesOf(after).includes(id))).toEqual([]);
    for (const row of childrenOf(after, rootId)) expect([row, widthOf(after, row)]).toEqual([row, 12]);
  });
});

const widthOf = (snapshot: Snapshot, row: ElementId): number =>
  gridColumnsOf(
    childrenOf(snapshot, row)
      .map((id) => snapshot.nodes.get(id))
      .filter((column) => column !== undefined),
  ).reduce((sum, width) => sum + width, 0);

const modulesOf = (snapshot: Snapshot): ElementId[] =>
  [...walk(snapshot)].filter(({ kind }) => kind === "module").map(({ id }) => id);

function tryStep(draft: Draft, random: Random, newId: () => string): boolean {
  const rows = draft.children(rootId);
  const row = random.pick(rows);
  const column = random.pick(columnsIn(draft, row));
  const module = draft.children(column)[0] ?? column;
  const widths = random.pick([[12], [6, 6], [3, 4, 5], [2, 2, 2, 6]]);
  const steps = [
    () => duplicateElement(draft, random.pick([row, column, module]), newId),
    () => moveElement(draft, column, { parent: random.pick(rows), index: 0 }),
    () => wrapInRow(draft, random.pick([column, module]), newId),
    () => changeColumns(draft, row, { widths, newId }),
    () => moveElement(draft, row, { parent: rootId, index: random.below(rows.length) }),
  ];
  try {
    random.pick(steps)();
    return true;
  } catch (error) {
    expect(error).toEqual(expect.objectContaining({ code: "INVALID_CHANGE" }));
    return false;
  }
}

test("what a copy holds is equal to what was copied, ids aside", () => {
  forEachSeed({ count: 100, atLeast: { "modules inside": 0.5 } }, (random, tally) => {
    const base = randomDocument(random, { modules: 8 });
    const draft = new Draft(base);
    const row = random.pick(draft.children(rootId));
    if (columnsIn(draft, row).some((column) => draft.children(column).length > 0)) tally.count("modules inside");
    const copy = duplicateElement(draft, row, countingIds());
    expect(contentOf(draft, copy)).toEqual(contentOf(draft, row));
  });
});

function contentOf(draft: Draft, id: ElementId): unknown {
  const { pos: _pos, "/uuid": _uuid, ...own } = draft.require(id);
  return [kindOf(own), own, ...draft.children(id).map((child) => contentOf(draft, child))];
}

test("a module keeps its parent's kind wherever it goes", () => {
  const after = edited((draft) => moveElement(draft, "five", { parent: "only", index: 1 }));
  expect(parentOf(after.nodes.get("five") ?? { type: "module" })).toBe("only");
  expect(shapeOf(after)).toEqual([[[12, "one", "five", "two", "three"]], [[8, "four"], [4]]]);
});
