/** Where a session is in its life. */
export type SessionState = "idle" | "starting" | "active" | "reconnecting" | "stopping" | "ended";

/** What can happen to it. */
export type SessionEvent =
  /** The host asked for a session. */
  | "start"
  /** The room is open and its document is the one being edited. */
  | "opened"
  /** It could not be started, or nobody wants it any more. */
  | "failed"
  /** The connection broke. */
  | "lost"
  /** Connected and synced again. */
  | "back"
  /** A stop rule answered, or the host asked to stop. */
  | "end"
  /** The sealed state is here, or waiting for it is over. */
  | "finished";

/**
 * Every state against every event. `undefined`: the event means nothing there and nothing happens, which is what makes
 * stopping twice, or losing a connection that is being closed, harmless.
 */
export const transitions = {
  idle: {
    start: "starting",
    opened: undefined,
    failed: undefined,
    lost: undefined,
    back: undefined,
    end: undefined,
    finished: undefined,
  },
  starting: {
    start: undefined,
    opened: "active",
    failed: "idle",
    lost: undefined,
    back: undefined,
    end: "idle",
    finished: undefined,
  },
  active: {
    start: undefined,
    opened: undefined,
    failed: undefined,
    lost: "reconnecting",
    back: undefined,
    end: "stopping",
    finished: undefined,
  },
  reconnecting: {
    start: undefined,
    opened: undefined,
    failed: undefined,
    lost: undefined,
    back: "active",
    end: "stopping",
    finished: undefined,
  },
  stopping: {
    start: undefined,
    opened: undefined,
    failed: undefined,
    lost: undefined,
    back: undefined,
    end: undefined,
    finished: "ended",
  },
  ended: {
    start: "starting",
    opened: undefined,
    failed: undefined,
    lost: undefined,
    back: undefined,
    end: undefined,
    finished: undefined,
  },
} as const satisfies Record<SessionState, Record<SessionEvent, SessionState | undefined>>;

/** The state an event leads to; undefined when it changes nothing. */
export function findNextState(state: SessionState, event: SessionEvent): SessionState | undefined {
  return transitions[state][event];
}

/** Holds the state and tells each change once. */
export class SessionMachine {
  #state: SessionState = "idle";
  readonly #changed: (state: SessionState) => void;

  constructor(changed: (state: SessionState) => void) {
    this.#changed = changed;
  }

  get state(): SessionState {
    return this.#state;
  }

  /** Returns whether the event meant something in this state. */
  happens(event: SessionEvent): boolean {
    const next = findNextState(this.#state, event);
    if (next === undefined) return false;
    this.#state = next;
    this.#changed(next);
    return true;
  }
}
