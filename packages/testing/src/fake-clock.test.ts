import { expect, test } from "vitest";
import { FakeClock } from "./fake-clock.ts";

test("timers run in order of time, each at its own time, and only once", () => {
  const clock = new FakeClock(1000);
  const ran: [string, number][] = [];
  clock.after(20, () => ran.push(["late", clock.now()]));
  clock.after(10, () => {
    ran.push(["early", clock.now()]);
    clock.setTimeout(() => ran.push(["set meanwhile", clock.now()]), 5);
  });
  clock.advance(15);
  clock.advance(100);
  expect(ran).toEqual([
    ["early", 1010],
    ["set meanwhile", 1015],
    ["late", 1020],
  ]);
  expect([clock.now(), clock.pending]).toEqual([1115, 0]);
});

test("a cancelled timer never runs", () => {
  const clock = new FakeClock();
  const ran: string[] = [];
  const cancel = clock.after(10, () => ran.push("cancelled"));
  const id = clock.setTimeout(() => ran.push("cleared"), 10);
  cancel();
  clock.clearTimeout(id);
  clock.advance(10);
  expect(ran).toEqual([]);
});
