import { WaggleError } from "@waggle/contract";
import { canonicalJson } from "@waggle/template";
import { readDocument } from "@waggle/template/binding";
import { expect, test } from "vitest";
import * as Y from "yjs";
import type { Storage } from "../storage/storage.ts";
import { Client, nodeOf, textOf } from "./clients.test-suite.ts";
import {
  ann,
  buttonId,
  FickleDisk,
  hrefKey,
  operation,
  page,
  paragraphId,
  paragraphKey,
  scout,
  titleId,
  until,
  withAppend,
  withHouse,
} from "./fixtures.test-suite.ts";

const updateTitle = operation("update_title");

test("[ROOM-1] a write is told as entry and update, and answered once it is on disk", () =>
  withHouse(async ({ sessions, registry, storage, syncUrl }) => {
    const { templateId } = await sessions.createEditorSession({ template: page(), ...ann });
    const room = await registry.open(templateId);
    const client = await Client.join({ syncUrl, templateId });

    const answer = await room.run({
      actor: scout,
      operation: updateTitle,
      input: { elementId: titleId, text: "Summer is here" },
    });

    const [stored] = await storage.entriesSince(templateId, 0);
    expect(answer).toMatchObject({ revision: 1, changed: true, mixed: [], output: { elementId: titleId } });
    await until(() => client.savedRevision === 1);
    const told = client.arrivals.slice(-3).map((arrival) => (arrival.kind === "frame" ? arrival.frame : "update"));
    const { update: _bytes, changeSet, ...entry } = stored ?? {};
    expect(entry).toMatchObject({ revision: 1, actor: scout, operation: "update_title" });
    expect(told).toStrictEqual([{ frame: "entry", ...entry, changeSet }, "update", { frame: "saved", revision: 1 }]);
    expect(canonicalJson(readDocument(client.doc))).toBe(canonicalJson(room.snapshot));
  }));

test("[ROOM-2] an operation that throws leaves nothing behind", () =>
  withHouse(async ({ sessions, registry, storage, syncUrl }) => {
    const { templateId } = await sessions.createEditorSession({ template: page(), ...ann });
    const room = await registry.open(templateId);
    const client = await Client.join({ syncUrl, templateId });
    const before = canonicalJson(room.snapshot);
    const breaking = {
      ...updateTitle,
      apply: (context: Parameters<typeof updateTitle.apply>[0], input: unknown) => {
        updateTitle.apply(context, input);
        throw new WaggleError("INVALID_INPUT", { message: "Half way through." });
      },
    };

    const run = room.run({ actor: scout, operation: breaking, input: { elementId: titleId, text: "Summer" } });

    await expect(run).rejects.toMatchObject({ code: "INVALID_INPUT" });
    expect(canonicalJson(room.snapshot)).toBe(before);
    expect(room.revision).toBe(0);
    expect(await storage.entriesSince(templateId, 0)).toStrictEqual([]);
    expect(client.entries).toStrictEqual([]);
  }));

test("[ROOM-2] a change that does nothing is no entry", () =>
  withHouse(async ({ sessions, registry }) => {
    const { templateId } = await sessions.createEditorSession({ template: page(), ...ann });
    const room = await registry.open(templateId);
    const input = { elementId: titleId, text: "Spring is here" };
    const answer = await room.run({ actor: scout, operation: updateTitle, input });
    expect(answer).toMatchObject({ changed: false, revision: 0 });
  }));

test("[ROOM-3] the next write does not wait for the disk, and sees the one before", () => {
  const disk = new FickleDisk();
  return withHouse(
    async ({ sessions, registry, syncUrl }) => {
      const { templateId } = await sessions.createEditorSession({ template: page(), ...ann });
      const room = await registry.open(templateId);
      const client = await Client.join({ syncUrl, templateId });
      const answered: number[] = [];
      disk.hold();
      const writes = ["One", "Two", "Three"].map(async (text) => {
        const { revision } = await room.run({
          actor: scout,
          operation: updateTitle,
          input: { elementId: titleId, text },
        });
        answered.push(revision);
      });
      await until(() => client.entries.length === 3);
      expect(answered).toStrictEqual([]);
      expect(client.savedRevision).toBe(0);
      disk.release();
      await Promise.all(writes);
      expect(answered).toStrictEqual([1, 2, 3]);
    },
    { wrap: disk.wrap },
  );
});

test("[ROOM-4] a read answers from what is there while writes wait for the disk", () => {
  const disk = new FickleDisk();
  return withHouse(
    async ({ sessions, registry }) => {
      const { templateId } = await sessions.createEditorSession({ template: page(), ...ann });
      const room = await registry.open(templateId);
      disk.hold();
      const write = room.run({ actor: scout, operation: updateTitle, input: { elementId: titleId, text: "Unsaved" } });
      const read = { actor: scout, operation: operation("get_element_details"), input: { elementId: titleId } };
      expect(await room.run(read)).toMatchObject({ changed: false, output: { properties: { text: "Unsaved" } } });
      disk.release();
      await write;
    },
    { wrap: disk.wrap },
  );
});

test("[ROOM-5] a person's update is one entry; the author gets the entry, the others the update too", () =>
  withHouse(async ({ sessions, registry, syncUrl, storage }) => {
    const { templateId } = await sessions.createTemplate({ template: page(), clientId: "acme" });
    const room = await registry.open(templateId);
    const maya = await Client.join({ syncUrl, templateId, token: "acme:maya", username: "Maya" });
    const jonas = await Client.join({ syncUrl, templateId, token: "acme:jonas", username: "Jonas" });

    maya.doc.transact(() => {
      nodeOf(maya.doc, buttonId).set(hrefKey, "https://waggle.example");
      nodeOf(maya.doc, titleId).set("/descriptor/heading/title", "h2");
    });
    await until(() => maya.savedRevision === 1 && jonas.savedRevision === 1);

    const [author] = maya.framesOf("hello").map((hello) => hello.actor);
    const [entry] = maya.entries;
    expect(entry).toStrictEqual({
      frame: "entry",
      revision: 1,
      actor: author,
      operation: "edit",
      changeSet: {
        [buttonId]: { [hrefKey]: { before: "https://example.com", after: "https://waggle.example" } },
        [titleId]: { "/descriptor/heading/title": { before: "h1", after: "h2" } },
      },
      at: expect.any(Number),
    });
    expect(author).toMatchObject({ kind: "person", name: "Maya" });
    expect(jonas.entries).toStrictEqual([entry]);
    expect(maya.arrivals.filter(({ kind }) => kind === "update")).toStrictEqual([]);
    expect(jonas.arrivals.slice(-3).map(({ kind }) => kind)).toStrictEqual(["frame", "update", "frame"]);
    expect(canonicalJson(readDocument(jonas.doc))).toBe(canonicalJson(room.snapshot));
    expect((await storage.entriesSince(templateId, 0)).length).toBe(1);
  }));

test("[ROOM-5] an update without meaning is kept and passed on, as an entry without change", () =>
  withHouse(async ({ sessions, registry, syncUrl, storage }) => {
    const { templateId } = await sessions.createTemplate({ template: page(), clientId: "acme" });
    const room = await registry.open(templateId);
    const maya = await Client.join({ syncUrl, templateId, token: "acme:maya" });
    const jonas = await Client.join({ syncUrl, templateId, token: "acme:jonas" });
    const node = nodeOf(maya.doc, buttonId);

    node.set(hrefKey, node.get(hrefKey) ?? "https://example.com");
    await until(() => jonas.savedRevision === 1);

    expect(jonas.entries).toMatchObject([{ revision: 1, operation: "edit", changeSet: {} }]);
    const [stored] = await storage.entriesSince(templateId, 0);
    expect(stored?.changeSet).toStrictEqual({});
    expect(Y.encodeStateVector(jonas.doc)).toStrictEqual(Y.encodeStateVector(maya.doc));
    expect(room.revision).toBe(1);
  }));

test("[ROOM-5] typing is told letter by letter as it was typed", () =>
  withHouse(async ({ sessions, registry, syncUrl }) => {
    const { templateId } = await sessions.createEditorSession({ template: page(), ...ann });
    const room = await registry.open(templateId);
    const client = await Client.join({ syncUrl, templateId });
    const text = textOf(client.doc, paragraphId, paragraphKey);
    for (const [at, letter] of [..."very "].entries()) text.insert(4 + at, letter);
    await until(() => client.savedRevision === 5);
    expect(client.entries.map(({ changeSet }) => changeSet)).toStrictEqual(
      [..."very "].map((letter, at) => ({
        [paragraphId]: { [paragraphKey]: { text: [{ keep: 4 + at }, { insert: letter }] } },
      })),
    );
    expect(JSON.stringify(room.snapshot.nodes.get(paragraphId)?.[paragraphKey])).toContain("The very quick");
  }));

test("[ROOM-9] a person's edit may wait for others to share its commit, an agent's write may not", () => {
  const told: (readonly [string, boolean | undefined])[] = [];
  const wrap = (storage: Storage) =>
    withAppend(storage, (id, epoch, entry) => {
      told.push([entry.actor.kind, entry.canWait]);
      return storage.append(id, epoch, entry);
    });
  return withHouse(
    async ({ sessions, registry, syncUrl }) => {
      const { templateId } = await sessions.createEditorSession({ template: page(), ...ann });
      const room = await registry.open(templateId);
      const client = await Client.join({ syncUrl, templateId });
      nodeOf(client.doc, buttonId).set(hrefKey, "https://person.example");
      await until(() => client.entries.length === 1);
      await room.run({ actor: scout, operation: updateTitle, input: { elementId: titleId, text: "Summer" } });
      await until(() => client.savedRevision === 2);
      expect(told).toStrictEqual([
        ["person", true],
        ["agent", false],
      ]);
    },
    { wrap },
  );
});

test("[ROOM-9] edits that share a commit are told to be saved once", () => {
  const disk = new FickleDisk();
  return withHouse(
    async ({ sessions, syncUrl }) => {
      const { templateId } = await sessions.createEditorSession({ template: page(), ...ann });
      const client = await Client.join({ syncUrl, templateId });
      disk.hold();
      for (const path of ["a", "b", "c"]) nodeOf(client.doc, buttonId).set(hrefKey, `https://example.com/${path}`);
      await until(() => disk.waiting === 3);
      disk.release();
      await until(() => client.savedRevision === 3);
      const revisions = client.framesOf("saved").map(({ revision }) => revision);
      expect(revisions).toStrictEqual([0, 3]);
    },
    { wrap: disk.wrap },
  );
});
