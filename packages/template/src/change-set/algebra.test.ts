import { countingIds, forEachSeed, type Random, randomChange, randomDocument } from "@waggle/testing";
import { expect, test } from "vitest";
import { applyChange, canonicalJson, emptySnapshot, type Snapshot } from "../document/snapshot.ts";
import { cellBetween, compose, diff, invert, isEmpty, isTextCell } from "./algebra.ts";
import type { ChangeSet } from "./types.ts";

const count = 1000;

interface TwoChanges {
  readonly first: ChangeSet;
  readonly second: ChangeSet;
  readonly start: Snapshot;
  readonly middle: Snapshot;
  readonly end: Snapshot;
}

function twoChanges(random: Random): TwoChanges {
  const newId = countingIds();
  const start = randomDocument(random, { modules: random.between(5, 15) });
  const first = randomChange(start, { random, newId });
  const middle = applyChange(start, first);
  const second = randomChange(middle, { random, newId });
  return { first, second, start, middle, end: applyChange(middle, second) };
}

function kindsIn(change: ChangeSet): string[] {
  const cells = Object.values(change).flatMap((node) => Object.entries(node));
  return cells.map(([key, cell]) => (isTextCell(cell) ? "text" : key.startsWith("/") ? "value" : key));
}

test("a change and its inverse lead back to the exact document", () => {
  const atLeast = { text: 0.2, value: 0.3, pos: 0.2, type: 0.1 };
  forEachSeed({ count, atLeast }, (random, tally) => {
    const { first, start, middle } = twoChanges(random);
    for (const kind of new Set(kindsIn(first))) tally.count(kind);
    expect(canonicalJson(applyChange(middle, invert(first)))).toBe(canonicalJson(start));
    expect(canonicalJson(middle)).not.toBe(canonicalJson(start));
  });
});

test("a composed change does what the two do one after the other, and so does its inverse", () => {
  forEachSeed({ count, atLeast: { "a shared element": 0.1 } }, (random, tally) => {
    const { first, second, start, end } = twoChanges(random);
    if (Object.keys(first).some((id) => second[id])) tally.count("a shared element");
    const both = compose(first, second);
    expect(canonicalJson(applyChange(start, both))).toBe(canonicalJson(end));
    expect(canonicalJson(applyChange(end, invert(both)))).toBe(canonicalJson(start));
    expect(isEmpty(compose(both, invert(both)))).toBe(true);
  });
});

test("a diff leads from one snapshot to the other, purges and creations included", () => {
  forEachSeed({ count, atLeast: { "a change": 1 } }, (random, tally) => {
    const { start, end } = twoChanges(random);
    if (!isEmpty(diff(start, end))) tally.count("a change");
    expect(canonicalJson(applyChange(start, diff(start, end)))).toBe(canonicalJson(end));
    expect(canonicalJson(applyChange(end, diff(end, start)))).toBe(canonicalJson(start));
    expect(canonicalJson(applyChange(start, diff(start, emptySnapshot)))).toBe(canonicalJson(emptySnapshot));
    expect(isEmpty(diff(start, start))).toBe(true);
  });
});

test("a change is the same after a trip through JSON", () => {
  forEachSeed({ count: count / 3, atLeast: {} }, (random) => {
    const { first, start, middle } = twoChanges(random);
    const copy: ChangeSet = JSON.parse(JSON.stringify(first));
    expect(copy).toEqual(first);
    expect(canonicalJson(applyChange(start, copy))).toBe(canonicalJson(middle));
  });
});

test("texts of the same source give a delta, of another source a value", () => {
  const before = { rich: [["Buy"]], html: "<p>Buy</p>" } as const;
  const edited = { ...before, rich: [["Buy now"]] } as const;
  const replaced = { rich: [["Buy now"]], html: "<p>Buy now</p>" } as const;
  expect(cellBetween(before, edited)).toEqual({ text: [{ keep: 3 }, { insert: " now" }] });
  expect(cellBetween(before, replaced)).toEqual({ before, after: replaced });
  expect(cellBetween(before, "<p>Buy now</p>")).toEqual({ before, after: "<p>Buy now</p>" });
  expect(cellBetween(before, { ...before })).toBeUndefined();
});
