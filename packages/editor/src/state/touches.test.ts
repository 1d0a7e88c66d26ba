import type { Actor } from "@waggle/contract";
import { FakeClock } from "@waggle/testing";
import { expect, test } from "vitest";
import { Touches } from "./touches.ts";

const scout: Actor = { kind: "agent", id: "scout", name: "Scout" };

test("a touch says writing for 1.5 s, leaves a trace until 8 s, then goes", () => {
  const clock = new FakeClock();
  const touches = new Touches(clock);
  touches.add(scout, ["title"]);
  expect(touches.current.value.get("title")?.phase).toBe("landing");
  clock.advance(500);
  expect(touches.current.value.get("title")?.phase).toBe("writing");
  clock.advance(1000);
  expect(touches.current.value.get("title")?.phase).toBe("past");
  clock.advance(6500);
  expect(touches.current.value.size).toBe(0);
});

test("edits in a row are one landing, an edit after a pause is another", () => {
  const clock = new FakeClock();
  const touches = new Touches(clock);
  const touch = () => touches.current.value.get("title");
  touches.add(scout, ["title"]);
  const first = touch()?.since;
  clock.advance(1400);
  touches.add(scout, ["title"]);
  expect(touch()).toMatchObject({ since: first, phase: "landing" });
  clock.advance(2000);
  touches.add(scout, ["title"]);
  expect(touch()?.since).toBe(clock.now());
});

test("touching again starts over", () => {
  const clock = new FakeClock();
  const touches = new Touches(clock);
  touches.add(scout, ["title"]);
  clock.advance(1400);
  touches.add(scout, ["title"]);
  clock.advance(1400);
  expect(touches.current.value.get("title")?.phase).toBe("writing");
});

test("closing leaves no timer behind", () => {
  const clock = new FakeClock();
  const touches = new Touches(clock);
  touches.add(scout, ["title"]);
  touches.close();
  expect([touches.current.value.size, clock.pending]).toEqual([0, 0]);
});
