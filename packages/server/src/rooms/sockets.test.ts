import { canonicalJson } from "@waggle/template";
import { readDocument } from "@waggle/template/binding";
import { FakeClock } from "@waggle/testing";
import { expect, test } from "vitest";
import { WebSocket } from "ws";
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from "y-protocols/awareness";
import * as Y from "yjs";
import { Client, nodeOf } from "./clients.test-suite.ts";
import {
  ann,
  buttonId,
  type House,
  hrefKey,
  operation,
  page,
  retitle,
  scout,
  titleId,
  until,
  withHouse,
} from "./fixtures.test-suite.ts";

async function shared({ sessions, registry }: House) {
  const { templateId } = await sessions.createTemplate({ template: page(), clientId: "acme" });
  return { templateId, room: await registry.open(templateId) };
}

async function closeOf(client: Client): Promise<unknown> {
  await until(() => client.closed !== undefined, "the socket is closed");
  return client.closed;
}

test("[SOCK-1] a refusal accepts and closes with the error's code", () =>
  withHouse(async (house) => {
    const { templateId } = await shared(house);
    const cases = [
      [
        { templateId, token: "" },
        { code: 4401, reason: "AUTH_INVALID" },
      ],
      [{ templateId: "tpl_unknown" }, { code: 4404, reason: "TEMPLATE_NOT_FOUND" }],
      [{ templateId: "%E0%A4%A" }, { code: 4404, reason: "TEMPLATE_NOT_FOUND" }],
      [{ templateId: "a/b" }, { code: 4404, reason: "TEMPLATE_NOT_FOUND" }],
    ] as const;
    for (const [options, closed] of cases) {
      expect(await closeOf(new Client({ ...house, generation: 0, ...options }))).toStrictEqual(closed);
    }
  }));

test("[SOCK-2] hello comes first, and fits", () =>
  withHouse(async (house) => {
    const { templateId } = await shared(house);
    const stale = new Client({ ...house, templateId, generation: 7 });
    expect(await closeOf(stale)).toStrictEqual({ code: 4409, reason: "GENERATION_CHANGED" });

    const silent = new Client({ ...house, templateId });
    await until(() => silent.framesOf("hello").length === 1);
    expect(silent.framesOf("people")).toStrictEqual([]);
    silent.sendSync(0, Y.encodeStateVector(silent.doc));
    expect(await closeOf(silent)).toStrictEqual({ code: 1008, reason: "INVALID_FRAME" });

    const other = new Client({ ...house, templateId });
    await until(() => other.framesOf("hello").length === 1);
    other.sendFrame({ frame: "hello", protocol: 99, schema: 1, generation: 0, revision: 0 });
    expect(await closeOf(other)).toStrictEqual({ code: 4400, reason: "INVALID_INPUT" });

    // A newer client could write texts that this server, and older clients, know nothing of.
    const newer = new Client({ ...house, templateId });
    await until(() => newer.framesOf("hello").length === 1);
    newer.sendFrame({ frame: "hello", protocol: 1, schema: 2, generation: 0, revision: 0 });
    expect(await closeOf(newer)).toStrictEqual({ code: 4400, reason: "INVALID_INPUT" });
  }));

test("[SOCK-2] the server says hello at once", () =>
  withHouse(async (house) => {
    const { templateId, room } = await shared(house);
    await room.run(retitle("One"));
    const client = new Client({ ...house, templateId, username: "Ann" });
    await until(() => client.frames.length > 0);
    expect(client.frames).toStrictEqual([
      {
        frame: "hello",
        protocol: 1,
        schema: 1,
        generation: 1,
        leaseEpoch: 1,
        revision: 1,
        actor: { kind: "person", id: expect.stringMatching(/^person_/), name: "Ann" },
        userHandle: "ann",
      },
    ]);
  }));

test("[SOCK-3] entries after the client's revision are told again on hello", () =>
  withHouse(async (house) => {
    const { templateId, room } = await shared(house);
    for (const text of ["One", "Two", "Three"]) await room.run(retitle(text));
    const client = await Client.join({ ...house, templateId, revision: 1 });
    const entries = client.framesOf("entry");
    expect(entries.map(({ revision, replayed }) => [revision, replayed])).toStrictEqual([
      [2, true],
      [3, true],
    ]);
    expect(client.frames.map(({ frame }) => frame)).toStrictEqual(["hello", "entry", "entry", "people", "saved"]);
    expect(client.savedRevision).toBe(3);
    expect(canonicalJson(readDocument(client.doc))).toBe(canonicalJson(room.snapshot));
  }));

test("[SOCK-3] entries that only the disk remembers are told too, without a gap to the live ones", () =>
  withHouse(async (house) => {
    const { templateId, room } = await shared(house);
    const count = 2_100;
    const writes = Array.from({ length: count }, (_, at) => room.run(retitle(`Title ${at}`)));
    await Promise.all(writes);
    expect((await room.ready()).log.since(0)).toBeUndefined();
    const client = new Client({ ...house, templateId, generation: 0, revision: 0 });
    let extra = 0;
    while (!client.isSynced) {
      extra += 1;
      await room.run(retitle(`Extra ${extra}`));
    }
    await until(() => client.savedRevision === count + extra);
    const revisions = client.framesOf("entry").map(({ revision }) => revision);
    expect(revisions).toStrictEqual(Array.from({ length: count + extra }, (_, at) => at + 1));
    expect(canonicalJson(readDocument(client.doc))).toBe(canonicalJson(room.snapshot));
  }));

test("[SOCK-4] a plain y-websocket client works and gets no frames", () =>
  withHouse(async (house) => {
    const { templateId, room } = await shared(house);
    const plain = await Client.join({ ...house, templateId, waggle: false });
    await room.run(retitle("Summer"));
    nodeOf(plain.doc, buttonId).set(hrefKey, "https://plain.example");
    await until(() => room.revision === 2);
    await until(() => canonicalJson(readDocument(plain.doc)) === canonicalJson(room.snapshot));
    expect(plain.frames).toStrictEqual([]);
    expect(room.snapshot.nodes.get(buttonId)?.[hrefKey]).toBe("https://plain.example");
  }));

test("[SOCK-13] whoever comes gets the document as it is, also right after others came", () =>
  withHouse(async (house) => {
    const { templateId, room } = await shared(house);
    const host = await Client.join({ ...house, templateId, token: "acme:host" });
    const seen: unknown[] = [];
    for (let count = 1; count <= 4; count += 1) {
      const href = `https://number${count}.example`;
      nodeOf(host.doc, buttonId).set(hrefKey, href);
      await until(() => host.entries.length === count, "the edit is there");
      // The second finds the document as the first found it.
      for (const tab of ["first", "second"]) {
        const client = await Client.join({ ...house, templateId, instance: `${tab}${count}` });
        expect(canonicalJson(readDocument(client.doc))).toBe(canonicalJson(room.snapshot));
        seen.push(nodeOf(client.doc, buttonId).get(hrefKey));
        await client.close();
      }
    }
    expect(seen).toHaveLength(8);
    expect(new Set(seen).size).toBe(4);
  }));

test("[SOCK-5] awareness comes back to its sender, and a beat comes every 15 seconds", () => {
  const clock = new FakeClock();
  return withHouse(
    async (house) => {
      const { templateId } = await shared(house);
      const client = await Client.join({ ...house, templateId });
      const awareness = new Awareness(client.doc);
      awareness.setLocalState({ selection: "here" });
      const state = encodeAwarenessUpdate(awareness, [client.doc.clientID]);
      const before = client.awareness.length;
      client.sendBytes(1, state);
      await until(() => client.awareness.length === before + 1);
      expect(client.awareness.at(-1)).toStrictEqual(state);
      clock.advance(15_000);
      await until(() => client.awareness.length === before + 2);
      awareness.destroy();
    },
    { clock },
  );
});

test("[SOCK-6] a participant speaks for its own awareness id only; the departed are taken away", () =>
  withHouse(async (house) => {
    const { templateId } = await shared(house);
    const maya = await Client.join({ ...house, templateId, token: "acme:maya" });
    const jonas = await Client.join({ ...house, templateId, token: "acme:jonas", instance: "tab-2" });
    const seen = new Awareness(new Y.Doc());
    seen.setLocalState(null);
    const [own, forged] = [awarenessOf(1001, "maya"), awarenessOf(1001, "forged", 9)];

    maya.sendBytes(1, own);
    await until(() => jonas.awareness.some((message) => message.length > 1));
    jonas.sendBytes(1, awarenessOf(1002, "jonas"));
    jonas.sendBytes(1, forged);
    jonas.sendBytes(1, awarenessOf(1003, "ghost"));
    jonas.sendBytes(1, awarenessOf(1002, "jonas again", 2));
    await until(() => maya.awareness.some((message) => new TextDecoder().decode(message).includes("jonas again")));
    for (const message of maya.awareness) applyAwarenessUpdate(seen, message, "test");
    expect([...seen.getStates()]).toStrictEqual([
      [1001, { name: "maya" }],
      [1002, { name: "jonas again" }],
    ]);

    await jonas.close();
    await until(() => {
      for (const message of maya.awareness) applyAwarenessUpdate(seen, message, "test");
      return !seen.getStates().has(1002);
    });
    seen.destroy();
  }));

test("[SOCK-6] nobody selects anything in the name of another", () =>
  withHouse(async (house) => {
    const { templateId } = await shared(house);
    const maya = await Client.join({ ...house, templateId, token: "acme:maya" });
    const mallory = await Client.join({ ...house, templateId, token: "acme:mallory", instance: "tab-2" });
    const [mayaId, malloryId] = [maya, mallory].map((client) => client.framesOf("hello")[0]?.actor.id);
    const seen = new Awareness(new Y.Doc());
    seen.setLocalState(null);

    mallory.sendBytes(1, awarenessWith(1002, { actorId: mayaId, selection: titleId }));
    maya.sendBytes(1, awarenessWith(1001, { actorId: mayaId, selection: buttonId }));
    await until(() =>
      [titleId, buttonId].every((id) => maya.awareness.some((message) => textIn(message).includes(id))),
    );
    for (const message of maya.awareness) applyAwarenessUpdate(seen, message, "test");

    expect(mayaId).not.toBe(malloryId);
    expect([...seen.getStates()]).toStrictEqual([
      [1002, { actorId: malloryId, selection: titleId }],
      [1001, { actorId: mayaId, selection: buttonId }],
    ]);
    expect(mallory.closed).toBeUndefined();
    seen.destroy();
  }));

function textIn(message: Uint8Array): string {
  return new TextDecoder().decode(message);
}

function awarenessOf(clientId: number, name: string, renewals = 0): Uint8Array {
  return awarenessWith(clientId, { name }, renewals);
}

function awarenessWith(clientId: number, said: object, renewals = 0): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = clientId;
  const awareness = new Awareness(doc);
  for (let count = 0; count <= renewals; count++) awareness.setLocalState({ ...said });
  const state = encodeAwarenessUpdate(awareness, [clientId]);
  awareness.destroy();
  return state;
}

test("[SOCK-7] whoever reads too slowly is closed and may start over", () =>
  withHouse(async (house) => {
    const { templateId, room } = await shared(house);
    const slow = await Client.join({ ...house, templateId });
    slow.socket.pause();
    const big = { ...operation("update_title"), apply: bigWrite };
    // All in one turn: the close is cut short when it is not answered in time, and disks take their time.
    const runs = Array.from({ length: 12 }, (_, count) =>
      room.run({ actor: scout, operation: big, input: { elementId: titleId, text: String(count % 10) } }),
    );
    slow.socket.resume();
    expect(await closeOf(slow)).toStrictEqual({ code: 1013, reason: "TOO_SLOW" });
    await Promise.all(runs);
  }));

/** 15 MB in UTF-8: more than the buffers of a local connection hold. */
const large = "€".repeat(5_000_000);

/** A client that asked for a document larger than any buffer and has stopped to read before it came. */
async function joinLarge(house: House) {
  const template = { ...Object(page()), comments: { large } };
  const { templateId } = await house.sessions.createTemplate({ template, clientId: "acme" });
  const room = await house.registry.open(templateId);
  const maya = await Client.join({ ...house, templateId, token: "acme:maya", instance: "maya" });
  const slow = new Client({ ...house, templateId, generation: 0 });
  slow.socket.once("open", () => slow.socket.pause());
  await until(() => slow.socket.isPaused, "the socket is open");
  // The server reads in order: when this is passed on, the question has been answered.
  slow.sendBytes(1, awarenessOf(4711, "slow"));
  await until(() => maya.awareness.some((message) => new TextDecoder().decode(message).includes("slow")));
  return { room, slow };
}

test("[SOCK-7] whoever waits for a large document over a slow line gets it, and what came meanwhile", () =>
  withHouse(async (house) => {
    const { room, slow } = await joinLarge(house);
    for (const text of ["One", "Two", "Three"]) await room.run(retitle(text));
    slow.socket.resume();
    await until(() => slow.closed !== undefined || slow.entries.length === 3, "the document is there");
    expect(slow.closed).toBeUndefined();
    expect(canonicalJson(readDocument(slow.doc))).toBe(canonicalJson(room.snapshot));
  }));

test("[SOCK-7] whoever waits for a large document is not cut for the ping behind it", () => {
  const clock = new FakeClock();
  return withHouse(
    async (house) => {
      const { slow } = await joinLarge(house);
      for (let beats = 0; beats < 3; beats++) clock.advance(15_000);
      slow.socket.resume();
      await until(() => slow.closed !== undefined || slow.isSynced, "the document is there");
      expect(slow.closed).toBeUndefined();
    },
    { clock },
  );
});

test("[SOCK-7] whoever never reads a large document is cut off when more and more waits behind it", () =>
  withHouse(async (house) => {
    const { room, slow } = await joinLarge(house);
    const big = { ...operation("update_title"), apply: bigWrite };
    const runs = Array.from({ length: 12 }, (_, count) =>
      room.run({ actor: scout, operation: big, input: { elementId: titleId, text: String(count % 10) } }),
    );
    slow.socket.resume();
    expect(await closeOf(slow)).toStrictEqual({ code: 1013, reason: "TOO_SLOW" });
    await Promise.all(runs);
  }));

function bigWrite(
  { draft }: { draft: { set(id: string, key: string, value: string): void } },
  input: { text: string },
) {
  draft.set(titleId, "/big", input.text.repeat(700_000));
  return { elementId: titleId, changed: [] };
}

test("[SOCK-7] whoever sends too much or too large is closed", () =>
  withHouse(async (house) => {
    const { templateId } = await shared(house);
    const flooder = await Client.join({ ...house, templateId, instance: "flooder" });
    for (let count = 0; count < 1_000; count++) flooder.sendBytes(3);
    expect(await closeOf(flooder)).toStrictEqual({ code: 4429, reason: "RATE_LIMITED" });

    const large = await Client.join({ ...house, templateId, instance: "large" });
    large.socket.send(new Uint8Array(1024 * 1024 + 1));
    expect(await closeOf(large)).toMatchObject({ code: 1009 });

    const wide = await Client.join({ ...house, templateId, instance: "wide" });
    wide.sendBytes(1, awarenessOf(5, "x".repeat(9_000)));
    expect(await closeOf(wide)).toStrictEqual({ code: 1008, reason: "INVALID_FRAME" });
  }));

test("[SOCK-7] whoever does not answer is cut", () => {
  const clock = new FakeClock();
  return withHouse(
    async (house) => {
      const { templateId, room } = await shared(house);
      const url = `${house.syncUrl}/${templateId}?token=acme:ann`;
      const deaf = new WebSocket(url, { autoPong: false });
      const closed = new Promise((resolve) => deaf.once("close", resolve));
      const alive = await Client.join({ ...house, templateId, token: "acme:maya" });
      await until(() => room.people.length === 2);
      clock.advance(15_000);
      await new Promise((resolve) => deaf.once("ping", resolve));
      // The one that answers has to have answered before the next beat.
      await new Promise((resolve) => setTimeout(resolve, 50));
      clock.advance(15_000);
      expect(await closed).toBe(1006);
      expect(alive.closed).toBeUndefined();
    },
    { clock },
  );
});

test("[SOCK-1] an editor-managed session is closed to a client of another", () =>
  withHouse(async (house) => {
    const { templateId } = await house.sessions.createEditorSession({ template: page(), ...ann });
    const foreign = new Client({ ...house, templateId, token: "other:ann", generation: 0 });
    expect(await closeOf(foreign)).toStrictEqual({ code: 4403, reason: "FORBIDDEN" });
  }));

test("[SOCK-11] a socket ends with its token, in the way that brings its client back", () =>
  withHouse(async (house) => {
    const { templateId } = await shared(house);
    const token = `acme:ann:${Date.now() + 400}`;
    const ours = await Client.join({ ...house, templateId, token });
    const plain = await Client.join({ ...house, templateId, token, instance: "tab-2", waggle: false });
    expect(await closeOf(ours)).toStrictEqual({ code: 4401, reason: "AUTH_EXPIRED" });
    expect(await closeOf(plain)).toStrictEqual({ code: 1012, reason: "AUTH_EXPIRED" });
    const lasting = await Client.join({ ...house, templateId });
    expect(lasting.closed).toBeUndefined();
  }));
