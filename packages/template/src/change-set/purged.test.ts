import { type Actor, serverActor } from "@waggle/contract";
import { agents, forEachSeed, History, people, type Random, randomHistory } from "@waggle/testing";
import { expect, test } from "vitest";
import { type ElementId, trashId } from "../document/node.ts";
import { applyChange, childrenOf, type Snapshot, walk } from "../document/snapshot.ts";
import { diff } from "./algebra.ts";
import { purgeOperation } from "./purged.ts";
import { type LogEntry, revert } from "./revert.ts";
import type { ChangeSet } from "./types.ts";

/** The same history twice: as it was, and with the server emptying the trash between and after. */
interface Twins {
  readonly kept: History;
  readonly purged: History;
  /** Revision in `kept` → in `purged`. */
  readonly revisions: ReadonlyMap<number, number>;
  readonly purges: number;
}

function twins(random: Random): Twins {
  const kept = randomHistory(random, { modules: 8, entries: 40, lag: 6 });
  const purged = new History(kept.start);
  const revisions = new Map<number, number>();
  let purges = 0;
  for (const [index, { actor, change, revision }] of kept.log.entries()) {
    revisions.set(revision, purged.append(actor, change).revision);
    if (random.chance(0.2)) purges += appendPurge(purged, kept.log.slice(index + 1));
  }
  purges += appendPurge(purged, []);
  return { kept, purged, revisions, purges };
}

/** Purges what nobody touches, or moves something into, later on. */
function appendPurge(history: History, later: readonly LogEntry[]): number {
  const text = JSON.stringify(later.map(({ change }) => change));
  const { now } = history;
  const roots = childrenOf(now, trashId).map((id) => withContent(now, id));
  const gone = roots.filter((ids) => ids.every((id) => !text.includes(`"${id}"`))).flat();
  if (gone.length === 0) return 0;
  const nodes = now.nodes.with(new Map(gone.map((id) => [id, undefined])));
  log(history, diff(now, { ...now, nodes }));
  return gone.length;
}

function log(history: History, change: ChangeSet): void {
  const entry = history.append(serverActor, change);
  history.log[history.log.length - 1] = { ...entry, operation: purgeOperation };
}

function withContent(snapshot: Snapshot, id: ElementId): ElementId[] {
  return [id, ...childrenOf(snapshot, id).flatMap((child) => withContent(snapshot, child))];
}

/** What people see, ids included. */
function visible(snapshot: Snapshot): string {
  return JSON.stringify([...walk(snapshot)].map(({ id, node }) => [id, sorted(node)]));
}

function sorted(node: object): [string, unknown][] {
  return Object.entries(node).sort(([one], [other]) => (one < other ? -1 : 1));
}

test("taking back anybody's work gives the same with the trash emptied, between and after", () => {
  forEachSeed({ count: 300, atLeast: { "a purge": 0.6, "something brought back": 0.4 } }, (random, tally) => {
    const { kept, purged, revisions, purges } = twins(random);
    if (purges > 0) tally.count("a purge");
    for (const { id } of [...agents, ...people]) {
      const pick = (entry: LogEntry): boolean => entry.actor.id === id;
      const [plain, through] = [kept, purged].map((history) => revert(history.log, history.now, { pick }));
      if (!plain || !through) throw new Error("Two histories make two plans.");
      if (Object.keys(through.change).some((each) => !purged.now.nodes.has(each)))
        tally.count("something brought back");
      expect(visible(applyChange(purged.now, through.change))).toBe(visible(applyChange(kept.now, plain.change)));
      expect(through.excluded).toEqual(plain.excluded.map((revision) => revisions.get(revision)));
      expect(through.conflicts).toEqual(plain.conflicts);
    }
  });
});

test("what was brought back can be deleted, purged and brought back again, by revert after revert", () => {
  forEachSeed({ count: 150, atLeast: { "a purge": 0.6, "a second purge": 0.3 } }, (random, tally) => {
    const { kept, purged, purges } = twins(random);
    if (purges > 0) tally.count("a purge");
    const [maya] = people as [Actor];
    const agent = random.pick(agents);
    let isOfAgent = (entry: LogEntry): boolean => entry.actor.id === agent.id;
    for (let round = 0; round < 3; round += 1) {
      const [first, second] = [kept, purged].map((history) => {
        const plan = revert(history.log, history.now, { pick: isOfAgent });
        return history.append(maya, plan.change, plan.excluded);
      });
      expect(visible(purged.now)).toBe(visible(kept.now));
      if (appendPurge(purged, []) > 0 && round > 0) tally.count("a second purge");
      isOfAgent = (entry) => entry === first || entry === second;
    }
  });
});
