import { Buffer } from "node:buffer";
import { FakeClock } from "@waggle/testing";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { Client, nodeOf } from "../rooms/clients.test-suite.ts";
import {
  ann,
  buttonId,
  FickleDisk,
  type House,
  hrefKey,
  page,
  retitle,
  scout,
  until,
  withHouse,
} from "../rooms/fixtures.test-suite.ts";

async function startSession({ sessions, registry }: House) {
  const { templateId } = await sessions.createEditorSession({ template: page(), ...ann });
  return { templateId, room: await registry.open(templateId) };
}

test("[SEAL-1] after the seal agents are refused; sealed comes once everything before is on disk", () => {
  const disk = new FickleDisk();
  return withHouse(
    async (house) => {
      const { templateId, room } = await startSession(house);
      const client = await Client.join({ ...house, templateId });
      disk.hold();
      const before = room.run(retitle("Before"));
      await until(() => client.entries.length === 1);
      client.sendFrame({ frame: "seal", reason: "stopped" });
      client.sendFrame({ frame: "seal", reason: "timeout" });
      await until(() => room.sealState.isBegun);
      await expect(room.run(retitle("After"))).rejects.toMatchObject({ code: "SESSION_ENDED" });
      expect(client.framesOf("sealed")).toStrictEqual([]);
      disk.release();
      expect(await before).toMatchObject({ revision: 1 });
      await until(() => client.framesOf("sealed").length === 1);
      const stateVector = Buffer.from(Y.encodeStateVector(client.doc)).toString("base64");
      expect(client.framesOf("sealed")).toStrictEqual([
        { frame: "sealed", revision: 1, reason: "stopped", stateVector },
      ]);
      expect(client.savedRevision).toBe(1);
      expect((await house.storage.findTemplate(templateId))?.state).toBe("sealed");
      await expect(house.registry.open(templateId)).rejects.toMatchObject({ code: "SESSION_ENDED" });
    },
    { wrap: disk.wrap },
  );
});

test("[SEAL-1] a seal that could not be saved says so, and the session can go on", () => {
  const disk = new FickleDisk();
  return withHouse(
    async (house) => {
      const { templateId, room } = await startSession(house);
      disk.hold();
      const write = room.run(retitle("Lost"));
      const sealing = room.seal("stopped");
      disk.isFull = true;
      disk.release();
      await expect(sealing).rejects.toMatchObject({ code: "NOT_SAVED" });
      await expect(write).rejects.toMatchObject({ code: "NOT_SAVED" });
      disk.isFull = false;
      expect(await room.run(retitle("Again"))).toMatchObject({ revision: 1 });
      expect(await room.seal("stopped")).toMatchObject({ revision: 1 });
      expect((await house.storage.findTemplate(templateId))?.state).toBe("sealed");
    },
    { wrap: disk.wrap },
  );
});

test("[SEAL-2] someone else ends the session and is refused", () =>
  withHouse(async (house) => {
    const { templateId, room } = await startSession(house);
    const owner = await Client.join({ ...house, templateId });
    const other = new Client({ ...house, templateId, token: "acme:jonas", generation: 0 });
    await until(() => other.closed !== undefined && owner.framesOf("sealed").length === 1);
    expect(other.closed).toStrictEqual({ code: 4403, reason: "SESSION_REFUSED" });
    expect(owner.framesOf("sealed")).toMatchObject([{ reason: "second-person", revision: 0 }]);
    expect(room.people.length).toBe(1);
    expect(other.frames).toStrictEqual([]);
  }));

test("[SEAL-2] a second tab of the same person is a second person", () =>
  withHouse(async (house) => {
    const { templateId } = await startSession(house);
    const owner = await Client.join({ ...house, templateId, instance: "tab-1" });
    const tab = new Client({ ...house, templateId, instance: "tab-2", generation: 0 });
    await until(() => tab.closed !== undefined && owner.framesOf("sealed").length === 1);
    expect(tab.closed?.code).toBe(4403);
    expect(owner.framesOf("sealed")).toMatchObject([{ reason: "second-person" }]);
  }));

test("[SEAL-2] a reload or a reconnect of the same person is not", () =>
  withHouse(async (house) => {
    const { templateId, room } = await startSession(house);
    const first = await Client.join({ ...house, templateId, instance: "tab-1" });
    await first.close();
    await until(() => room.isIdle(0) || room.people.length === 1);
    const reloaded = await Client.join({ ...house, templateId, instance: "tab-2" });
    const reconnected = await Client.join({ ...house, templateId, instance: "tab-2" });
    await until(() => reloaded.closed !== undefined);
    expect(room.sealState.isBegun).toBe(false);
    expect(reconnected.closed).toBeUndefined();
    expect(room.people.map(({ actor }) => actor.id)).toStrictEqual([reconnected.framesOf("hello")[0]?.actor.id]);
  }));

test("[SEAL-3] a token of another client is refused and seals nothing", () =>
  withHouse(async (house) => {
    const { templateId, room } = await startSession(house);
    const owner = await Client.join({ ...house, templateId });
    const foreign = new Client({ ...house, templateId, token: "other:ann", generation: 0 });
    await until(() => foreign.closed !== undefined);
    expect(foreign.closed).toStrictEqual({ code: 4403, reason: "FORBIDDEN" });
    expect(room.sealState.isBegun).toBe(false);
    await room.run(retitle("Goes on"));
    await until(() => owner.savedRevision === 1);
  }));

test("[SEAL-4] the person may come back for the last state for a while; nobody writes any more", () => {
  const clock = new FakeClock();
  return withHouse(
    async (house) => {
      const { templateId, room } = await startSession(house);
      const client = await Client.join({ ...house, templateId });
      await room.run(retitle("Last"));
      await client.close();
      await room.seal("stopped");
      const again = await Client.join({ ...house, templateId, doc: client.doc, generation: 1, revision: 1 });
      await until(() => again.framesOf("sealed").length === 1);
      expect(again.framesOf("sealed")).toMatchObject([{ revision: 1, reason: "stopped" }]);
      nodeOf(again.doc, buttonId).set(hrefKey, "https://late.example");
      again.sendBytes(3);
      const answered = again.awareness.length;
      await until(() => again.awareness.length > answered);
      expect(room.snapshot.nodes.get(buttonId)?.[hrefKey]).toBe("https://example.com");
      clock.advance(15_000);
      await until(() => again.closed !== undefined);
      expect(again.closed).toStrictEqual({ code: 4410, reason: "SESSION_ENDED" });
    },
    { clock },
  );
});

test("[SEAT-1] a template that many share has so many seats for people, and none for agents", () =>
  withHouse(
    async (house) => {
      const { templateId } = await house.sessions.createTemplate({ template: page(), clientId: "acme" });
      const first = await Client.join({ ...house, templateId, instance: "first" });
      const second = await Client.join({ ...house, templateId, instance: "second" });
      const room = await house.registry.open(templateId);
      room.agentSeen(scout);
      const third = new Client({ ...house, templateId, instance: "third", generation: 0 });
      await until(() => third.closed !== undefined);
      expect(third.closed).toMatchObject({ code: 4403, reason: expect.stringMatching(/^SEATS_TAKEN/) });
      expect(third.frames).toStrictEqual([]);
      expect([first.closed, second.closed, room.sealState.isBegun]).toStrictEqual([undefined, undefined, false]);

      const again = await Client.join({ ...house, templateId, instance: "second" });
      await again.close();
      const late = await Client.join({ ...house, templateId, instance: "third" });
      expect(late.closed).toBe(undefined);
    },
    { seats: 2 },
  ));

test("[SEAL-5] a template that many share can't be sealed", () =>
  withHouse(async (house) => {
    const { templateId } = await house.sessions.createTemplate({ template: page(), clientId: "acme" });
    const client = await Client.join({ ...house, templateId });
    client.sendFrame({ frame: "seal", reason: "stopped" });
    await until(() => client.framesOf("error").length === 1);
    expect(client.framesOf("error")).toMatchObject([{ code: "FORBIDDEN" }]);
    const room = await house.registry.open(templateId);
    expect(room.sealState.isBegun).toBe(false);
  }));
