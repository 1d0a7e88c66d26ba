import { type Snapshot, without } from "@waggle/template";
import type { ChangeLog, Revert } from "./change-log.ts";

/** What leads from `now` to the document without these revisions, on top of those left out already. */
export function leaveOut(log: ChangeLog, revisions: readonly number[], now: Snapshot): Revert {
  return revertTo(log, log.excluded.union(new Set(revisions)), now);
}

/** What brings back revisions that had been left out. */
export function takeIn(log: ChangeLog, revisions: readonly number[], now: Snapshot): Revert {
  return revertTo(log, log.excluded.difference(new Set(revisions)), now);
}

function revertTo({ entries }: ChangeLog, excluded: ReadonlySet<number>, now: Snapshot): Revert {
  return { ...without(entries, now, excluded), excluded };
}
