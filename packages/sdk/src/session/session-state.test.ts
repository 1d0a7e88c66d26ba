import { describe, expect, test } from "vitest";
import { findNextState, type SessionEvent, SessionMachine, type SessionState, transitions } from "./session-state.ts";

const states: readonly SessionState[] = ["idle", "starting", "active", "reconnecting", "stopping", "ended"];
const events: readonly SessionEvent[] = ["start", "opened", "failed", "lost", "back", "end", "finished"];

/** Everything that leads somewhere; all the rest leads nowhere. */
const expected: Readonly<Record<string, SessionState>> = {
  "idle start": "starting",
  "ended start": "starting",
  "starting opened": "active",
  "starting failed": "idle",
  "starting end": "idle",
  "active lost": "reconnecting",
  "reconnecting back": "active",
  "active end": "stopping",
  "reconnecting end": "stopping",
  "stopping finished": "ended",
};

describe("the state table", () => {
  test("[SES-1] it has every state and every event", () => {
    expect(Object.keys(transitions)).toEqual(states);
    for (const state of states) expect(Object.keys(transitions[state])).toEqual(events);
  });

  test.each(states.flatMap((state) => events.map((event) => [state, event] as const)))(
    "[SES-1] %s, when %s",
    (state, event) => {
      expect(findNextState(state, event)).toBe(expected[`${state} ${event}`]);
    },
  );

  test("[SES-2] each transition is told once, an event without meaning never", () => {
    const told: SessionState[] = [];
    const machine = new SessionMachine((state) => told.push(state));

    const meant = ["start", "start", "opened", "lost", "lost", "back", "end", "end", "finished", "lost"] as const;
    const answers = meant.map((event) => machine.happens(event));

    expect(told).toEqual(["starting", "active", "reconnecting", "active", "stopping", "ended"]);
    expect(answers).toEqual([true, false, true, true, false, true, true, false, true, false]);
    expect(machine.state).toBe("ended");
  });
});
