import {
  type Actor,
  type EndReason,
  type ErrorCode,
  type Participant,
  type SealedFrame,
  serverActor,
  WaggleError,
} from "@waggle/contract";
import { type ChangeSet, diff, isEmpty, purgeOperation, type Snapshot } from "@waggle/template";
import type { Log } from "../observability/log.ts";
import { SessionLife } from "../sessions/session-life.ts";
import { appendRefusal, type CallReceipt, type Storage, type TemplateRecord } from "../storage/storage.ts";
import { AgentCalls, type ChangeToWrite, type RunRequest, type RunResult } from "./agent-calls.ts";
import { Audience } from "./audience.ts";
import type { CallState } from "./call-outcomes.ts";
import type { Clock } from "./clock.ts";
import type { CommitFailure } from "./commit-log.ts";
import type { Connection } from "./connection.ts";
import { LogCompactor } from "./log-compactor.ts";
import { recoverOperation } from "./lost-writes.ts";
import type { OneAtATime } from "./one-at-a-time.ts";
import { Presence, type PresenceChange } from "./presence.ts";
import { roomClosing, roomLoading, sessionEnded } from "./refusals.ts";
import { SessionSeal } from "./session-seal.ts";
import { SnapshotKeeper } from "./snapshot-keeper.ts";
import { lastState, openTenure, type Tenure } from "./tenure.ts";
import { Trash } from "./trash.ts";
import { Visits } from "./visits.ts";

/** How long a person whose connection broke still counts as here: longer than a reload or a reconnect takes. */
const graceMs = 5_000;
/** After the seal people are given this long to fetch the last state: longer than the SDK waits for it. */
const farewellMs = 10_000;
/** A Yjs update without content. */
const nothingNew = Uint8Array.of(0, 0);

export interface RoomOptions {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly log: Log;
  /** Entries between two snapshots on disk. */
  readonly snapshotEvery: number;
  /** Shared by all rooms, for what keeps the process busy. */
  readonly encoding: OneAtATime;
  /** How many people a template that many share has room for. */
  readonly seats: number;
  /** How long what was deleted stays in the trash. */
  readonly trashMs: number;
  /** The room has no future here: its lease or its template is gone. */
  readonly onGone: (room: Room) => void;
}

/** A change on its way to disk. */
export interface Accepted {
  readonly revision: number;
  readonly saved: Promise<void>;
}

interface NewEntry {
  readonly actor: Actor;
  readonly operation: string;
  readonly change: ChangeSet;
  readonly update: Uint8Array;
  readonly author?: Connection;
  readonly receipt?: CallReceipt | undefined;
}

/**
 * The live document of one template: the one place where it is written. A write runs from draft to log without a pause, so
 * the event loop is the queue; only the disk is waited for. Rules: SPEC.md.
 */
export class Room {
  readonly life: SessionLife;
  readonly #options: RoomOptions;
  readonly #audience = new Audience();
  readonly #presence: Presence;
  readonly #calls: AgentCalls;
  readonly #visits: Visits;
  readonly #snapshots: SnapshotKeeper;
  readonly #compactor: LogCompactor;
  readonly #trash: Trash;
  readonly #seal: SessionSeal;
  #record: TemplateRecord;
  #tenure: Tenure | undefined;
  #opening: Promise<Tenure> | undefined;
  #mustRenewGeneration = false;
  #sealedAt: number | undefined;
  #isClosed = false;
  #usedAt: number;

  constructor(record: TemplateRecord, options: RoomOptions) {
    this.#record = record;
    this.#options = options;
    this.#usedAt = options.clock.now();
    this.life = new SessionLife(record, options);
    this.#presence = new Presence({ clock: options.clock, graceMs, onChange: (change) => this.#peopleChanged(change) });
    this.#trash = new Trash({ ...options, graceMs: options.trashMs, connections: () => this.#audience.connections });
    const { audience, presence, trash } = { audience: this.#audience, presence: this.#presence, trash: this.#trash };
    this.#visits = new Visits(this, { audience, presence, trash, ...options });
    this.#calls = new AgentCalls({
      ...options,
      audience,
      presence,
      templateId: record.id,
      record: () => this.#record,
      enter: () => this.#enter(),
      requireOpen: () => {
        if (this.#seal.isBegun) throw sessionEnded(record.id);
      },
      write: (tenure, change) => this.#writeForCall(tenure, change),
    });
    this.#compactor = new LogCompactor({ ...options, templateId: record.id });
    this.#snapshots = new SnapshotKeeper({
      ...options,
      templateId: record.id,
      every: options.snapshotEvery,
      isCurrent: (tenure) => this.#tenure === tenure,
      onUnsound: (tenure) =>
        this.reload(tenure, new WaggleError("INTERNAL", { message: "The document's bytes lead to another document." })),
      onWritten: (tenure) => this.#compactor.run(tenure),
    });
    this.#seal = new SessionSeal({
      settle: async () => (await this.ready()).commits.settled(),
      state: () => lastState(this.requireTenure()),
      store: () => options.storage.changeTemplate(record.id, { state: "sealed" }),
    });
  }

  get templateId(): string {
    return this.#record.id;
  }

  get record(): TemplateRecord {
    return this.#record;
  }

  /** The template as it is now. Throws NOT_READY while the room is being loaded. */
  get snapshot(): Snapshot {
    return this.requireTenure().document.snapshot;
  }

  /** The revision of the last change. Throws NOT_READY while the room is being loaded. */
  get revision(): number {
    return this.requireTenure().log.revision;
  }

  get people(): readonly Participant[] {
    return this.#presence.people;
  }

  /** Undefined while the room is being loaded. */
  get tenure(): Tenure | undefined {
    return this.#tenure;
  }

  get sealState(): Pick<SessionSeal, "isBegun" | "isFinal" | "frame"> {
    return this.#seal;
  }

  /** Resolves once the document is loaded. */
  async ready(): Promise<Tenure> {
    this.#usedAt = this.#options.clock.now();
    if (this.#isClosed) throw roomClosing();
    if (!this.#tenure) {
      this.#opening ??= this.#open();
      await this.#opening;
    }
    return this.requireTenure();
  }

  /** What is loaded. Throws NOT_READY while nothing is, and SHUTTING_DOWN once the room is closed. */
  requireTenure(): Tenure {
    if (this.#isClosed) throw roomClosing();
    if (this.#tenure) return this.#tenure;
    throw roomLoading();
  }

  /**
   * Runs an operation for an actor. A read is answered at once, a write once it is on disk. Rejects with what the operation
   * declares, and with SESSION_ENDED, POLICY_REFUSED, LOCKED, STALE_WRITE, KEY_REUSED or NOT_SAVED; nothing is left behind
   * then.
   */
  run(request: RunRequest): Promise<RunResult> {
    return this.#calls.run(request);
  }

  /** What became of a call that named an idempotency key. */
  findOutcome(callKey: string): Promise<CallState<RunResult>> {
    return this.#calls.findOutcome(callKey);
  }

  /** An agent showed a sign of life; the first one is its coming. */
  agentSeen(actor: Actor): void {
    if (this.#isClosed || this.#seal.isBegun) return;
    this.#usedAt = this.#options.clock.now();
    if (this.#record.kind === "api") this.life.keepAlive();
    this.#presence.arrive(actor);
    if (this.#tenure) this.#calls.desk.arrived(actor.id, this.#tenure.log);
  }

  /** An agent said goodbye, or has been silent for too long. */
  agentLeft(actorId: string): void {
    this.#calls.forget(actorId);
    this.#presence.leave(actorId);
  }

  /**
   * Lets a person in. Rejects with SESSION_REFUSED when they are the second person of an editor-managed session, which is
   * sealed by that.
   */
  visit(connection: Connection): Promise<void> {
    return this.#visits.enter(connection);
  }

  /** A person's update that was applied to the document. */
  acceptEdit(tenure: Tenure, edit: Pick<NewEntry, "change" | "update"> & { readonly author: Connection }): Accepted {
    const { actor } = edit.author.visitor;
    return this.#accept(tenure, { ...edit, actor, operation: "edit" });
  }

  /** Takes what an earlier server wrote and lost back from a browser. Its author is not known any more. */
  recover(tenure: Tenure, lost: Uint8Array): void {
    const recovered = tenure.document.receive(lost);
    if (!recovered) return;
    const entry = { actor: serverActor, operation: recoverOperation };
    this.#accept(tenure, { ...recovered, ...entry });
    const change = tenure.document.outdatedIn({ lost, change: recovered.change });
    if (!isEmpty(change)) this.#accept(tenure, { ...entry, change, update: this.#writeDocument(tenure, change) });
  }

  /** The document may hold half a change: it is dropped and loaded from the log, which only holds whole ones. */
  reload(tenure: Tenure, error: unknown): void {
    if (this.#tenure !== tenure) return;
    this.#options.log.error({ templateId: this.templateId, error }, "A document was dropped and is loaded again.");
    this.#leaveTenure(tenure);
    this.#audience.holdAll();
    const { generation } = this.#record;
    // What was accepted before has to be in the log first; what can't be saved is dealt with where it failed.
    this.#opening = tenure.commits.settled().then(
      () => this.#open(),
      () => this.#open(),
    );
    this.#opening.then(
      (next) => this.#reloaded(next, { told: tenure.document.toldSnapshot, generation }),
      () => this.#audience.closeAll("INTERNAL"),
    );
  }

  /**
   * Ends the session: agents are refused from now on, and once everything is on disk people are told the last revision.
   * A second call waits for the first. Rejects with NOT_SAVED when something could not be saved; the session goes on then.
   */
  async seal(reason: EndReason): Promise<SealedFrame> {
    const frame = await this.#seal.close(reason);
    if (this.#sealedAt !== undefined) return frame;
    this.#sealedAt = this.#options.clock.now();
    this.#record = { ...this.#record, state: "sealed" };
    this.life.end();
    this.#audience.tell(frame);
    return frame;
  }

  /** The session's time is over. */
  async expire(): Promise<void> {
    if (this.#record.kind === "editor") await this.seal("expired");
    this.#audience.closeAll("SESSION_ENDED");
  }

  /** Keeps connections alive and takes away what is stale; to be called every few seconds. */
  heartbeat(): void {
    const now = this.#options.clock.now();
    this.#audience.heartbeat(now);
    this.tidy();
    if (this.#sealedAt !== undefined && now - this.#sealedAt >= farewellMs) this.#audience.closeAll("SESSION_ENDED");
  }

  /** Purges what nobody can miss any more, and asks those who still might. */
  tidy(): void {
    const tenure = this.#tenure;
    if (!tenure || this.#isClosed || this.#seal.isBegun) return;
    const change = this.#trash.purge(tenure.document.snapshot);
    if (!isEmpty(change)) {
      const update = this.#writeDocument(tenure, change);
      this.#accept(tenure, { actor: serverActor, operation: purgeOperation, change, update });
    }
    this.#trash.ask(tenure);
  }

  /** Whether nobody has been here for that long and nothing is left to do. */
  isIdle(idleMs: number): boolean {
    const isQuiet = this.#audience.isEmpty && (this.#presence.isEmpty || this.#sealedAt !== undefined);
    const isDone = this.#opening === undefined && (this.#tenure?.commits.isSaved ?? true);
    return isQuiet && isDone && this.#options.clock.now() - this.#usedAt >= idleMs;
  }

  /** Puts what there is into one snapshot, so that the next one to open the room reads little. */
  async rest(): Promise<void> {
    if (this.#tenure) await this.#snapshots.write(this.#tenure);
  }

  /** Closes every socket and waits for the disk. A second call does nothing. */
  async close(code: ErrorCode = "SHUTTING_DOWN"): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#audience.closeAll(code);
    this.#presence.close();
    await this.#opening?.catch(() => undefined);
    const tenure = this.#tenure;
    if (!tenure) return;
    await tenure.commits.settled().catch(() => undefined);
    await this.rest();
    await this.#compactor.stop();
    this.#leaveTenure(tenure);
  }

  async #open(): Promise<Tenure> {
    try {
      const { tenure, generation, snapshotRevision, entries } = await openTenure(this.#record, {
        ...this.#options,
        mustRenew: this.#mustRenewGeneration,
        onSaved: (revision) => this.#audience.tell({ frame: "saved", revision }),
        onFailed: (failed, failure) => this.#commitFailed(failed, failure),
      });
      this.#mustRenewGeneration = false;
      this.#record = { ...this.#record, generation };
      this.#snapshots.opened(snapshotRevision);
      this.#trash.opened(entries, this.#record.createdAt);
      this.#tenure = tenure;
      return tenure;
    } finally {
      this.#opening = undefined;
    }
  }

  #leaveTenure(tenure: Tenure): void {
    if (this.#tenure === tenure) this.#tenure = undefined;
    this.#visits.forgetPending();
    tenure.document.destroy();
  }

  /** Loaded already, the room answers without a pause: what is planned is planned on what is written to. */
  #enter(): Tenure | Promise<Tenure> {
    this.#usedAt = this.#options.clock.now();
    return this.#tenure && !this.#isClosed ? this.#tenure : this.ready();
  }

  #writeForCall(tenure: Tenure, { receiptFor, ...change }: ChangeToWrite): Accepted {
    if (this.#record.kind === "api") this.life.keepAlive();
    const update = this.#writeDocument(tenure, change.change);
    const receipt = receiptFor(tenure.log.revision + 1, tenure.document.snapshot);
    return this.#accept(tenure, { ...change, update, receipt });
  }

  #writeDocument(tenure: Tenure, change: ChangeSet): Uint8Array {
    try {
      return tenure.document.write(change);
    } catch (error) {
      this.reload(tenure, error);
      throw error;
    }
  }

  #accept(tenure: Tenure, { actor, operation, change, update, author, receipt }: NewEntry): Accepted {
    const revision = tenure.log.revision + 1;
    const at = this.#options.clock.now();
    const entry = { revision, actor, operation, change, at };
    tenure.log.add(entry);
    this.#trash.noted(entry);
    this.#audience.tellChange({ frame: "entry", revision, actor, operation, changeSet: change, at }, update, author);
    const stored = { revision, actor, operation, changeSet: change, at, update };
    const saved = tenure.commits.append(receipt ? { ...stored, receipt } : stored);
    this.#snapshots.added(tenure);
    return { revision, saved };
  }

  /** What was shown is not on disk: everyone starts over from what is. */
  #commitFailed(tenure: Tenure, { cause, lost }: CommitFailure): void {
    const refusal = appendRefusal(cause);
    this.#options.log.error(
      { templateId: this.templateId, lost: lost.length, error: cause },
      "Changes were not saved.",
    );
    // A person's own edit comes back from their browser. What the server wrote must not: its author was told it failed.
    if (lost.some(({ actor }) => actor.kind !== "person")) this.#mustRenewGeneration = true;
    this.#calls.desk.forgetAll();
    this.#leaveTenure(tenure);
    if (refusal === "template-gone") this.#audience.closeAll("TEMPLATE_NOT_FOUND");
    else if (refusal === "stale-epoch") this.#audience.closeAll("SHUTTING_DOWN");
    else this.#audience.closeAll(this.#mustRenewGeneration ? "GENERATION_CHANGED" : "NOT_SAVED");
    if (refusal === "template-gone" || refusal === "stale-epoch") this.#options.onGone(this);
  }

  /** Before anybody writes again: where the log's bytes lead elsewhere than what was told, the difference is an entry. */
  #reloaded(tenure: Tenure, before: { readonly told: Snapshot; readonly generation: number }): void {
    const change = diff(before.told, tenure.document.snapshot);
    if (!isEmpty(change)) {
      this.#accept(tenure, { actor: serverActor, operation: "repair", change, update: nothingNew });
    }
    if (this.#record.generation === before.generation) this.#audience.releaseAll();
    else this.#audience.closeAll("GENERATION_CHANGED");
  }

  #peopleChanged(change: PresenceChange): void {
    this.#audience.tell({ frame: "people", people: this.#presence.people, ...change });
    if (change.left.length === 0) return;
    const isDeserted = this.#record.kind === "editor" ? !this.#presence.hasKind("person") : this.#presence.isEmpty;
    if (isDeserted) this.life.lastLeft();
  }
}
