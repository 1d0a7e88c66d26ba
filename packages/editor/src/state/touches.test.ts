import type { Actor } from "@waggle/contract";
import type { Clock } from "@waggle/sdk";
import { expect, test } from "vitest";
import { Touches } from "./touches.ts";

const scout: Actor = { kind: "agent", id: "scout", name: "Scout" };

/** Time that stands still until `advance`. */
function stoppedClock(): Clock & { advance(byMs: number): void } {
  let now = 1000;
  let timers: { readonly at: number; readonly run: () => void }[] = [];
  return {
    now: () => now,
    after: (delayMs, run) => {
      const timer = { at: now + delayMs, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    advance: (byMs) => {
      now += byMs;
      const due = timers.filter(({ at }) => at <= now);
      timers = timers.filter(({ at }) => at > now);
      for (const { run } of due) run();
    },
  };
}

test("a touch says writing for 1.5 s, leaves a trace until 8 s, then goes", () => {
  const clock = stoppedClock();
  const touches = new Touches(clock);
  touches.add(scout, ["title"]);
  expect(touches.current.value.get("title")?.phase).toBe("writing");
  clock.advance(1500);
  expect(touches.current.value.get("title")?.phase).toBe("past");
  clock.advance(6500);
  expect(touches.current.value.size).toBe(0);
});

test("touching again starts over", () => {
  const clock = stoppedClock();
  const touches = new Touches(clock);
  touches.add(scout, ["title"]);
  clock.advance(1400);
  touches.add(scout, ["title"]);
  clock.advance(1400);
  expect(touches.current.value.get("title")?.phase).toBe("writing");
});

test("closing leaves no timer behind", () => {
  const clock = stoppedClock();
  const touches = new Touches(clock);
  touches.add(scout, ["title"]);
  touches.close();
  clock.advance(10_000);
  expect(touches.current.value.size).toBe(0);
});
