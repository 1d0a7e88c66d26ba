import type { Actor } from "@waggle/contract";
import {
  type ChangeSet,
  type Conflict,
  compose,
  type ElementSentence,
  equalValues,
  isEmpty,
  type Snapshot,
} from "@waggle/template";
import type { History, HistoryEntry, UndoOptions, UndoResult } from "../bee-types.ts";
import type { AuthoredChange } from "../sync/authorship.ts";
import { AgentWork, joined } from "./agent-work.ts";
import type { CarriedWork } from "./carry-over.ts";
import { ChangeLog } from "./change-log.ts";
import { SessionRecord } from "./session-record.ts";
import type { OwnStep, RevertStep, SessionStep, Step } from "./steps.ts";
import type { Direction } from "./turn.ts";
import { TypingRun } from "./typing-run.ts";
import type { undoing } from "./undoing.ts";

/** Steps kept; the oldest go first. */
const mostSteps = 100;
/** Changes kept so that some of them can be taken back without the others. */
const mostLogged = 2000;

/** What the history needs of the document. */
export interface HistoryHost {
  readonly snapshot: Snapshot;
  readonly self: Actor;
  /** Throws NOT_READY before a template is loaded: until then there is nothing to take back. */
  readonly undoing: typeof undoing;
  now(): number;
  newId(): string;
  write(change: ChangeSet, operation: "undo" | "redo"): void;
  /** Runs `run`; listeners are told only afterwards. */
  hold(run: () => void): void;
  changed(): void;
}

/** Changes of others that follow each other and that nobody needs apart. */
interface OthersRun {
  readonly revision: number;
  readonly kind: Actor["kind"];
}

/**
 * One line of steps for one document. The log holds what happened since the document was last replaced, so that one part
 * of it can be taken back by a fold and what others did stays. Sessions, and steps from before that, are undone by going
 * back to the snapshot that was: nobody else works in between.
 */
export class HistoryLine implements History {
  readonly #host: HistoryHost;
  #steps: Step[] = [];
  #entries: readonly HistoryEntry[] = [];
  #log = new ChangeLog();
  #logHoldsOthers = false;
  #othersRun: OthersRun | undefined;
  /** Others worked between the steps, outside of any session: snapshots would take their work back too. */
  #isShared = false;
  /** What the reverts in force could not take back: reported once, not with each later undo. */
  #reported: readonly Conflict[] = [];
  #typing: TypingRun | undefined;
  #session: SessionRecord | undefined;
  /** What agents wrote in a room that many share. */
  #roomWork = new AgentWork();
  /** Steps before it are older than the session. */
  #floor = 0;

  constructor(host: HistoryHost) {
    this.#host = host;
  }

  get entries(): readonly HistoryEntry[] {
    return this.#entries;
  }

  get canUndo(): boolean {
    return this.#nextToUndo() !== undefined;
  }

  get canRedo(): boolean {
    return this.#nextToRedo() !== undefined;
  }

  get canUndoAgents(): boolean {
    return this.#agentWork() !== undefined;
  }

  undo({ scope = "session" }: UndoOptions = {}): UndoResult {
    return scope === "agents" ? this.#undoAgents() : this.#turn(this.#nextToUndo(), { undone: true });
  }

  redo(): UndoResult {
    return this.#turn(this.#nextToRedo(), { undone: false });
  }

  /** The person edited. `isTyping`: by hand in a text, which joins the run it belongs to. */
  recordOwn(made: AuthoredChange, { isTyping }: { readonly isTyping: boolean }): void {
    const newest = this.#steps.at(-1);
    const goesOn = isTyping && this.#typing?.takes(made.change, made.at);
    if (goesOn && newest?.kind === "own" && !newest.undone) extendStep(newest, made);
    else this.#pushOwn(made, { isTyping });
    this.#keepWithinLimits();
    this.#show();
  }

  /** Someone else edited; `described` says what, in words. */
  recordOther(made: AuthoredChange, described: readonly ElementSentence[]): void {
    this.#session?.add(made, described);
    if (this.#typing?.isTouchedBy(made.change)) this.#typing = undefined;
    const isAgent = made.actor.kind === "agent";
    // Without a change in the log that can be taken back nobody will ever fold over it.
    if (!isAgent && this.#log.length === 0) return;
    const couldUndoAgents = this.canUndoAgents;
    const revision = this.#logOther(made);
    if (isAgent) {
      const work = this.#session?.work ?? this.#roomWork;
      work.note(revision, { agents: [made.actor], changes: described.length });
    }
    this.#keepWithinLimits();
    if (this.canUndoAgents !== couldUndoAgents) this.#show();
  }

  /** An agent is in the session. */
  agentSeen(agent: Actor): void {
    this.#session?.agentSeen(agent);
  }

  /** Another template: what was before can't come back. */
  clear(): void {
    this.#steps = [];
    this.#session = undefined;
    this.#forgetShared();
    this.#floor = 0;
    this.#beginLog();
    this.#show();
  }

  /**
   * From here to `endSession` everything is one step; own edits can be undone meanwhile, older steps not. `previous` is the
   * template in the document that was edited before.
   */
  beginSession(previous: Snapshot = this.#host.snapshot): void {
    if (this.#isShared) {
      this.#steps = [];
      this.#forgetShared();
    }
    this.#carryLog(previous);
    this.#session = new SessionRecord(this.#host.snapshot, this.#log.lastRevision);
    this.#floor = this.#steps.length;
    this.#show();
  }

  /** The document was replaced by one that may lack the latest changes, so own steps in it can't be told apart any more. */
  restartLog(previous: Snapshot = this.#host.snapshot): void {
    if (this.#steps.splice(this.#floor).length > 0) this.#session?.noteChange();
    this.#carryLog(previous);
    this.#show();
  }

  /** Makes one step of everything since `beginSession`; none when nothing happened. */
  endSession({ isIncomplete }: { readonly isIncomplete: boolean }): void {
    const session = this.#session;
    this.#typing = undefined;
    this.#othersRun = undefined;
    if (!session) return;
    const own = this.#steps.splice(this.#floor).filter((step) => step.kind !== "agent-session" && !step.undone);
    this.#session = undefined;
    this.#floor = 0;
    if (session.hasChanges || own.length > 0) {
      this.#push({
        ...this.#newStep(session.before),
        kind: "agent-session",
        revisions: [...this.#log.standingAfter(session.startRevision)],
        agents: session.agents,
        changes: session.changesWith(own.flatMap(this.#host.undoing.timedChanges)),
        isIncomplete,
        work: session.work,
      });
    }
    this.#keepWithinLimits();
    this.#show();
  }

  #nextToUndo(): Step | undefined {
    return this.#steps.findLast((step, index) => !step.undone && index >= this.#floor);
  }

  #nextToRedo(): Step | undefined {
    return this.#steps.find((step, index) => step.undone && index >= this.#floor);
  }

  /** Of the latest session, or of the room, as far as it stands and is in the log. */
  #agentWork(): AgentWork | undefined {
    if (this.#session) return this.#session.work.isEmpty ? undefined : this.#session.work;
    const step = this.#steps.findLast((each) => each.kind === "agent-session" && this.#canTakeBack(each));
    if (step?.kind === "agent-session") return step.work;
    return this.#roomWork.isEmpty ? undefined : this.#roomWork;
  }

  #canTakeBack({ undone, log, work }: SessionStep): boolean {
    return !undone && log === this.#log && !work.isEmpty;
  }

  #undoAgents(): UndoResult {
    const work = this.#agentWork();
    if (!work) return { conflicts: [], remarks: [] };
    const { snapshot: before, undoing } = this.#host;
    const { leaveOut, remarksOn } = undoing;
    const revert = leaveOut(this.#log, work.revisions, before);
    const conflicts = [...work.inseparable, ...this.#newOf(revert.conflicts)];
    const remarks = remarksOn(conflicts, [before]);
    // Everything has been replaced by newer work: there is nothing to come back to.
    if (isEmpty(revert.change)) return { conflicts, remarks };
    const { change } = revert;
    this.#reported = revert.conflicts;
    this.#host.hold(() => {
      this.#host.write(change, "undo");
      this.#log.appendRevert(revert, this.#byMyself("undo"));
      this.#typing = undefined;
      const revisions = [...work.revisions];
      const taken = work.takeBack();
      const { self: actor } = this.#host;
      this.#push({ ...this.#newStep(before), kind: "revert", actor, change, revisions, work, taken });
      this.#keepWithinLimits();
      this.#show();
    });
    const [entry] = this.#entries.slice(-1);
    return { ...(entry ? { entry } : {}), conflicts, remarks };
  }

  #turn(step: Step | undefined, direction: Direction): UndoResult {
    if (!step) return { conflicts: [], remarks: [] };
    const { snapshot: before, undoing } = this.#host;
    const { entryOf, planTurn, remarksOn } = undoing;
    const { change, revert, rest, conflicts } = planTurn(step, direction, { now: before, log: this.#log });
    const reported = this.#newOf(conflicts);
    const operation = direction.undone ? "undo" : "redo";
    this.#host.hold(() => {
      this.#host.write(change, operation);
      if (revert) this.#log.appendRevert(revert, this.#byMyself(operation));
      const revision = isEmpty(rest) ? undefined : this.#log.append({ ...this.#byMyself(operation), change: rest });
      if (step.kind === "revert") this.#turnWork(step, direction, revert ? undefined : revision);
      step.undone = direction.undone;
      step.entry = undefined;
      this.#typing = undefined;
      this.#keepWithinLimits();
      this.#show();
    });
    if (revert) this.#reported = revert.conflicts;
    return { entry: entryOf(step), conflicts: reported, remarks: remarksOn(reported, [before, this.#host.snapshot]) };
  }

  /** Agents' work stands again, or not any more. `revision`: where it came back to the log as a whole. */
  #turnWork(step: RevertStep, { undone }: Direction, revision: number | undefined): void {
    if (!undone) {
      step.work.takeBack();
      return;
    }
    if (revision !== undefined) {
      step.taken = new Map([[revision, joined(step.taken.values())]]);
      step.revisions = [revision];
      step.log = this.#log;
      this.#pointSessionAt(step.work, revision);
    }
    step.work.bringBack(step.taken);
  }

  #newOf(conflicts: readonly Conflict[]): readonly Conflict[] {
    return conflicts.filter((conflict) => !this.#reported.some((known) => equalValues(known, conflict)));
  }

  #pushOwn(made: AuthoredChange, { isTyping }: { readonly isTyping: boolean }): void {
    const { change, before, after, actor, at } = made;
    const revisions = [this.#log.append(made)];
    this.#push({ ...this.#newStep(before), kind: "own", at, actor, change, after, revisions });
    this.#typing = isTyping ? TypingRun.beginWith(change, at) : undefined;
  }

  #newStep(before: Snapshot) {
    const { snapshot: after } = this.#host;
    const [id, at] = [this.#host.newId(), this.#host.now()];
    return { id, at, before, after, undone: false, entry: undefined, log: this.#log };
  }

  /** A new step drops what could have been redone. */
  #push(step: Step): void {
    this.#steps = [...this.#steps.filter((each) => !each.undone), step];
    this.#floor = Math.min(this.#floor, this.#steps.length - 1);
  }

  #logOther(made: AuthoredChange): number {
    this.#logHoldsOthers = true;
    if (!this.#session) this.#isShared = true;
    const { kind } = made.actor;
    const run = this.#othersRun;
    if (run?.kind === kind && this.#log.extend(run.revision, made)) return run.revision;
    const revision = this.#log.append(made);
    this.#othersRun = { revision, kind };
    return revision;
  }

  #byMyself(operation: string) {
    return { actor: this.#host.self, operation, at: this.#host.now() };
  }

  #beginLog(): void {
    this.#log = new ChangeLog();
    this.#logHoldsOthers = false;
    this.#othersRun = undefined;
    this.#reported = [];
    this.#typing = undefined;
  }

  #forgetShared(): void {
    this.#isShared = false;
    this.#roomWork = new AgentWork();
  }

  /** Another document from here on: what agents wrote and may still be taken back begins its log. */
  #carryLog(previous: Snapshot): void {
    const works = this.#steps.flatMap((step) =>
      step.kind === "agent-session" && this.#canTakeBack(step) ? [step.work] : [],
    );
    if (this.#session && !this.#session.work.isEmpty) works.push(this.#session.work);
    const groups = works.map((work) => work.revisions);
    const documents = { from: previous, to: this.#host.snapshot };
    const carried = groups.length > 0 ? this.#host.undoing.carryWork(this.#log, documents, groups) : [];
    this.#beginLog();
    for (const [i, work] of works.entries()) this.#logCarried(work, carried[i] ?? { change: {}, conflicts: [] });
    if (this.#session) this.#session.startRevision = 0;
  }

  #logCarried(work: AgentWork, { change, conflicts }: CarriedWork): void {
    const revision = isEmpty(change) ? undefined : this.#log.append({ ...this.#byMyself("session"), change });
    work.carry(revision, conflicts);
    if (revision === undefined) return;
    this.#logHoldsOthers = true;
    this.#pointSessionAt(work, revision);
  }

  #pointSessionAt(work: AgentWork, revision: number): void {
    const step = this.#steps.find((each) => each.kind === "agent-session" && each.work === work);
    if (!step) return;
    step.log = this.#log;
    step.revisions = [revision];
  }

  #keepWithinLimits(): void {
    while (this.#steps.length > mostSteps) this.#forgetOldest(1);
    if (this.#log.length <= mostLogged) return;
    if (this.#logHoldsOthers) this.#cutLog();
    else this.#beginLog();
  }

  /** What is too old to be told apart can't be taken back any more. */
  #cutLog(): void {
    this.#log.keepLast(mostLogged / 2);
    const isLogged = (revision: number) => this.#log.has(revision);
    for (const step of this.#steps) if (step.kind === "agent-session") step.work.keepOnly(isLogged);
    this.#session?.work.keepOnly(isLogged);
    this.#roomWork.keepOnly(isLogged);
    const isCut = (step: Step) => step.log === this.#log && (step.undone || !step.revisions.every(isLogged));
    this.#forgetOldest(this.#steps.findLastIndex((step) => step.kind !== "agent-session" && isCut(step)) + 1);
  }

  #forgetOldest(count: number): void {
    this.#steps.splice(0, count);
    this.#floor = Math.max(0, this.#floor - count);
  }

  #show(): void {
    // Before the first template there are no steps, and nothing that could describe one.
    const { length } = this.#steps;
    this.#entries = Object.freeze(length === 0 ? [] : this.#steps.map(this.#host.undoing.entryOf));
    this.#host.changed();
  }
}

function extendStep(step: OwnStep, made: AuthoredChange): void {
  const last = step.revisions.at(-1);
  if (last === undefined || !step.log.extend(last, made)) step.revisions.push(step.log.append(made));
  step.change = compose(step.change, made.change);
  step.after = made.after;
  step.entry = undefined;
}
