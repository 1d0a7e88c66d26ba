import type { Actor } from "@waggle/contract";
import { type ChangeSet, describeChange, type Snapshot } from "@waggle/template";
import type { HistoryChange, HistoryEntry } from "../bee-types.ts";
import { type AgentPortions, type AgentWork, joined } from "./agent-work.ts";
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

interface LoggedStep extends StepCommon {
  /** The log its revisions are in. */
  log: ChangeLog;
  revisions: number[];
}

/** An edit of the person, or a run of typing. */
export interface OwnStep extends LoggedStep {
  readonly kind: "own";
  readonly actor: Actor;
  change: ChangeSet;
}

/** The person took back what agents wrote; `revisions` are the agents'. */
export interface RevertStep extends LoggedStep {
  readonly kind: "revert";
  readonly actor: Actor;
  readonly change: ChangeSet;
  readonly work: AgentWork;
  taken: AgentPortions;
}

/** A whole session with agents. */
export interface SessionStep extends LoggedStep {
  readonly kind: "agent-session";
  readonly agents: readonly Actor[];
  readonly changes: readonly HistoryChange[];
  readonly isIncomplete: boolean;
  readonly work: AgentWork;
}

export type Step = OwnStep | RevertStep | SessionStep;

/** What a list shows of a step. Own edits are described when somebody looks: a run of typing changes with every key. */
export function entryOf(step: Step): HistoryEntry {
  step.entry ??= step.kind === "agent-session" ? sessionEntry(step) : ownEntry(step);
  return step.entry;
}

/** What a step of the person did, and when; what is said of a session is said already. */
export function timedChanges(step: Step): readonly (HistoryChange & { readonly at: number })[] {
  return step.kind === "agent-session" ? [] : describeOwn(step).map((described) => ({ ...described, at: step.at }));
}

function describeOwn({ actor, change, before, after }: OwnStep | RevertStep): readonly HistoryChange[] {
  return describeChange(change, before, after).map((described) => ({ ...described, actor }));
}

function ownEntry(step: OwnStep | RevertStep): HistoryEntry {
  const { id, kind, at, undone } = step;
  const { agents, changes: count } = joined(step.kind === "revert" ? step.taken.values() : []);
  const seen = { ...step };
  let described: readonly HistoryChange[] | undefined;
  const changes = () => {
    described ??= describeOwn(seen);
    return described;
  };
  return Object.freeze({
    id,
    kind,
    agents,
    at,
    undone,
    get changes() {
      return changes();
    },
    get label() {
      return kind === "own" ? labelOf(changes()) : `Took back ${changesInWords(count)} by ${namesInWords(agents)}`;
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
  return `${namesInWords(agents) || "Session"}: ${changesInWords(count)}`;
}

function changesInWords(count: number): string {
  return `${count} ${count === 1 ? "change" : "changes"}`;
}

/** "Scout", "Scout and Lumen"; two agents of one name are named once. */
function namesInWords(agents: readonly Actor[]): string {
  const names = [...new Set(agents.map(({ name }) => name))];
  const last = names.at(-1) ?? "";
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${last}` : last;
}
