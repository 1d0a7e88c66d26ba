import { type EndReason, lifetimes, type McpSessionEvent, type Participant, WaggleError } from "@waggle/contract";
import type { SessionStatus } from "../bee-types.ts";
import type { Clock } from "../clock.ts";
import { type PeopleChange, toSessionData, toSessionUser } from "../presence/people-list.ts";
import type { LiveRoom, LiveRoomListener } from "../sync/live-room.ts";
import { toSessionError } from "../transport/session-error.ts";
import { SessionMachine, type SessionState } from "./session-state.ts";
import { findEndReason, serverSealed } from "./stop-rules.ts";

/** Who manages a room: this editor, which ends it, or a backend, so that this editor only leaves it. */
export type Managed = "editor" | "api";

/** A way into a room. `enter` makes its document the one being edited. */
export interface SessionPlan {
  readonly managed: Managed;
  readonly openRoom: (listener: LiveRoomListener, signal: AbortSignal) => Promise<LiveRoom>;
  readonly enter: (room: LiveRoom) => void;
}

export interface SessionHost {
  readonly clock: Clock;
  /** How long an editor-managed session may last. */
  readonly timeoutMs: number;
  /** What agents changed in this session. */
  readonly agentChanges: number;
  /** Runs `run`; listeners are told only afterwards. */
  hold(run: () => void): void;
  /** Makes the document local again and the session one step. */
  leave(options: { readonly isIncomplete: boolean }): void;
  agentJoined(agent: Participant): void;
  publish(event: McpSessionEvent): void;
  /** State, people, connection or saving may have changed. */
  changed(): void;
  failed(error: unknown): void;
}

/** A session from when its room is open to when it has ended. */
interface Run {
  readonly managed: Managed;
  readonly room: LiveRoom;
  readonly startedAt: number;
  readonly deadline: number;
  readonly ended: PromiseWithResolvers<void>;
  /** Timers that end with the session. */
  readonly cancels: (() => void)[];
  hasAgentJoined: boolean;
  endReason: EndReason | undefined;
}

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
      ...(managed === "editor" ? { expiresAt: deadline } : {}),
      changes: this.#host.agentChanges,
    };
  }

  /** Resolves to the template id once the room's document is being edited. A failure leaves everything as it was. */
  async start(plan: SessionPlan): Promise<string> {
    if (!this.#machine.happens("start")) throw alreadyRunning();
    const starting = new AbortController();
    this.#starting = starting;
    let room: LiveRoom | undefined;
    try {
      room = await plan.openRoom(this.#roomListener, starting.signal);
      starting.signal.throwIfAborted();
      this.#begin(plan, room);
      return room.templateId;
    } catch (failure) {
      room?.close();
      if (this.#starting === starting) this.#machine.happens("failed");
      throw toSessionError(failure);
    } finally {
      if (this.#starting === starting) this.#starting = undefined;
    }
  }

  /** Ends the session, or the attempt to start one. Resolves when it has ended; at once when there is none. */
  stop(reason: EndReason): Promise<void> {
    if (this.isStarting) {
      this.#starting?.abort(stoppedEarly());
      this.#starting = undefined;
      this.#machine.happens("end");
      return Promise.resolve();
    }
    return this.#end(reason);
  }

  /** Ends without waiting for the server. */
  abandon(): void {
    void this.stop("stopped");
    this.#finish({ isIncomplete: this.#run?.room.sealed === undefined });
  }

  #begin({ managed, enter }: SessionPlan, room: LiveRoom): void {
    const startedAt = this.#host.clock.now();
    const deadline = managed === "editor" ? startedAt + this.#host.timeoutMs : Number.POSITIVE_INFINITY;
    this.#run = {
      managed,
      room,
      startedAt,
      deadline,
      ended: Promise.withResolvers(),
      cancels: [],
      hasAgentJoined: false,
      endReason: undefined,
    };
    this.#host.hold(() => {
      enter(room);
      this.#machine.happens("opened");
      if (managed === "editor") {
        this.#judgeAfter(this.#host.timeoutMs);
        this.#host.publish({ type: "SESSION_STARTED", templateId: room.templateId });
      }
      const here = [...room.people.participants].filter(({ actor }) => actor.id !== room.self?.id);
      this.#peopleChanged({ joined: here, left: [] });
    });
  }

  readonly #roomListener: LiveRoomListener = {
    peopleChanged: (change) => this.#peopleChanged(change),
    shownChanged: () => {
      this.#host.changed();
      this.#finishIfSealed();
    },
    lost: () => {
      if (!this.#machine.happens("lost")) this.#host.changed();
    },
    back: () => this.#cameBack(),
    sealed: () => {
      this.#finishIfSealed();
      this.#judge();
    },
    closed: (error) => this.#closedForGood(error),
    failed: (error) => this.#host.failed(error),
  };

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

  #tellPerson({ managed, room }: Run, type: "USER_JOINED" | "USER_LEFT", participant: Participant): void {
    if (managed !== "editor") return;
    const change = { type, value: toSessionUser(participant) };
    this.#host.publish({ type, change, sessionData: toSessionData(room.people.participants) });
  }

  #cameBack(): void {
    const run = this.#run;
    if (!run) return;
    // Who was here before the server changed has the time of a lease to be heard of again.
    if (run.room.ownerChangedAt !== undefined) this.#judgeAfter(lifetimes.agentLeaseMs);
    if (this.#machine.state === "stopping" && run.endReason && !run.room.sealed) run.room.seal(run.endReason);
    if (!this.#machine.happens("back")) this.#host.changed();
    this.#judge();
  }

  #closedForGood(error: WaggleError): void {
    const run = this.#run;
    if (!run) return;
    // A server that closes an ended session says nothing new when it has sealed it, or was asked to.
    if (!run.room.sealed && this.#machine.state !== "stopping") this.#host.failed(error);
    void this.#end("expired");
    this.#finish({ isIncomplete: run.room.sealed === undefined });
  }

  #judgeAfter(delayMs: number): void {
    this.#run?.cancels.push(this.#host.clock.after(delayMs, () => this.#judge()));
  }

  /** Asks the stop rules. In a room that many share only the server's own decision counts. */
  #judge(): void {
    const run = this.#run;
    if (!run || run.endReason) return;
    const { room, managed, deadline, hasAgentJoined } = run;
    const people = [...room.people.participants];
    const facts = {
      now: this.#host.clock.now(),
      deadline,
      hasAgentJoined: hasAgentJoined || room.agentEntries > 0,
      isAgentHere: people.some(({ actor }) => actor.kind === "agent"),
      ownerChangedAt: room.ownerChangedAt,
      sealedBecause: room.sealed?.reason,
    };
    const reason = managed === "editor" ? findEndReason(facts) : serverSealed(facts);
    if (reason) void this.#end(reason);
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

function alreadyRunning(): WaggleError {
  return new WaggleError("SESSION_RUNNING", {
    message: "A session is running. Stop it with bee.stopMcpSession() before starting another.",
  });
}

function stoppedEarly(): WaggleError {
  return new WaggleError("SESSION_ENDED", { message: "The session was stopped before it had begun." });
}
