import { applyChange, type ChangeSet, type Conflict, diff, isEmpty, restore, type Snapshot } from "@waggle/template";
import type { ChangeLog, Revert } from "./change-log.ts";
import { leaveOut, takeIn } from "./fold.ts";
import type { Step } from "./steps.ts";

/** How a step is turned: one way or back. */
export interface Turn {
  readonly change: ChangeSet;
  /** The part of `change` that the log knows as leaving out, or taking in, the step's revisions. */
  readonly revert?: Revert;
  /** What `change` does besides. */
  readonly rest: ChangeSet;
  readonly conflicts: readonly Conflict[];
}

export interface Direction {
  readonly undone: boolean;
}

export interface TurnPlace {
  readonly now: Snapshot;
  readonly log: ChangeLog;
}

/**
 * Plans undo or redo of a step. Where nothing happened since, and for a session always, the snapshot that was is the
 * result, exactly; else the fold over the log, so that what others did later stays.
 */
export function planTurn(step: Step, { undone }: Direction, { now, log }: TurnPlace): Turn {
  const [expected, target] = undone ? [step.after, step.before] : [step.before, step.after];
  if (step.log !== log) {
    const change = restore(now, target);
    return { change, rest: change, conflicts: [] };
  }
  const leavesOut = undone === (step.kind !== "revert");
  const revert = (leavesOut ? leaveOut : takeIn)(log, step.revisions, now);
  if (step.kind !== "agent-session" && !isEmpty(restore(now, expected))) {
    return { change: revert.change, revert, rest: {}, conflicts: revert.conflicts };
  }
  const change = restore(now, target);
  const rest = diff(applyChange(now, revert.change), applyChange(now, change));
  return { change, revert, rest, conflicts: [] };
}
