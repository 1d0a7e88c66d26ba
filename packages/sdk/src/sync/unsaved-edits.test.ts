import { expect, test } from "vitest";
import { UnsavedEdits } from "./unsaved-edits.ts";

test("[SYN-3] an edit is saved when its entry came and that revision is on disk", () => {
  const unsaved = new UnsavedEdits();
  expect(unsaved.areNone).toBe(true);

  unsaved.edited();
  expect(unsaved.areNone).toBe(false);
  unsaved.saved(4);
  unsaved.entered(5);
  expect(unsaved.areNone).toBe(false);
  unsaved.saved(5);

  expect(unsaved.areNone).toBe(true);
});

test("[SYN-3] the save of an earlier entry does not count for a later edit", () => {
  const unsaved = new UnsavedEdits();
  unsaved.edited();
  unsaved.edited();
  unsaved.entered(1);
  unsaved.saved(1);

  expect(unsaved.areNone).toBe(false);
  unsaved.entered(2);
  unsaved.saved(2);
  expect(unsaved.areNone).toBe(true);
});

test("[SYN-3] after a reconnect one entry answers everything that waited", () => {
  const unsaved = new UnsavedEdits();
  unsaved.edited();
  unsaved.edited();
  unsaved.edited();
  unsaved.resent();
  expect(unsaved.waiting).toBe(1);

  unsaved.entered(7);
  unsaved.saved(7);

  expect(unsaved.areNone).toBe(true);
});

test("[SYN-3] what changed nothing on the server waits no longer than until the server has seen it", () => {
  const unsaved = new UnsavedEdits();
  unsaved.edited();
  unsaved.settled(3);

  expect(unsaved.areNone).toBe(false);
  unsaved.saved(3);
  expect(unsaved.areNone).toBe(true);
});
