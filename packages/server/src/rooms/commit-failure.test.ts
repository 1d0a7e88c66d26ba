import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { canonicalJson, diff } from "@waggle/template";
import { readDocument } from "@waggle/template/binding";
import { expect, test } from "vitest";
import { Client, nodeOf, textOf } from "./clients.test-suite.ts";
import {
  ann,
  buttonId,
  FickleDisk,
  type House,
  hrefKey,
  openHouse,
  page,
  retitle,
  scout,
  titleId,
  titleKey,
  until,
  withHouse,
} from "./fixtures.test-suite.ts";

async function startSession({ sessions, registry }: House) {
  const { templateId } = await sessions.createEditorSession({ template: page(), ...ann });
  return { templateId, room: await registry.open(templateId) };
}

test("[ROOM-7] when an agent's write is lost, the reply says so and everyone loads another generation", () => {
  const disk = new FickleDisk();
  return withHouse(
    async (house) => {
      const { templateId, room } = await startSession(house);
      room.agentSeen(scout);
      await room.run(retitle("Saved"));
      const client = await Client.join({ ...house, templateId });
      const saved = canonicalJson(room.snapshot);
      disk.isFull = true;

      await expect(room.run(retitle("Lost"))).rejects.toMatchObject({ code: "NOT_SAVED" });
      await until(() => client.closed !== undefined);
      expect(client.closed).toStrictEqual({ code: 4409, reason: "GENERATION_CHANGED" });
      expect(client.savedRevision).toBe(1);

      disk.isFull = false;
      const stale = new Client({ ...house, templateId, doc: client.doc, generation: 1, revision: 2 });
      await until(() => stale.closed !== undefined);
      expect(stale.closed?.code).toBe(4409);
      const fresh = await Client.join({ ...house, templateId });
      expect(fresh.framesOf("hello")).toMatchObject([{ generation: 2, revision: 1 }]);
      expect(canonicalJson(readDocument(fresh.doc))).toBe(saved);
      expect(await house.registry.open(templateId)).toBe(room);
      expect(canonicalJson(room.snapshot)).toBe(saved);
      expect(room.people.map(({ actor }) => actor.kind).sort()).toStrictEqual(["agent", "person"]);
    },
    { wrap: disk.wrap },
  );
});

test("[ROOM-7] a person's edit that was lost comes back from their browser", () => {
  const disk = new FickleDisk();
  return withHouse(
    async (house) => {
      const { templateId, room } = await startSession(house);
      const client = await Client.join({ ...house, templateId });
      disk.isFull = true;
      nodeOf(client.doc, buttonId).set(hrefKey, "https://typed.example");
      await until(() => client.closed !== undefined);
      expect(client.closed).toStrictEqual({ code: 1011, reason: "NOT_SAVED" });
      expect(client.savedRevision).toBe(0);

      disk.isFull = false;
      const again = await Client.join({ ...house, templateId, doc: client.doc, generation: 1, revision: 1 });
      await until(() => again.savedRevision === 1);
      expect(room.snapshot.nodes.get(buttonId)?.[hrefKey]).toBe("https://typed.example");
      expect(again.framesOf("hello")[0]?.generation).toBe(1);
    },
    { wrap: disk.wrap },
  );
});

test("[ROOM-7] writes that followed the one that failed are not saved either", () => {
  const disk = new FickleDisk();
  return withHouse(
    async (house) => {
      const { room, templateId } = await startSession(house);
      disk.hold();
      const writes = ["One", "Two", "Three"].map((text) => room.run(retitle(text)));
      await until(() => disk.waiting === 3);
      disk.isFull = true;
      disk.release();
      const outcomes = await Promise.allSettled(writes);
      expect(outcomes.map(({ status }) => status)).toStrictEqual(["rejected", "rejected", "rejected"]);
      disk.isFull = false;
      expect(await room.run(retitle("Four"))).toMatchObject({ revision: 1 });
      expect((await house.storage.entriesSince(templateId, 0)).map(({ revision }) => revision)).toStrictEqual([1]);
    },
    { wrap: disk.wrap },
  );
});

test("[ROOM-7] while the disk stays full nothing is acknowledged and nothing breaks; afterwards work goes on", () => {
  const disk = new FickleDisk();
  return withHouse(
    async (house) => {
      const { room } = await startSession(house);
      disk.isFull = true;
      for (const text of ["One", "Two"])
        await expect(room.run(retitle(text))).rejects.toMatchObject({ code: "NOT_SAVED" });
      disk.isFull = false;
      expect(await room.run(retitle("Three"))).toMatchObject({ revision: 1, changed: true });
      expect(room.record.generation).toBe(3);
    },
    { wrap: disk.wrap },
  );
});

test("[ROOM-6] what was acknowledged survives the death of the process", async () => {
  const folder = await mkdtemp(join(tmpdir(), "waggle-kill-"));
  const file = join(folder, "waggle.db");
  const script = new URL("edit-forever.test-suite.ts", import.meta.url).pathname;
  const child = spawn(process.execPath, ["--conditions=@waggle/source", script, file], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const acknowledged = { templateId: "", title: "", href: "" };
  for await (const line of createInterface({ input: child.stdout })) {
    Object.assign(acknowledged, JSON.parse(line));
    if (numberIn(acknowledged.title) >= 15 && numberIn(acknowledged.href) >= 15) child.kill("SIGKILL");
  }
  const house = await openHouse({ file });
  try {
    const { snapshot, revision } = await house.registry.open(acknowledged.templateId);
    const title = JSON.stringify(snapshot.nodes.get(titleId)?.[titleKey]);
    const href = String(snapshot.nodes.get(buttonId)?.[hrefKey]);
    expect(numberIn(title)).toBeGreaterThanOrEqual(numberIn(acknowledged.title));
    expect(numberIn(href)).toBeGreaterThanOrEqual(numberIn(acknowledged.href));
    expect(revision).toBeGreaterThanOrEqual(numberIn(acknowledged.title) + numberIn(acknowledged.href));
  } finally {
    await house.close();
    await rm(folder, { recursive: true });
  }
});

test("[ROOM-12] what a server showed and lost when it died comes back from a browser, and what was built on it as the person's edit", async () => {
  const folder = await mkdtemp(join(tmpdir(), "waggle-crash-"));
  const file = join(folder, "waggle.db");
  const disk = new FickleDisk();
  const dying = await openHouse({ file, wrap: disk.wrap });
  const { templateId, room } = await startSession(dying);
  const client = await Client.join({ ...dying, templateId });
  disk.hold();
  const write = room.run(retitle("Shown"));
  await until(() => client.entries.length === 1);
  textOf(client.doc, titleId, titleKey).insert(5, " and built on");
  await client.close();
  await dying.storage.close();
  disk.release();
  await expect(write).rejects.toMatchObject({ code: "NOT_SAVED" });

  const next = await openHouse({ file });
  const again = await Client.join({ ...next, templateId, doc: client.doc, generation: 1, revision: 1 });
  await until(() => again.savedRevision === 2);
  const { snapshot, revision } = await next.registry.open(templateId);
  expect(revision).toBe(2);
  expect(JSON.stringify(snapshot.nodes.get(titleId)?.[titleKey])).toContain("Shown and built on");
  expect(diff(readDocument(again.doc), snapshot)).toStrictEqual({});
  expect(again.entries).toMatchObject([
    { actor: { kind: "server" }, operation: "recover" },
    { actor: { kind: "person" }, operation: "edit" },
  ]);
  await dying.close();
  await next.close();
  await rm(folder, { recursive: true });
});

function numberIn(text: string): number {
  return Number(/number(\d+)/.exec(text)?.[1] ?? Number.NaN);
}
