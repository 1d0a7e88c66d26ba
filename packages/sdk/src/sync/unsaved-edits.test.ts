import { expect, test } from "vitest";
import { UnsavedEdits } from "./unsaved-edits.ts";

const live = { isReplayed: false };
const replayed = { isReplayed: true };

test("[SYN-3] an edit is saved when its entry came and that revision is on disk", () => {
  const unsaved = new UnsavedEdits();
  expect(unsaved.areNone).toBe(true);

  unsaved.edited();
  expect(unsaved.areNone).toBe(false);
  unsaved.saved(4);
  unsaved.entered(5, live);
  expect(unsaved.areNone).toBe(false);
  unsaved.saved(5);

  expect(unsaved.areNone).toBe(true);
});

test("[SYN-3] the save of an earlier entry does not count for a later edit", () => {
  const unsaved = new UnsavedEdits();
  unsaved.edited();
  unsaved.edited();
  unsaved.entered(1, live);
  unsaved.saved(1);

  expect(unsaved.areNone).toBe(false);
  unsaved.entered(2, live);
  unsaved.saved(2);
  expect(unsaved.areNone).toBe(true);
});

test("[SYN-3] after a reconnect one entry answers everything the server had not got", () => {
  const unsaved = new UnsavedEdits();
  for (let edit = 0; edit < 4; edit++) unsaved.edited();
  unsaved.asked();
  unsaved.edited();
  unsaved.entered(6, replayed);
  unsaved.resynced();
  unsaved.saved(6);
  expect(unsaved.areNone).toBe(false);

  unsaved.entered(7, live);
  unsaved.saved(7);
  expect(unsaved.areNone).toBe(false);
  unsaved.entered(8, live);
  unsaved.saved(8);
  expect(unsaved.areNone).toBe(true);
});

test("[SYN-3] after a reconnect nothing is owed when the server had got it all", () => {
  const unsaved = new UnsavedEdits();
  unsaved.edited();
  unsaved.asked();
  unsaved.entered(3, replayed);
  unsaved.resynced();
  unsaved.saved(3);

  expect(unsaved.areNone).toBe(true);
});

test("[SYN-3] what a restarted server lost is owed again", () => {
  const unsaved = new UnsavedEdits();
  unsaved.edited();
  unsaved.entered(5, live);
  unsaved.rolledBack(4);
  unsaved.resynced();
  unsaved.saved(4);
  expect(unsaved.areNone).toBe(false);

  unsaved.entered(5, live);
  unsaved.saved(5);
  expect(unsaved.areNone).toBe(true);
});

test("[SYN-3] what changed nothing on the server waits no longer than until the server has seen it", () => {
  const unsaved = new UnsavedEdits();
  unsaved.edited();
  unsaved.settled(3);

  expect([unsaved.areOpen, unsaved.areNone]).toEqual([false, false]);
  unsaved.saved(3);
  expect(unsaved.areNone).toBe(true);
});

test("[SYN-9] the count is of edits, however many updates they went up in", () => {
  const unsaved = new UnsavedEdits();
  for (let edit = 0; edit < 3; edit++) unsaved.edited();
  unsaved.entered(1, live);
  expect(unsaved.count).toBe(3);
  unsaved.saved(1);
  expect(unsaved.count).toBe(2);
  unsaved.edited();
  unsaved.asked();
  unsaved.edited();
  unsaved.resynced();
  expect(unsaved.count).toBe(4);
  unsaved.entered(2, live);
  unsaved.saved(2);
  expect(unsaved.count).toBe(1);
  unsaved.entered(3, live);
  unsaved.rolledBack(2);
  expect(unsaved.count).toBe(1);
  unsaved.resynced();
  unsaved.settled(3);
  unsaved.saved(3);

  expect(unsaved.count).toBe(0);
});
