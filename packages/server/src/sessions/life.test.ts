import { lifetimes } from "@waggle/contract";
import { importPage, type Json, newElementId } from "@waggle/template";
import { htmlCodec } from "@waggle/template/html";
import { FakeClock } from "@waggle/testing";
import { expect, test } from "vitest";
import { Client } from "../rooms/clients.test-suite.ts";
import { ann, operation, page, scout, titleId, until, withHouse } from "../rooms/fixtures.test-suite.ts";
import { emptyPage } from "./empty-page.ts";

const hour = 3_600_000;

/** Lets 15 seconds pass for a client that shows signs of life; round trips, so that the ping is answered as well. */
async function passBeat(clock: FakeClock, client: Client): Promise<void> {
  clock.advance(15_000);
  for (let trip = 0; trip < 3; trip++) {
    const before = client.awareness.length;
    client.sendBytes(3);
    await until(() => client.awareness.length > before);
  }
}

test("[LIFE-1] a session is on disk before its id is told, and exports as it came", () => {
  const clock = new FakeClock();
  return withHouse(
    async ({ sessions, storage, registry }) => {
      const session = await sessions.createEditorSession({ template: page(), ...ann });
      expect(session).toStrictEqual({
        templateId: expect.stringMatching(/^tpl_[\w-]{12,}$/),
        expiresAt: clock.now() + lifetimes.editorActiveMs,
        generation: 1,
      });
      expect(await storage.findTemplate(session.templateId)).toStrictEqual({
        id: session.templateId,
        kind: "editor",
        generation: 1,
        state: "open",
        createdAt: clock.now(),
        expiresAt: session.expiresAt,
        clientId: "acme",
        ownerHandle: "ann",
      });
      expect(await sessions.exportTemplate(session.templateId, "acme")).toStrictEqual(page());
      expect(registry.rooms).toStrictEqual([]);
      await registry.open(session.templateId);
      expect(await sessions.exportTemplate(session.templateId, "acme")).toStrictEqual(page());
    },
    { clock },
  );
});

test("[LIFE-1] the export of a live template holds what was just written", () =>
  withHouse(async ({ sessions, registry }) => {
    const { templateId } = await sessions.createTemplate({
      template: page(),
      mergeTags: { name: "Ann" },
      clientId: "acme",
    });
    const room = await registry.open(templateId);
    await room.run({ actor: scout, operation: operation("update_title"), input: { elementId: titleId, text: "Now" } });
    expect(JSON.stringify(await sessions.exportTemplate(templateId, "acme"))).toContain('"text":"Now"');
    await expect(sessions.exportTemplate(templateId, "other")).rejects.toMatchObject({ code: "TEMPLATE_NOT_FOUND" });
    await expect(sessions.exportTemplate("tpl_unknown", "acme")).rejects.toMatchObject({ code: "TEMPLATE_NOT_FOUND" });
  }));

test("[LIFE-1] what is no page JSON is refused and leaves nothing; without one the page is empty", () =>
  withHouse(async ({ sessions }) => {
    const broken = sessions.createTemplate({ template: { page: { rows: [1] } }, clientId: "acme" });
    await expect(broken).rejects.toMatchObject({ code: "INVALID_TEMPLATE", data: { pointer: "/page/rows/0" } });
    const { templateId } = await sessions.createTemplate({ clientId: "acme" });
    expect(await sessions.exportTemplate(templateId, "acme")).toStrictEqual(emptyPage);
    expect(() => importPage(emptyPage, { newId: newElementId, codec: htmlCodec })).not.toThrow();
  }));

test("[LIFE-2] an editor-managed session lives an hour from the last sign of life, five minutes when its person left", () => {
  const clock = new FakeClock();
  return withHouse(
    async ({ sessions, storage, registry, syncUrl }) => {
      const { templateId } = await sessions.createEditorSession({ template: page(), ...ann });
      const room = await registry.open(templateId);
      const expiresIn = async () => ((await storage.findTemplate(templateId))?.expiresAt ?? 0) - clock.now();
      const client = await Client.join({ syncUrl, templateId });
      for (let beat = 0; beat < 3; beat++) await passBeat(clock, client);
      expect(await expiresIn()).toBe(hour - 45_000);
      await passBeat(clock, client);
      await expect.poll(expiresIn).toBe(hour);
      room.agentSeen(scout);
      await client.close();
      await until(() => clock.pending > 1);
      clock.advance(5_000);
      await expect.poll(expiresIn).toBe(lifetimes.editorLastLeftMs);
      clock.advance(1_000);
      const again = await Client.join({ syncUrl, templateId });
      await expect.poll(expiresIn).toBe(hour);
      await room.seal("stopped");
      again.sendBytes(3);
      await expect.poll(expiresIn).toBe(lifetimes.editorLastLeftMs);
    },
    { clock },
  );
});

test("[LIFE-2] an API-managed template lives 33 hours from the last sign of life, 24 when the last one left", () => {
  const clock = new FakeClock();
  return withHouse(
    async ({ sessions, storage, registry }) => {
      const { templateId } = await sessions.createTemplate({ template: page(), clientId: "acme" });
      const expiresIn = async () => ((await storage.findTemplate(templateId))?.expiresAt ?? 0) - clock.now();
      expect(await expiresIn()).toBe(33 * hour);
      const room = await registry.open(templateId);
      clock.advance(60_000);
      room.agentSeen(scout);
      await expect.poll(expiresIn).toBe(33 * hour);
      clock.advance(120_000);
      await room.run({
        actor: scout,
        operation: operation("update_title"),
        input: { elementId: titleId, text: "Now" },
      });
      await expect.poll(expiresIn).toBe(33 * hour);
      room.agentLeft(scout.id);
      await expect.poll(expiresIn).toBe(24 * hour);
    },
    { clock },
  );
});

test("[LIFE-3] a session whose time is over is sealed with `expired`, then deleted", () => {
  const clock = new FakeClock();
  return withHouse(
    async ({ sessions, storage, registry, sweeper }) => {
      const { templateId } = await sessions.createEditorSession({ template: page(), ...ann });
      const { templateId: shared } = await sessions.createTemplate({ template: page(), clientId: "acme" });
      const room = await registry.open(templateId);
      // Somebody is there, or the room would be put away before.
      room.agentSeen(scout);
      expect(await sweeper.sweep()).toStrictEqual([]);
      clock.advance(hour);
      await expect(registry.open(templateId)).rejects.toMatchObject({ code: "SESSION_ENDED" });
      expect(await sweeper.sweep()).toStrictEqual([templateId]);
      expect(room.sealState.frame).toMatchObject({ reason: "expired" });
      expect(registry.rooms).toStrictEqual([]);
      await expect(registry.open(templateId)).rejects.toMatchObject({ code: "TEMPLATE_NOT_FOUND" });
      expect((await storage.findTemplate(shared))?.id).toBe(shared);
    },
    { clock },
  );
});

test("[LIFE-3] a person who is still connected is told", () =>
  withHouse(async ({ sessions, registry, syncUrl }) => {
    const { templateId } = await sessions.createEditorSession({ template: page(), ...ann });
    const room = await registry.open(templateId);
    const client = await Client.join({ syncUrl, templateId });
    await room.expire();
    await until(() => client.closed !== undefined);
    expect(client.framesOf("sealed")).toMatchObject([{ reason: "expired", revision: 0 }]);
    expect(client.closed).toStrictEqual({ code: 4410, reason: "SESSION_ENDED" });
  }));

test("[LIFE-3] sweeping goes on by itself until it is closed", () => {
  const clock = new FakeClock();
  return withHouse(
    async ({ sessions, storage, sweeper }) => {
      const { templateId } = await sessions.createEditorSession({ template: page(), ...ann });
      sweeper.start();
      clock.advance(30_000);
      await expect.poll(() => clock.pending).toBe(1);
      clock.advance(2 * hour);
      await expect.poll(() => storage.findTemplate(templateId)).toBeUndefined();
      await sweeper.close();
      expect(clock.pending).toBe(0);
    },
    { clock },
  );
});

test("[LIFE-1] page JSON survives being a session", () =>
  withHouse(async ({ sessions }) => {
    const odd: Json = {
      page: { rows: [{ uuid: "r", "x-unknown": [1, { a: null }], columns: [] }], title: "ü" },
      extra: {},
    };
    const { templateId } = await sessions.createTemplate({ template: odd, clientId: "acme" });
    expect(await sessions.exportTemplate(templateId, "acme")).toStrictEqual(odd);
  }));
