import { forEachSeed, randomHistory } from "@waggle/testing";
import { expect, test } from "vitest";
import { settingsId } from "../document/node.ts";
import { applyChange, canonicalJson, isVisible, type Snapshot, walk } from "../document/snapshot.ts";
import { invert, isEmpty, purges } from "./algebra.ts";
import { restore } from "./restore.ts";

function visible(snapshot: Snapshot): unknown {
  return [snapshot.nodes.get(settingsId), [...walk(snapshot)].map(({ id, node }) => [id, node])];
}

const shape = { modules: 10, entries: 30, lag: 6 };

test("a restored document looks exactly like its target; the inverse is the exact redo", () => {
  forEachSeed({ count: 150, atLeast: { "a new element to trash": 0.8 } }, (random, tally) => {
    const history = randomHistory(random, shape);
    const [start, now] = [history.start, history.now];
    const change = restore(now, start);
    const restored = applyChange(now, change);
    expect(visible(restored)).toEqual(visible(start));
    expect(canonicalJson(applyChange(restored, invert(change)))).toBe(canonicalJson(now));
    expect(Object.values(change).filter(purges)).toEqual([]);
    const made = [...now.nodes.entries()].filter(([id]) => !start.nodes.has(id) && isVisible(now, id));
    if (made.length > 0) tally.count("a new element to trash");
  });
});

test("restoring forwards and back again changes nothing that can be seen", () => {
  forEachSeed({ count: 80, atLeast: {} }, (random) => {
    const history = randomHistory(random, shape);
    const back = applyChange(history.now, restore(history.now, history.start));
    const forth = applyChange(back, restore(back, history.now));
    expect(visible(forth)).toEqual(visible(history.now));
    expect(isEmpty(restore(forth, history.now))).toBe(true);
  });
});

test("what was purged since is created again, and nothing is left without a parent", () => {
  forEachSeed({ count: 150, atLeast: { "a purged element": 0.3 } }, (random, tally) => {
    const history = randomHistory(random, { ...shape, entries: 40, purges: true });
    const middle = history.after(15);
    const restored = applyChange(history.now, restore(history.now, middle));
    expect(visible(restored)).toEqual(visible(middle));
    const isPurged = [...walk(middle)].some(({ id }) => !history.now.nodes.has(id));
    if (isPurged) tally.count("a purged element");
    expect(orphans(restored).filter((id) => !orphans(middle).includes(id))).toEqual([]);
  });
});

function orphans(snapshot: Snapshot): string[] {
  const parents = new Set(["root", "trash", ...[...snapshot.nodes.entries()].map(([id]) => id)]);
  return [...snapshot.children.entries()].flatMap(([parent, ids]) => (parents.has(parent) ? [] : ids));
}
