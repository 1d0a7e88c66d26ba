import { operations } from "@waggle/operations";
import { emptySnapshot } from "@waggle/template";
import { FakeClock } from "@waggle/testing";
import { expect, onTestFinished, test } from "vitest";
import { scriptLimits } from "./limits.ts";
import type { Sandbox } from "./sandbox.ts";
import { Sandboxes } from "./sandboxes.ts";
import { wrapForRun } from "./script-wrapper.ts";

const idleMs = 1_000;

function openSandboxes(most = 2) {
  const clock = new FakeClock();
  const sandboxes = new Sandboxes({ operations, limits: { ...scriptLimits, runMs: 100 }, most, clock, idleMs });
  onTestFinished(() => sandboxes.close());
  return { sandboxes, clock };
}

const run = (sandbox: Sandbox, script: string) =>
  sandbox.run({ code: wrapForRun(script), now: 0, refused: [], base: emptySnapshot });

test("a sandbox serves script after script, and the one used last is taken first", async () => {
  const { sandboxes } = openSandboxes();
  const [one, two] = [await sandboxes.take(), await sandboxes.take()];
  expect((await run(one, "return 1")).ending).toMatchObject({ kind: "returned", json: "1" });
  sandboxes.giveBack(one);
  sandboxes.giveBack(two);
  expect(await sandboxes.take()).toBe(two);
  expect(await sandboxes.take()).toBe(one);
  expect((await run(one, "return 2")).ending).toMatchObject({ kind: "returned", json: "2" });
});

test("[CODE-25] one that was killed or has grown is not given out again", async () => {
  const { sandboxes } = openSandboxes();
  for (const script of [
    "return (new Array(1e9) + '').length;",
    "const a = []; while (true) a.push(new Array(1e5).fill('x'));",
  ]) {
    const sandbox = await sandboxes.take();
    expect((await run(sandbox, script)).ending).toMatchObject({ kind: "stopped" });
    await expect.poll(() => sandbox.isOver).toBe(true);
    sandboxes.giveBack(sandbox);
    expect(await sandboxes.take()).not.toBe(sandbox);
  }
});

test("[CODE-26] each is let go when it was idle for long, and closing ends those at work as well", async () => {
  const { sandboxes, clock } = openSandboxes();
  const [idle, busy] = [await sandboxes.take(), await sandboxes.take()];
  sandboxes.giveBack(idle);
  clock.advance(idleMs);
  expect([idle.isOver, busy.isOver]).toEqual([true, false]);
  const ran = run(busy, "return 1");
  const closed = sandboxes.close();
  expect((await ran).ending).toEqual({ kind: "stopped", reason: "ended" });
  await closed;
  expect(busy.isOver).toBe(true);
  await expect(sandboxes.take()).rejects.toThrow("closed");
});

test("one script at a time", async () => {
  const { sandboxes } = openSandboxes();
  const sandbox = await sandboxes.take();
  const first = run(sandbox, "return 1");
  await expect(run(sandbox, "return 2")).rejects.toThrow("runs a script already");
  expect((await first).ending).toMatchObject({ json: "1" });
});
