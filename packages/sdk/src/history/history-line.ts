import type { Actor } from "@waggle/contract";
import {
  type ChangeSet,
  type Conflict,
  compose,
  type ElementSentence,
  equalValues,
  restore,
  type Snapshot,
} from "@waggle/template";
import type { History, HistoryEntry, UndoResult } from "../bee-types.ts";
import type { AuthoredChange } from "../sync/authorship.ts";
import { ChangeLog, type Revert } from "./change-log.ts";
import { SessionRecord } from "./session-record.ts";
import { describeOwn, entryOf, type OwnStep, type Step } from "./steps.ts";
import { TypingRun } from "./typing-run.ts";

/** Steps kept; the oldest go first. */
const mostSteps = 100;
/** Changes of others kept for the sake of own steps that could still be undone. */
const mostLogged = 2000;

/** What the history needs of the document. */
export interface HistoryHost {
  readonly snapshot: Snapshot;
  readonly self: Actor;
  now(): number;
  newId(): string;
  write(change: ChangeSet, operation: "undo" | "redo"): void;
  /** Runs `run`; listeners are told only afterwards. */
  hold(run: () => void): void;
  changed(): void;
}

/** How a step is turned: one way or back. */
interface Turn {
  readonly change: ChangeSet;
  readonly revert: Revert | undefined;
}

/**
 * One line of steps for one document. Own steps are taken back by a fold over the log, so what others did later stays;
 * sessions, and steps from before the last change of document, by going back to the snapshot that was.
 */
export class HistoryLine implements History {
  readonly #host: HistoryHost;
  #steps: Step[] = [];
  #entries: readonly HistoryEntry[] = [];
  #log = new ChangeLog();
  #logHoldsOthers = false;
  /** What the reverts in force could not take back: reported once, not with each later undo. */
  #reported: readonly Conflict[] = [];
  #typing: TypingRun | undefined;
  #session: SessionRecord | undefined;
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

  undo(): UndoResult {
    return this.#turn(this.#nextToUndo(), { undone: true });
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
    // Without own steps in the log nobody will ever fold over it.
    if (!this.#steps.some((step) => this.#isInLog(step))) return;
    this.#log.append(made);
    this.#logHoldsOthers = true;
    this.#keepWithinLimits();
  }

  /** An agent is in the session. */
  agentSeen(agent: Actor): void {
    this.#session?.agentSeen(agent);
  }

  /** Another template: what was before can't come back. */
  clear(): void {
    this.#steps = [];
    this.#session = undefined;
    this.#floor = 0;
    this.#beginLog();
    this.#show();
  }

  /** From here to `endSession` everything is one step; own edits can be undone meanwhile, older steps not. */
  beginSession(): void {
    // Snapshots of a time with others would take their work back too.
    if (this.#logHoldsOthers) this.#steps = [];
    this.#session = new SessionRecord(this.#host.snapshot);
    this.#floor = this.#steps.length;
    this.#beginLog();
    this.#show();
  }

  /** The document was replaced by one that may lack the latest changes, so own steps in it can't be told apart any more. */
  restartLog(): void {
    if (this.#steps.splice(this.#floor).length > 0) this.#session?.noteChange();
    this.#beginLog();
    this.#show();
  }

  /** Makes one step of everything since `beginSession`; none when nothing happened. */
  endSession({ isIncomplete }: { readonly isIncomplete: boolean }): void {
    const session = this.#session;
    if (!session) return;
    const own = this.#steps.splice(this.#floor).filter((step) => step.kind === "own" && !step.undone);
    this.#session = undefined;
    this.#floor = 0;
    this.#beginLog();
    if (session.hasChanges || own.length > 0) {
      this.#push({
        kind: "agent-session",
        id: this.#host.newId(),
        at: this.#host.now(),
        before: session.before,
        after: this.#host.snapshot,
        undone: false,
        entry: undefined,
        agents: session.agents,
        changes: session.changesWith(own.flatMap(timed)),
        isIncomplete,
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

  #turn(step: Step | undefined, { undone }: { readonly undone: boolean }): UndoResult {
    if (!step) return { conflicts: [] };
    const { change, revert } = this.#planTurn(step, { undone });
    const operation = undone ? "undo" : "redo";
    this.#host.hold(() => {
      this.#host.write(change, operation);
      if (revert) this.#log.appendRevert(revert, { actor: this.#host.self, operation, at: this.#host.now() });
      // The log knows nothing of a jump to a snapshot, so its steps go by snapshots from here too.
      else this.#beginLog();
      step.undone = undone;
      step.entry = undefined;
      this.#typing = undefined;
      this.#keepWithinLimits();
      this.#show();
    });
    return { entry: entryOf(step), conflicts: this.#newOf(revert?.conflicts ?? []) };
  }

  #planTurn(step: Step, { undone }: { readonly undone: boolean }): Turn {
    const now = this.#host.snapshot;
    if (step.kind !== "own" || step.log !== this.#log) {
      return { change: restore(now, undone ? step.before : step.after), revert: undefined };
    }
    const revert = undone ? this.#log.leaveOut(step.revisions, now) : this.#log.takeIn(step.revisions, now);
    return { change: revert.change, revert };
  }

  #newOf(conflicts: readonly Conflict[]): readonly Conflict[] {
    const known = this.#reported;
    this.#reported = conflicts;
    return conflicts.filter((conflict) => !known.some((each) => equalValues(each, conflict)));
  }

  #pushOwn(made: AuthoredChange, { isTyping }: { readonly isTyping: boolean }): void {
    const revision = this.#log.append(made);
    const { change, before, after, actor, at } = made;
    this.#push({
      kind: "own",
      id: this.#host.newId(),
      at,
      actor,
      change,
      before,
      after,
      undone: false,
      entry: undefined,
      log: this.#log,
      revisions: [revision],
    });
    this.#typing = isTyping ? TypingRun.beginWith(change, at) : undefined;
  }

  /** A new step drops what could have been redone. */
  #push(step: Step): void {
    this.#steps = [...this.#steps.filter((each) => !each.undone), step];
    this.#floor = Math.min(this.#floor, this.#steps.length - 1);
  }

  #beginLog(): void {
    this.#log = new ChangeLog();
    this.#logHoldsOthers = false;
    this.#reported = [];
    this.#typing = undefined;
  }

  #keepWithinLimits(): void {
    while (this.#steps.length > mostSteps) this.#forgetOldest();
    if (!this.#logHoldsOthers && this.#log.length > mostLogged) this.#beginLog();
    while (this.#log.length > mostLogged && this.#steps.length > 0) this.#forgetOldest();
  }

  #forgetOldest(): void {
    this.#steps.shift();
    this.#floor = Math.max(0, this.#floor - 1);
    const oldest = this.#steps.find((step) => this.#isInLog(step));
    this.#log.forgetBefore(oldest?.kind === "own" ? oldest.revisions[0] : undefined);
  }

  #isInLog(step: Step): boolean {
    return step.kind === "own" && step.log === this.#log;
  }

  #show(): void {
    this.#entries = Object.freeze(this.#steps.map(entryOf));
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

function timed(step: Step) {
  return step.kind === "own" ? describeOwn(step).map((described) => ({ ...described, at: step.at })) : [];
}
