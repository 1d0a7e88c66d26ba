import type { Actor, EntryFrame } from "@waggle/contract";
import {
  applyChange,
  type ChangeSet,
  compose,
  Draft,
  emptySnapshot,
  type Snapshot,
  settingsId,
} from "@waggle/template";
import { expect, test } from "vitest";
import { Authorship } from "./authorship.ts";

const scout: Actor = { kind: "agent", id: "a1", name: "Scout" };
const lumen: Actor = { kind: "agent", id: "a2", name: "Lumen" };

function settingTitle(before: Snapshot, title: string): ChangeSet {
  const draft = new Draft(before);
  draft.set(settingsId, "/page/title", title);
  return draft.changeSet();
}

function entry(revision: number, actor: Actor, changeSet: ChangeSet): EntryFrame {
  return { frame: "entry", revision, actor, operation: `edit_${revision}`, changeSet, at: revision * 10 };
}

const first = settingTitle(emptySnapshot, "One");
const afterFirst = applyChange(emptySnapshot, first);
const second = settingTitle(afterFirst, "Two");
const afterSecond = applyChange(afterFirst, second);
const both = { change: compose(first, second), before: emptySnapshot, after: afterSecond };

test("[SYN-1] the entry told last explains the next update, and only that", () => {
  const authorship = new Authorship();
  authorship.told(entry(1, scout, first));
  const seen = { change: first, before: emptySnapshot, after: afterFirst };

  const [made, ...others] = authorship.explain(seen, 99);
  authorship.updateApplied({ isSynced: true });
  const [unexplained] = authorship.explain(seen, 99);

  expect(made).toEqual({ ...seen, actor: scout, operation: "edit_1", at: 10 });
  expect(others).toEqual([]);
  expect(unexplained).toMatchObject({ actor: { kind: "server" }, operation: "sync", at: 99 });
});

test("[SYN-1] an entry whose update changed nothing explains nothing else", () => {
  const authorship = new Authorship();
  authorship.told(entry(1, scout, {}));
  authorship.updateApplied({ isSynced: true });

  const [made] = authorship.explain(both, 99);

  expect(made?.actor.kind).toBe("server");
});

test("[SYN-2] entries that were missed are told one by one", () => {
  const authorship = new Authorship();
  authorship.told({ ...entry(1, scout, first), replayed: true });
  authorship.told({ ...entry(2, lumen, second), replayed: true });

  const made = authorship.explain(both, 99);

  expect(made.map(({ actor, operation, at }) => [actor.name, operation, at])).toEqual([
    ["Scout", "edit_1", 10],
    ["Lumen", "edit_2", 20],
  ]);
  expect(made[0]?.after).toBe(made[1]?.before);
});

test("[SYN-2] missed entries that do not lead where the document went are told as one change", () => {
  const authorship = new Authorship();
  const ownAfter = applyChange(emptySnapshot, settingTitle(emptySnapshot, "Mine"));
  authorship.told({ ...entry(1, scout, first), replayed: true });
  authorship.told({ ...entry(2, scout, second), replayed: true });
  const seen = { change: settingTitle(ownAfter, "Two"), before: ownAfter, after: afterSecond };

  expect(authorship.explain(seen, 99)).toEqual([{ ...seen, actor: scout, operation: "sync", at: 20 }]);
});

test("[SYN-2] a live entry whose update waits for missed ones is told with them", () => {
  const authorship = new Authorship();
  authorship.told({ ...entry(1, scout, first), replayed: true });
  authorship.told(entry(2, lumen, second));
  authorship.updateApplied({ isSynced: false });

  expect(authorship.explain(both, 99).map(({ actor }) => actor.name)).toEqual(["Scout", "Lumen"]);
});
