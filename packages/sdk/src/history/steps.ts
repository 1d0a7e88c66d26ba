import type { Actor } from "@waggle/contract";
import { type ChangeSet, describeChange, type Snapshot } from "@waggle/template";
import type { HistoryChange, HistoryEntry } from "../bee-types.ts";
import type { ChangeLog } from "./change-log.ts";

interface StepCommon {
  readonly id: string;
  readonly at: number;
  readonly before: Snapshot;
  after: Snapshot;
  undone: boolean;
  /** As it was shown last; gone when the step changed. */
  entry: HistoryEntry | undefined;
}

/** An edit of the person, or a run of typing. */
export interface OwnStep extends StepCommon {
  readonly kind: "own";
  readonly actor: Actor;
  change: ChangeSet;
  /** The log its revisions are in. */
  readonly log: ChangeLog;
  readonly revisions: number[];
}

/** A whole session with agents. */
export interface SessionStep extends StepCommon {
  readonly kind: "agent-session";
  readonly agents: readonly Actor[];
  readonly changes: readonly HistoryChange[];
  readonly isIncomplete: boolean;
}

export type Step = OwnStep | SessionStep;

/** What a list shows of a step. Own edits are described when somebody looks: a run of typing changes with every key. */
export function entryOf(step: Step): HistoryEntry {
  step.entry ??= step.kind === "own" ? ownEntry(step) : sessionEntry(step);
  return step.entry;
}

export function describeOwn({ actor, change, before, after }: OwnStep): readonly HistoryChange[] {
  return describeChange(change, before, after).map((described) => ({ ...described, actor }));
}

function ownEntry(step: OwnStep): HistoryEntry {
  const { id, at, undone } = step;
  const seen = { ...step };
  let described: readonly HistoryChange[] | undefined;
  const changes = () => {
    described ??= describeOwn(seen);
    return described;
  };
  return Object.freeze({
    id,
    kind: "own" as const,
    agents: [],
    at,
    undone,
    get changes() {
      return changes();
    },
    get label() {
      return labelOf(changes());
    },
  });
}

function labelOf(changes: readonly HistoryChange[]): string {
  const [first, ...others] = changes;
  if (!first) return "Edit";
  return others.length === 0 ? first.sentence : `${first.sentence} and ${others.length} more`;
}

function sessionEntry({ id, at, undone, agents, changes, isIncomplete }: SessionStep): HistoryEntry {
  return Object.freeze({
    id,
    kind: "agent-session" as const,
    label: sessionLabel(agents, changes),
    agents,
    at,
    undone,
    changes,
    ...(isIncomplete ? { incomplete: true } : {}),
  });
}

/** Counts what agents did; only in a session without any, what the person did. */
function sessionLabel(agents: readonly Actor[], changes: readonly HistoryChange[]): string {
  const count = changes.filter(({ actor }) => actor.kind === "agent").length || changes.length;
  const names = [...new Set(agents.map(({ name }) => name))];
  const [last] = names.slice(-1);
  const who = names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${last}` : (last ?? "Session");
  return `${who}: ${count} ${count === 1 ? "change" : "changes"}`;
}
