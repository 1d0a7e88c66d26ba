import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Actor } from "@waggle/contract";
import { canonicalJson, Draft } from "@waggle/template";
import { expect, test } from "vitest";
import type { RunRequest } from "./agent-calls.ts";
import {
  ann,
  buttonId,
  FickleDisk,
  type House,
  hrefKey,
  lumen,
  openHouse,
  operation,
  page,
  paragraphId,
  rowId,
  scout,
  titleId,
  withHouse,
} from "./fixtures.test-suite.ts";

const maya: Actor = { kind: "person", id: "person-maya", name: "Maya" };
const addTitle: RunRequest = {
  actor: scout,
  operation: operation("add_title"),
  input: { section: 0, text: "Hello" },
  call: { callKey: "key-1 a", fingerprint: "hello" },
};

async function openRoom({ sessions, registry }: House) {
  const { templateId } = await sessions.createTemplate({ clientId: ann.clientId, template: page() });
  return { templateId, room: await registry.open(templateId) };
}

const relabel = (actor: Actor, text: string): RunRequest => ({
  actor,
  operation: operation("update_button"),
  input: { elementId: buttonId, text },
});

test("[CALL-1] a repeated call answers with the first outcome and writes nothing", () =>
  withHouse(async (house) => {
    const { room } = await openRoom(house);
    const first = await room.run(addTitle);
    expect(first).toMatchObject({ changed: true, revision: 1 });
    expect(await room.run({ ...addTitle, actor: lumen })).toStrictEqual(first);
    expect(room.revision).toBe(1);
  }));

test("[CALL-1] repeated while the first is still under way, it waits for the first", () => {
  const disk = new FickleDisk();
  return withHouse(
    async (house) => {
      const { room } = await openRoom(house);
      disk.hold();
      const calls = [room.run(addTitle), room.run(addTitle)];
      expect(await room.findOutcome("key-1 a")).toStrictEqual({ state: "under-way" });
      disk.release();
      const [first, second] = await Promise.all(calls);
      expect(second).toStrictEqual(first);
      expect(room.revision).toBe(1);
      expect(await room.findOutcome("key-1 a")).toStrictEqual({ state: "done", outcome: first });
    },
    { wrap: disk.wrap },
  );
});

test("[CALL-2] the outcome is there after the server was started again", async () => {
  const folder = await mkdtemp(join(tmpdir(), "waggle-calls-"));
  const file = join(folder, "waggle.db");
  const before = await openHouse({ file });
  const { templateId, room } = await openRoom(before);
  const first = await room.run(addTitle);
  await before.close();
  const after = await openHouse({ file });
  const again = await after.registry.open(templateId);
  expect(await again.findOutcome("key-1 a")).toStrictEqual({ state: "done", outcome: first });
  expect(await again.run(addTitle)).toStrictEqual(first);
  expect(again.revision).toBe(1);
  await after.close();
  await rm(folder, { recursive: true });
});

test("[CALL-2] each answered call has its outcome after the process was killed, and repeating the last one sent adds one at most", async () => {
  const folder = await mkdtemp(join(tmpdir(), "waggle-calls-"));
  const file = join(folder, "waggle.db");
  const answered = await callUntilKilled(file, 20);
  const { templateId, count } = answered.at(-1) ?? { templateId: "", count: 0 };
  const house = await openHouse({ file });
  const room = await house.registry.open(templateId);
  for (const { count: each, output } of answered) {
    expect(await room.findOutcome(`key-1 ${each}`)).toMatchObject({ state: "done", outcome: { output } });
  }
  const next = count + 1;
  const again = { callKey: `key-1 ${next}`, fingerprint: `title ${next}` };
  await room.run({ ...addTitle, input: { section: rowId, text: `Title ${next}` }, call: again });
  expect(room.revision).toBe(next);
  await house.close();
  await rm(folder, { recursive: true });
}, 60_000);

interface AnsweredCall {
  readonly templateId: string;
  readonly count: number;
  readonly output: Readonly<Record<string, unknown>>;
}

/** Starts a process that makes calls, kills it once enough were answered, and resolves to those. */
async function callUntilKilled(file: string, enough: number): Promise<readonly AnsweredCall[]> {
  const script = join(import.meta.dirname, "call-forever.test-suite.ts");
  const child = spawn(process.execPath, ["--conditions=@waggle/source", script, file], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const answered: AnsweredCall[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    answered.push(JSON.parse(line));
    if (answered.length >= enough) child.kill("SIGKILL");
  }
  return answered;
}

test("[CALL-3] the key of another call is refused", () =>
  withHouse(async (house) => {
    const { room } = await openRoom(house);
    await room.run(addTitle);
    const other = room.run({ ...addTitle, call: { callKey: "key-1 a", fingerprint: "bye" } });
    await expect(other).rejects.toMatchObject({ code: "KEY_REUSED", message: expect.stringMatching(/Send a new key/) });
    expect(room.revision).toBe(1);
  }));

test("[CALL-4] a call that failed wrote nothing, and may be tried again under its key", () => {
  const disk = new FickleDisk();
  return withHouse(
    async (house) => {
      const { templateId, room } = await openRoom(house);
      disk.isFull = true;
      await expect(room.run(addTitle)).rejects.toMatchObject({ code: "NOT_SAVED" });
      disk.isFull = false;
      const again = await house.registry.open(templateId);
      expect(await again.findOutcome("key-1 a")).toStrictEqual({ state: "unknown" });
      expect(await again.run(addTitle)).toMatchObject({ changed: true, revision: 1 });
    },
    { wrap: disk.wrap },
  );
});

test("[CALL-5] a dry run answers as the call would and writes nothing", () =>
  withHouse(async (house) => {
    const { templateId, room } = await openRoom(house);
    const before = canonicalJson(room.snapshot);
    const input = { elementId: buttonId, href: "#", color: "#eeeeee", backgroundColor: "#ffffff" };
    const request = { actor: scout, operation: operation("update_button"), input };
    const dry = await room.run({ ...request, isDryRun: true, call: { callKey: "key-1 dry", fingerprint: "dry" } });
    expect(canonicalJson(room.snapshot)).toBe(before);
    expect(await house.storage.entriesSince(templateId, 0)).toStrictEqual([]);
    expect(await room.findOutcome("key-1 dry")).toStrictEqual({ state: "unknown" });
    const wet = await room.run(request);
    expect(dry).toStrictEqual({ ...wet, changed: false, revision: 0 });
    expect(dry.findings?.map(({ problem }) => problem)).toStrictEqual(["missingCopyLink", "insufficientColorContrast"]);
  }));

test("[CALL-5] a dry run is refused as the call would be", () =>
  withHouse(async (house) => {
    const { room } = await openRoom(house);
    const none = room.run({
      actor: scout,
      operation: operation("delete_element"),
      input: { elementId: "none" },
      isDryRun: true,
    });
    await expect(none).rejects.toMatchObject({ code: "ELEMENT_NOT_FOUND" });
    const forbidden = room.run({ ...relabel(scout, "Go"), policy: { access: "read-only" }, isDryRun: true });
    await expect(forbidden).rejects.toMatchObject({ code: "POLICY_REFUSED" });
  }));

test("[NEWS-1] a write is answered with what is wrong with what it touched, and with nothing of the rest", () =>
  withHouse(async (house) => {
    const { room } = await openRoom(house);
    const bad = await room.run({
      actor: scout,
      operation: operation("update_paragraph"),
      input: { elementId: paragraphId, color: "#f5f5f5" },
    });
    expect(bad.findings).toStrictEqual([
      {
        elementId: paragraphId,
        problem: "insufficientColorContrast",
        contrastRatio: expect.any(Number),
        suggestedColor: expect.stringMatching(/^#[0-9a-f]{6}$/),
      },
    ]);
    const good = await room.run({
      actor: scout,
      operation: operation("update_title"),
      input: { elementId: titleId, text: "Summer" },
    });
    expect(good.findings).toBeUndefined();
  }));

test("[NEWS-2] an agent is told once what others changed since its last call, the last first, and nothing it has read", () =>
  withHouse(async (house) => {
    const { room } = await openRoom(house);
    const look = { actor: scout, operation: operation("get_element_details"), input: { elementId: titleId } };
    await room.run(look);
    await room.run(relabel(lumen, "Go"));
    await room.run({
      actor: maya,
      operation: operation("update_title"),
      input: { elementId: titleId, text: "Summer" },
    });
    await room.run({ actor: lumen, operation: operation("delete_element"), input: { elementId: paragraphId } });

    const told = await room.run(look);

    expect(told.othersChanged).toStrictEqual([
      { elementId: paragraphId, label: "Paragraph", isDeleted: true },
      { elementId: buttonId, label: "Button" },
    ]);
    expect((await room.run(look)).othersChanged).toBeUndefined();
  }));

test("[NEWS-2] of many changed elements some are named and the rest counted", () =>
  withHouse(async (house) => {
    const { room } = await openRoom(house);
    const look = { actor: scout, operation: operation("get_element_details"), input: { elementId: titleId } };
    await room.run(look);
    for (let i = 0; i < 8; i++) {
      const input = { section: rowId, text: `Title ${i}` };
      await room.run({ actor: lumen, operation: operation("add_title"), input });
    }
    const { othersChanged, notes } = await room.run(look);
    expect(othersChanged).toHaveLength(5);
    expect(notes).toStrictEqual(["Others changed 3 more elements: call get_content_hierarchy."]);
  }));

test("[GATE-1] what a session's policy forbids is refused, whatever the key allows, and a key's policy counts besides", () =>
  withHouse(async ({ sessions, registry }) => {
    const { templateId } = await sessions.createTemplate({
      clientId: ann.clientId,
      template: page(),
      policy: { access: "text-only", tools: ["update_title", "update_button"] },
    });
    const room = await registry.open(templateId);
    expect(await room.run(relabel(scout, "Go"))).toMatchObject({ changed: true });
    const link = { ...relabel(scout, "Go"), input: { elementId: buttonId, href: "https://evil.example" } };
    await expect(room.run(link)).rejects.toMatchObject({ code: "POLICY_REFUSED", data: { allowed: ["text"] } });
    await expect(room.run(addTitle)).rejects.toMatchObject({
      code: "POLICY_REFUSED",
      data: { allowed: ["update_title", "update_button"] },
    });
    const byKey = room.run({ ...relabel(scout, "Stop"), policy: { protectedElements: [buttonId] } });
    await expect(byKey).rejects.toMatchObject({ code: "POLICY_REFUSED" });
    const inBatch = room.run({ ...relabel(scout, "Stop"), uses: ["update_button", "delete_element"] });
    await expect(inBatch).rejects.toMatchObject({ code: "POLICY_REFUSED" });
    const draft = new Draft(room.snapshot);
    expect(draft.get(buttonId, hrefKey)).toBe("https://example.com");
  }));

test("[GATE-2] people and the server are not judged", () =>
  withHouse(async ({ sessions, registry }) => {
    const template = page();
    const policy = { access: "read-only" as const };
    const { templateId } = await sessions.createTemplate({ clientId: ann.clientId, template, policy });
    const room = await registry.open(templateId);
    expect(await room.run(relabel(maya, "Go"))).toMatchObject({ changed: true });
    await expect(room.run(relabel(scout, "Stop"))).rejects.toMatchObject({ code: "POLICY_REFUSED" });
  }));
