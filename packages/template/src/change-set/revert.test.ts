import type { Actor } from "@waggle/contract";
import {
  agents,
  compareToVerdict,
  countingIds,
  forEachSeed,
  type History,
  type HistoryShape,
  judgeWithout,
  people,
  type Random,
  randomChange,
  randomHistory,
  type Tally,
} from "@waggle/testing";
import { expect, test } from "vitest";
import { fillsRow } from "../document/grid.ts";
import { type ElementId, kindOf, type NodeData, settingsId } from "../document/node.ts";
import { applyChange, canonicalJson, childrenOf, isVisible, type Snapshot, walk } from "../document/snapshot.ts";
import { equalValues, isRichText } from "../document/value.ts";
import { isEmpty, isTextCell } from "./algebra.ts";
import { type LogEntry, type RevertPlan, revert } from "./revert.ts";
import type { ChangeSet } from "./types.ts";

const scout = agents[0] as Actor;
const maya = people[0] as Actor;
const byScout = (entry: LogEntry): boolean => entry.actor.id === scout.id;

const shapes = {
  "in step": { modules: 15, entries: 50, lag: 0 },
  "late and concurrent": { modules: 15, entries: 50, lag: 8 },
  "crowded into few modules": { modules: 5, entries: 50, lag: 8 },
  "without new elements": { modules: 15, entries: 50, lag: 8, mayCreate: false },
  "with the trash emptied": { modules: 8, entries: 60, lag: 8, purges: true },
} satisfies Record<string, HistoryShape>;

interface RevertRun {
  readonly history: History;
  /** The log and the document before the revert. */
  readonly log: readonly LogEntry[];
  readonly before: Snapshot;
  readonly plan: RevertPlan;
}

function revertIn(history: History, pick: (entry: LogEntry) => boolean): RevertRun {
  const [log, before] = [[...history.log], history.now];
  const plan = revert(log, before, { pick });
  history.append(maya, plan.change, plan.excluded);
  return { history, log, before, plan };
}

/** Nothing differs from the judge but what was reported, and nothing others wrote is lost. */
function expectJudged({ history, log, before, plan }: RevertRun, tally: Tally): void {
  const verdict = { start: history.start, log, excluded: new Set(plan.excluded) };
  const { wrong, isReported, texts } = compareToVerdict({
    before,
    after: history.now,
    conflicts: plan.conflicts,
    left: judgeWithout({ ...verdict, side: "left" }),
    right: judgeWithout({ ...verdict, side: "right" }),
  });
  tally.count(isReported ? "a report" : "no report");
  tally.count("a compared text", texts);
  tally.count("an edited list or table", log.flatMap(({ change }) => structuresIn(change)).length);
  expect(wrong).toEqual([]);
}

/** Edits of texts that are lists or tables. */
function structuresIn(change: ChangeSet): string[] {
  const cells = Object.values(change).flatMap((nodeChange) => Object.entries(nodeChange));
  return cells.flatMap(([key, cell]) => (isTextCell(cell) && /\/(?:list|table)\//.test(key) ? [key] : []));
}

/** Values last written by someone whose entries stay, other than places and texts (the judge sees to those). */
function valuesOfOthers({ log, before, plan }: RevertRun): (readonly [ElementId, string])[] {
  const writers = new Map<string, number>();
  for (const entry of log) {
    for (const [id, change] of Object.entries(entry.change)) {
      for (const key of Object.keys(change)) writers.set(JSON.stringify([id, key]), entry.revision);
    }
  }
  return [...writers].flatMap(([written, revision]) => {
    const [id, key] = JSON.parse(written) as [ElementId, string];
    const value = before.nodes.get(id)?.[key];
    const isOthers = !plan.excluded.includes(revision) && key.startsWith("/");
    return isOthers && value !== undefined && !isRichText(value) ? [[id, key] as const] : [];
  });
}

/** Deleted ones too: a revert may bring them back. */
function invalidRows(snapshot: Snapshot): ElementId[] {
  const columnsOf = (row: ElementId): NodeData[] =>
    childrenOf(snapshot, row).flatMap((id) => {
      const column = snapshot.nodes.get(id);
      return column ? [column] : [];
    });
  const rows = [...snapshot.nodes.entries()].filter(([, node]) => kindOf(node) === "row");
  return rows.map(([id]) => id).filter((id) => !fillsRow(columnsOf(id)));
}

for (const [name, shape] of Object.entries(shapes)) {
  test(`reverting an agent's work equals its never having been done, but for what is reported: ${name}`, () => {
    const atLeast = {
      "a report": 0.1,
      "no report": 0.05,
      "a compared text": 3,
      "a value of others": 5,
      "an edited list or table": 3,
    };
    forEachSeed({ count: 150, atLeast }, (random, tally) => {
      const run = revertIn(randomHistory(random, shape), byScout);
      expectJudged(run, tally);
      const { before, history } = run;
      const values = valuesOfOthers(run);
      tally.count("a value of others", values.length);
      const isLost = ([id, key]: (typeof values)[number]): boolean =>
        !equalValues(history.now.nodes.get(id)?.[key], before.nodes.get(id)?.[key]) ||
        (isVisible(before, id) && !isVisible(history.now, id));
      expect(values.filter(isLost)).toEqual([]);
      const broken = invalidRows(before);
      expect(invalidRows(history.now).filter((row) => !broken.includes(row))).toEqual([]);
      expect(isEmpty(revert(history.log, history.now, { pick: byScout }).change)).toBe(true);
    });
  });
}

test("reverting a revert leads back to the exact document", () => {
  forEachSeed({ count: 150, atLeast: { exact: 0.9 } }, (random, tally) => {
    const { history, before, plan } = revertIn(randomHistory(random, shapes["late and concurrent"]), byScout);
    const { revision } = history.log.at(-1) ?? { revision: 0 };
    const back = revert(history.log, history.now, { pick: (entry) => entry.revision === revision });
    expect(back.excluded).toEqual([]);
    // Rows that concurrent edits had broken were made whole by the revert, and are not broken again.
    if (back.conflicts.some((conflict) => conflict.kind === "layout-kept")) return;
    if (!isEmpty(plan.change)) tally.count("exact");
    expect(canonicalJson(applyChange(history.now, back.change))).toBe(canonicalJson(before));
  });
});

test("a revert of a revert, after others worked on, equals the whole log played", () => {
  forEachSeed({ count: 100, atLeast: { "no report": 0.2 } }, (random, tally) => {
    const { history } = revertIn(randomHistory(random, shapes["late and concurrent"]), byScout);
    const { revision } = history.log.at(-1) ?? { revision: 0 };
    workOn(random, history, people);
    expectJudged(
      revertIn(history, (entry) => entry.revision === revision),
      tally,
    );
  });
});

function workOn(random: Random, history: History, actors: readonly Actor[]): void {
  const newId = countingIds("later");
  for (let edits = 0; edits < 15; edits++) {
    history.append(random.pick(actors), randomChange(history.now, { random, newId }));
  }
}

test("reverting two agents one after the other equals reverting both at once", () => {
  forEachSeed({ count: 100, atLeast: { equal: 0.85 } }, (random, tally, seed) => {
    const both = randomHistory(random, shapes["late and concurrent"]);
    const now = both.now;
    const first = revertIn(copyOf(both), byScout);
    const second = revertIn(first.history, (entry) => entry.actor.id === "C");
    const atOnce = revert(both.log, now, { pick: (entry) => byScout(entry) || entry.actor.id === "C" });
    expect([seed, second.plan.excluded]).toEqual([seed, atOnce.excluded]);
    // What the first revert reported and kept can be what the second would have taken along.
    const isEqual = canonicalVisible(second.history.now) === canonicalVisible(applyChange(now, atOnce.change));
    if (isEqual) tally.count("equal");
    // What has lost its place stays where it is: where that is depends on what was taken back before.
    const hasLostPlace = second.plan.conflicts.some(({ kind }) => kind === "parent-gone");
    if (first.plan.conflicts.length === 0 && !hasLostPlace) expect(isEqual).toBe(true);
  });
});

function copyOf(history: History): History {
  const copy = new (history.constructor as new (start: Snapshot) => History)(history.start);
  for (const entry of history.log) copy.append(entry.actor, entry.change, entry.excluded);
  return copy;
}

function canonicalVisible(snapshot: Snapshot): string {
  return JSON.stringify([snapshot.nodes.get(settingsId), [...walk(snapshot)].map(({ id, node }) => [id, node])]);
}
