import { type EndReason, type ErrorCode, lifetimes, type Participant, type WaggleError } from "@waggle/contract";
import type { SessionStatus } from "../bee-types.ts";
import { type PeopleChange, PeopleList, toSessionData, toSessionUser } from "../presence/people-list.ts";
import type { LiveRoom } from "../sync/live-room.ts";
import type { LiveRoomListener, RoomPlace } from "../sync/live-room-options.ts";
import { toSessionError } from "../transport/session-error.ts";
import { alreadyRunning, connectionLost, stoppedEarly } from "./session-failures.ts";
import type { Managed, SessionHost, SessionPlan } from "./session-host.ts";
import { SessionMachine, type SessionState } from "./session-state.ts";
import { findEndReason, serverSealed } from "./stop-rules.ts";

/** A session from when its room is open to when it has ended. */
interface Run {
  readonly managed: Managed;
  readonly place: RoomPlace;
  readonly people: PeopleList;
  room: LiveRoom;
  readonly startedAt: number;
  readonly deadline: number;
  readonly ended: PromiseWithResolvers<void>;
  /** Timers that end with the session. */
  readonly cancels: (() => void)[];
  hasAgentJoined: boolean;
  /** Of the server that held the room last. */
  leaseEpoch: number | undefined;
  ownerChangedAt: number | undefined;
  isReopening: boolean;
  /** When the connection broke, while it is gone. */
  lostAt: number | undefined;
  endReason: EndReason | undefined;
}

/** What a server says whose session is over, while it remembers it and later. */
const overOnServer: ReadonlySet<ErrorCode> = new Set(["SESSION_ENDED", "TEMPLATE_NOT_FOUND"]);

/** A room that can be entered. */
type OpenedRoom = Pick<Run, "place" | "people" | "room">;

const shownStates = {
  idle: undefined,
  starting: "starting",
  active: "active",
  reconnecting: "reconnecting",
  stopping: "stopping",
  ended: undefined,
} as const satisfies Record<SessionState, SessionStatus["state"] | undefined>;

/** The session of one editor: at most one at a time, as many as it likes one after the other. */
export class Session {
  readonly #host: SessionHost;
  readonly #machine: SessionMachine;
  #starting: AbortController | undefined;
  /** Opens another room while a session runs. */
  #switching: AbortController | undefined;
  #run: Run | undefined;

  constructor(host: SessionHost) {
    this.#host = host;
    this.#machine = new SessionMachine(() => host.changed());
  }

  get room(): LiveRoom | undefined {
    return this.#run?.room;
  }

  get isStarting(): boolean {
    return this.#machine.state === "starting";
  }

  get status(): SessionStatus | undefined {
    const state = shownStates[this.#machine.state];
    if (!state) return undefined;
    const run = this.#run;
    if (!run) return { state, changes: 0 };
    const { room, startedAt, deadline, managed } = run;
    return {
      state,
      templateId: room.templateId,
      startedAt,
      ...(room.userHandle === undefined ? {} : { userHandle: room.userHandle }),
      ...(managed === "editor" ? { expiresAt: deadline } : {}),
      changes: this.#host.agentChanges,
    };
  }

  /** Resolves to the template id once the room's document is being edited. A failure leaves everything as it was. */
  start(plan: SessionPlan): Promise<string> {
    return this.#start(plan, async (signal) => this.#open(await plan.findRoom(signal), signal));
  }

  /** The same in place of the running session, which ends when the other room is open and goes on when it can't be opened. */
  async switchTo(plan: SessionPlan): Promise<string> {
    const opened = this.#run ? await this.#openBeside(plan, this.#run) : undefined;
    try {
      await this.stop("new-template");
      return await (opened ? this.#start(plan, async () => opened) : this.start(plan));
    } catch (failure) {
      opened?.room.close();
      throw failure;
    }
  }

  /** Ends the session, or the attempt to start one. Resolves when it has ended; at once when there is none. */
  stop(reason: EndReason): Promise<void> {
    this.giveUpStart();
    return this.#end(reason);
  }

  /** Gives up a room that is being opened. A session that runs meanwhile goes on. */
  giveUpStart(): void {
    this.#switching?.abort(stoppedEarly());
    if (!this.isStarting) return;
    this.#starting?.abort(stoppedEarly());
    this.#starting = undefined;
    this.#machine.happens("end");
  }

  /** Ends without waiting for the server. */
  abandon(): void {
    void this.stop("stopped");
    this.#finish({ isIncomplete: this.#run?.room.sealed === undefined });
  }

  async #start(plan: SessionPlan, open: (signal: AbortSignal) => Promise<OpenedRoom>): Promise<string> {
    if (!this.#machine.happens("start")) throw alreadyRunning();
    const starting = new AbortController();
    this.#starting = starting;
    let room: LiveRoom | undefined;
    try {
      const opened = await open(starting.signal);
      room = opened.room;
      starting.signal.throwIfAborted();
      this.#begin(plan, opened);
      return room.templateId;
    } catch (failure) {
      room?.close();
      if (this.#run?.room === room) this.#run = undefined;
      if (this.#starting === starting) this.#machine.happens("failed");
      throw toSessionError(failure);
    } finally {
      if (this.#starting === starting) this.#starting = undefined;
    }
  }

  async #open(place: RoomPlace, signal: AbortSignal): Promise<OpenedRoom> {
    const people = new PeopleList();
    const room = await this.#host.openRoom(place, { people, listener: this.#listenerFor(people), signal });
    if (signal.aborted) room.close();
    signal.throwIfAborted();
    return { place, people, room };
  }

  /** Undefined for the room one is in: a second connection would put out the first. */
  async #openBeside(plan: SessionPlan, { room }: Run): Promise<OpenedRoom | undefined> {
    const switching = new AbortController();
    this.#switching = switching;
    const { signal } = switching;
    try {
      const place = await plan.findRoom(signal);
      return place.templateId === room.templateId ? undefined : await this.#open(place, signal);
    } catch (failure) {
      throw toSessionError(failure);
    } finally {
      if (this.#switching === switching) this.#switching = undefined;
    }
  }

  #begin({ managed, enter }: SessionPlan, opened: OpenedRoom): void {
    const { room } = opened;
    const startedAt = this.#host.clock.now();
    const deadline = managed === "editor" ? startedAt + this.#host.timeoutMs : Number.POSITIVE_INFINITY;
    this.#run = {
      ...opened,
      managed,
      startedAt,
      deadline,
      ended: Promise.withResolvers(),
      cancels: [],
      hasAgentJoined: false,
      leaseEpoch: room.leaseEpoch,
      ownerChangedAt: undefined,
      isReopening: false,
      lostAt: undefined,
      endReason: undefined,
    };
    this.#host.hold(() => {
      enter(room);
      this.#machine.happens("opened");
      if (managed === "editor") {
        this.#judgeAfter(this.#host.timeoutMs);
        this.#host.publish({ type: "SESSION_STARTED", templateId: room.templateId });
      } else this.#host.publishShared({ sessionId: room.templateId });
      const here = [...opened.people.participants].filter(({ actor }) => actor.id !== room.self?.id);
      this.#peopleChanged({ joined: here, left: [] });
      // While the session before it ended, the connection may have broken.
      if (!room.isOnline) this.#wasLost();
    });
  }

  /** Of the room these people are in, which may be opened while another session runs. */
  #listenerFor(people: PeopleList): LiveRoomListener {
    const ifRunning = (tell: () => void) => {
      if (this.#run?.people === people) tell();
    };
    return {
      peopleChanged: (change) => ifRunning(() => this.#peopleChanged(change)),
      shownChanged: () =>
        ifRunning(() => {
          this.#host.changed();
          this.#finishIfSealed();
        }),
      lost: () => ifRunning(() => this.#wasLost()),
      back: () => ifRunning(() => this.#cameBack()),
      sealed: () =>
        ifRunning(() => {
          this.#finishIfSealed();
          this.#judge();
        }),
      closed: (error) => ifRunning(() => this.#closedForGood(error)),
      failed: (error) => this.#host.failed(error),
    };
  }

  #peopleChanged({ joined, left }: PeopleChange): void {
    const run = this.#run;
    if (!run) return;
    for (const participant of joined) {
      this.#tellPerson(run, "USER_JOINED", participant);
      if (participant.actor.kind !== "agent") continue;
      run.hasAgentJoined = true;
      this.#host.agentJoined(participant);
    }
    for (const participant of left) this.#tellPerson(run, "USER_LEFT", participant);
    this.#host.changed();
    this.#judge();
  }

  #tellPerson({ managed, people }: Run, type: "USER_JOINED" | "USER_LEFT", participant: Participant): void {
    const change = { type, value: toSessionUser(participant) };
    const sessionData = toSessionData(people.participants);
    if (managed === "editor") this.#host.publish({ type, change, sessionData });
    else this.#host.publishShared({ change, sessionData });
  }

  #wasLost(): void {
    const run = this.#run;
    // Every attempt to come back that fails is told as well.
    if (run && run.lostAt === undefined) {
      run.lostAt = this.#host.clock.now();
      this.#judgeAfter(lifetimes.reconnectMs);
    }
    if (!this.#machine.happens("lost")) this.#host.changed();
  }

  #cameBack(): void {
    const run = this.#run;
    if (!run) return;
    run.lostAt = undefined;
    if (this.#machine.state === "stopping" && run.endReason && !run.room.sealed) run.room.seal(run.endReason);
    if (!this.#machine.happens("back")) this.#host.changed();
    this.#judge();
  }

  #closedForGood(error: WaggleError): void {
    const run = this.#run;
    if (!run) return;
    if (error.code === "GENERATION_CHANGED" && !run.endReason) {
      this.#host.failed(error);
      this.#reopen(run).catch((failure: unknown) => this.#endWithout(toSessionError(failure)));
    } else this.#endWithout(error);
  }

  /** The server holds another document under the same id, because it could not keep the one before. */
  async #reopen(run: Run): Promise<void> {
    const { place, people } = run;
    run.isReopening = true;
    this.#machine.happens("lost");
    run.room.close();
    const gaveUp = new AbortController();
    run.cancels.push(() => gaveUp.abort(stoppedEarly()));
    const { signal } = gaveUp;
    const room = await this.#host.openRoom(place, { people, listener: this.#listenerFor(people), signal });
    if (this.#run !== run || run.endReason) {
      room.close();
      return;
    }
    this.#host.hold(() => {
      run.room = room;
      run.isReopening = false;
      this.#host.reenter(room);
      this.#cameBack();
    });
  }

  #endWithout(error: WaggleError): void {
    const run = this.#run;
    if (!run) return;
    // A server that closes an ended session says nothing new when it has sealed it, or was asked to.
    if (!run.room.sealed && this.#machine.state !== "stopping") this.#host.failed(error);
    void this.#end(overOnServer.has(error.code) ? "expired" : "lost");
    this.#finish({ isIncomplete: run.room.sealed === undefined });
  }

  #judgeAfter(delayMs: number): void {
    if (!Number.isFinite(delayMs)) return;
    this.#run?.cancels.push(this.#host.clock.after(delayMs, () => this.#judge()));
  }

  /** Asks the stop rules. In a room that many share only the server's own decision counts. */
  #judge(): void {
    const run = this.#run;
    if (!run || run.endReason || run.isReopening) return;
    if (this.#isLostForGood(run)) {
      this.#endWithout(connectionLost(run.room.unsavedChanges));
      return;
    }
    this.#noteOwner(run);
    const { room, managed, deadline, hasAgentJoined, ownerChangedAt } = run;
    const people = [...run.people.participants];
    const facts = {
      now: this.#host.clock.now(),
      deadline,
      hasAgentJoined: hasAgentJoined || room.agentEntries > 0,
      isAgentHere: people.some(({ actor }) => actor.kind === "agent"),
      ownerChangedAt,
      sealedBecause: room.sealed?.reason,
    };
    const reason = managed === "editor" ? findEndReason(facts) : serverSealed(facts);
    if (reason) void this.#end(reason);
  }

  #isLostForGood({ lostAt }: Run): boolean {
    return lostAt !== undefined && this.#host.clock.now() >= lostAt + lifetimes.reconnectMs;
  }

  /** Another server starts with nobody in its list: who was here has the time of a lease to be heard of again. */
  #noteOwner(run: Run): void {
    if (run.room.leaseEpoch === run.leaseEpoch) return;
    run.leaseEpoch = run.room.leaseEpoch;
    run.ownerChangedAt = this.#host.clock.now();
    this.#judgeAfter(lifetimes.agentLeaseMs);
  }

  #end(reason: EndReason): Promise<void> {
    const run = this.#run;
    if (!run) return Promise.resolve();
    if (!this.#machine.happens("end")) return run.ended.promise;
    run.endReason = reason;
    run.cancels.push(this.#host.clock.after(lifetimes.sealWaitMs, () => this.#finish({ isIncomplete: true })));
    if (run.managed === "api") this.#finish({ isIncomplete: false });
    else if (run.room.sealed) this.#finishIfSealed();
    else run.room.seal(reason);
    return run.ended.promise;
  }

  #finishIfSealed(): void {
    const run = this.#run;
    if (this.#machine.state !== "stopping" || !run?.room.sealed) return;
    if (run.room.revision >= run.room.sealed.revision) this.#finish({ isIncomplete: false });
  }

  #finish({ isIncomplete }: { readonly isIncomplete: boolean }): void {
    const run = this.#run;
    if (!run || this.#machine.state !== "stopping") return;
    for (const cancel of run.cancels) cancel();
    this.#host.hold(() => {
      this.#host.leave({ isIncomplete });
      this.#run = undefined;
      this.#machine.happens("finished");
      const reason = run.endReason ?? "stopped";
      if (run.managed === "editor") {
        this.#host.publish({ type: "SESSION_ENDED", templateId: run.room.templateId, reason });
      }
    });
    run.ended.resolve();
  }
}
