import { setTimeout as pause } from "node:timers/promises";
import { canonicalJson, exportPage, isVisible, restore } from "@waggle/template";
import { readDocument, writeChange } from "@waggle/template/binding";
import { htmlCodec } from "@waggle/template/html";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { nodeOf, textOf } from "./clients.test-suite.ts";
import {
  buttonId,
  columnId,
  hrefKey,
  operation,
  paragraphId,
  paragraphKey,
  rowId,
  scout,
  titleId,
  until,
} from "./fixtures.test-suite.ts";
import { beat, expectSame, has, purged, remove, trashMs, undoDeletions, withTrash } from "./trash.test-suite.ts";

test("[TRASH-1] what was deleted long ago is purged as an entry of the server, told and saved; the rest stays", () =>
  withTrash(async (scene) => {
    const { room, clock, join, house, templateId } = scene;
    const start = room.snapshot;
    const [maya, plain] = [await join(), await join({ waggle: false, instance: "plain", token: "acme:jonas" })];
    await remove(room, titleId);
    clock.skip(trashMs / 2);
    await remove(room, buttonId);
    await beat(room);
    expect([titleId, buttonId].map((id) => has(room, id))).toStrictEqual([true, true]);
    clock.skip(trashMs / 2);
    await purged(room, titleId);
    expect([titleId, buttonId, paragraphId].map((id) => has(room, id))).toStrictEqual([false, true, true]);
    await until(() => maya.savedRevision === 3);
    const [, , purge] = maya.entries;
    expect(purge).toMatchObject({ revision: 3, actor: { kind: "server" }, operation: "purge" });
    await expectSame(scene, start, [maya, plain]);
    const before = canonicalJson(room.snapshot);
    await house.registry.drop(room);
    expect(canonicalJson((await house.registry.open(templateId)).snapshot)).toBe(before);
  }));

test("[TRASH-2] nothing is purged that somebody who is here has not confirmed to have heard of", () =>
  withTrash(async ({ room, clock, join }) => {
    const [maya, jonas] = [await join(), await join({ instance: "tab-2", token: "acme:jonas" })];
    jonas.isAwake = false;
    await remove(room, titleId);
    clock.skip(trashMs);
    await beat(room);
    expect(has(room, titleId)).toBe(true);
    // His edit from before he heard of it is taken, and its place has its time again.
    writeChange(jonas.doc, { [titleId]: { "/descriptor/heading/title": { before: "h1", after: "h2" } } }, "person");
    jonas.isAwake = true;
    await until(() => room.revision === 2);
    expect(room.snapshot.nodes.get(titleId)?.["/descriptor/heading/title"]).toBe("h2");
    await jonas.close();
    clock.skip(trashMs);
    await purged(room, titleId);
    await until(() => maya.entries.length === 3);
    expect(maya.entries.map(({ operation: name }) => name)).toStrictEqual(["delete_element", "edit", "purge"]);
  }));

test("[TRASH-2] who stays silent holds the trash back, asked once; an answer to an earlier question is none", () =>
  withTrash(async ({ room, clock, join }) => {
    const maya = await join();
    let questions = 0;
    maya.socket.on("message", (data: Buffer) => {
      questions += Number(data[0] === 0 && data[1] === 0);
    });
    maya.isAwake = false;
    await remove(room, titleId);
    for (let count = 0; count < 3; count++) await beat(room);
    expect(questions).toBe(1);
    clock.skip(trashMs);
    await remove(room, buttonId);
    // The answer to what was asked before the second deletion.
    maya.sendSync(1, Y.encodeStateAsUpdate(new Y.Doc()));
    await pause(40);
    clock.skip(trashMs);
    await purged(room, titleId);
    expect([titleId, buttonId].map((id) => has(room, id))).toStrictEqual([false, true]);
    await maya.close();
  }));

test("[TRASH-3] when somebody leaves who has not confirmed a deletion, its time begins anew", () =>
  withTrash(async ({ room, clock, join }) => {
    const [maya, jonas] = [await join(), await join({ instance: "tab-2", token: "acme:jonas" })];
    jonas.isAwake = false;
    await remove(room, titleId);
    await beat(room);
    clock.skip(trashMs - 1000);
    await jonas.close();
    await until(() => room.people.length > 0);
    clock.skip(trashMs - 1000);
    await beat(room);
    expect(has(room, titleId)).toBe(true);
    clock.skip(2000);
    await purged(room, titleId);
    await maya.close();
  }));

test("[TRASH-3] who leaves having confirmed it, or comes and goes later, holds nothing back", () =>
  withTrash(async ({ room, clock, join }) => {
    const jonas = await join({ instance: "tab-2", token: "acme:jonas" });
    await remove(room, titleId);
    await beat(room);
    clock.skip(trashMs - 1000);
    await jonas.close();
    const visitor = await join();
    await pause(40);
    await visitor.close();
    clock.skip(1000);
    await purged(room, titleId);
  }));

test("[TRASH-4] what somebody who was away did to it meanwhile is kept in the trash, and is there when the deletion is undone", () =>
  withTrash(async (scene) => {
    const { room, clock, join } = scene;
    const start = room.snapshot;
    const maya = await join();
    const away = await join({ instance: "tab-2", token: "acme:jonas" });
    await away.close();
    await remove(room, rowId);
    textOf(away.doc, paragraphId, paragraphKey).insert(0, "Still here: ");
    nodeOf(away.doc, buttonId).set(hrefKey, "https://away.example");
    clock.skip(trashMs - 60_000);
    await beat(room);
    const back = await join({ instance: "tab-2", token: "acme:jonas", doc: away.doc, revision: 0 });
    await until(() => room.snapshot.nodes.get(buttonId)?.[hrefKey] === "https://away.example");
    // The time of the whole row begins anew with the late edit.
    clock.skip(trashMs - 60_000);
    await beat(room);
    expect([rowId, columnId, buttonId].map((id) => has(room, id))).toStrictEqual([true, true, true]);
    await undoDeletions(scene, maya);
    await until(() => isVisible(room.snapshot, buttonId));
    clock.skip(trashMs);
    await beat(room);
    const json = JSON.stringify(exportPage(room.snapshot, { codec: htmlCodec }));
    expect(json).toContain("Still here: The quick brown fox jumps.");
    expect(json).toContain("https://away.example");
    await expectSame(scene, start, [maya, back]);
  }));

test("[TRASH-5] undoing a deletion brings back what was purged, late edits included, and redoing takes it away", () =>
  withTrash(async (scene) => {
    const { room, clock, join } = scene;
    const start = room.snapshot;
    const maya = await join();
    await remove(room, rowId);
    textOf(maya.doc, paragraphId, paragraphKey).insert(0, "Late: ");
    await until(() => room.revision === 2);
    clock.skip(trashMs);
    await purged(room, rowId);
    expect([...room.snapshot.nodes.entries()].map(([id]) => id)).toStrictEqual(["settings"]);
    const emptied = room.snapshot;
    await undoDeletions(scene, maya);
    await until(() => isVisible(room.snapshot, paragraphId));
    const json = JSON.stringify(exportPage(room.snapshot, { codec: htmlCodec }));
    expect(json).toBe(JSON.stringify(exportPage(start, { codec: htmlCodec })).replace("<p>The", "<p>Late: The"));
    writeChange(maya.doc, restore(readDocument(maya.doc), emptied), "redo");
    await until(() => !isVisible(room.snapshot, rowId));
    clock.skip(trashMs);
    await purged(room, rowId);
    expect(canonicalJson(room.snapshot)).toBe(canonicalJson(emptied));
    await expectSame(scene, start, [maya]);
  }));

test("[TRASH-6] who comes back after the purge is told that a part of their edits is lost; the documents are the same to the byte", () =>
  withTrash(async (scene) => {
    const { room, clock, join, house } = scene;
    const start = room.snapshot;
    const maya = await join();
    const away = await join({ instance: "tab-2", token: "acme:jonas" });
    await beat(room);
    await away.close();
    for (const id of [titleId, paragraphId, buttonId]) await remove(room, id);
    textOf(away.doc, paragraphId, paragraphKey).insert(3, " (late)");
    nodeOf(away.doc, rowId).set("/name", "kept");
    nodeOf(away.doc, buttonId).set("pos", ["root", "a5"]);
    clock.skip(trashMs);
    await purged(room, paragraphId);
    const back = await join({ instance: "tab-2", token: "acme:jonas", doc: away.doc, revision: 0 });
    await until(() => back.framesOf("error").length === 1);
    expect(back.framesOf("error")[0]).toMatchObject({ code: "ELEMENT_NOT_FOUND" });
    expect(back.framesOf("error")[0]?.message).toContain("Undo the deletion");
    expect(house.log.warnings.map(({ sentence }) => sentence)).toStrictEqual([
      "An edit came too late for what had been purged.",
    ]);
    expect(room.snapshot.nodes.get(rowId)?.["/name"]).toBe("kept");
    expect(maya.framesOf("error")).toStrictEqual([]);
    await expectSame(scene, start, [maya, back]);
    // It goes on: the deletion can be undone, and what was lost be done again.
    await undoDeletions(scene, back);
    await until(() => isVisible(room.snapshot, buttonId));
    textOf(back.doc, paragraphId, paragraphKey).insert(3, " (again)");
    await until(() => JSON.stringify(exportPage(room.snapshot, { codec: htmlCodec })).includes("(again)"));
    expect(back.framesOf("error")).toHaveLength(1);
    await expectSame(scene, start, [maya, back]);
    expect(house.log.errors).toStrictEqual([]);
  }));

test("[TRASH-6] ordinary edits after a purge are no news", () =>
  withTrash(async (scene) => {
    const { room, clock, join, house } = scene;
    const [maya, jonas] = [await join(), await join({ instance: "tab-2", token: "acme:jonas" })];
    await remove(room, titleId);
    clock.skip(trashMs);
    await purged(room, titleId);
    for (let count = 0; count < 20; count++) {
      textOf(maya.doc, paragraphId, paragraphKey).insert(count, "m");
      nodeOf(jonas.doc, buttonId).set(hrefKey, `https://${count}.example`);
      nodeOf(maya.doc, buttonId).set(hrefKey, `https://${count}.test`);
    }
    await until(() => room.revision === 62);
    expect([maya, jonas].flatMap((client) => client.framesOf("error"))).toStrictEqual([]);
    expect(house.log.warnings).toStrictEqual([]);
  }));

test("[TRASH-7] what was moved into something purged is out of sight, counts as deleted, and comes back with it", () =>
  withTrash(async (scene) => {
    const { room, clock, join } = scene;
    const start = room.snapshot;
    const maya = await join();
    const { output } = await room.run({ actor: scout, operation: operation("add_section"), input: { columns: [12] } });
    await until(() => maya.entries.length === 1);
    const away = await join({ instance: "tab-2", token: "acme:jonas" });
    await beat(room);
    await away.close();
    const [section] = Object.values(output as { sectionId: string });
    const column =
      [...room.snapshot.nodes.entries()].find(
        ([, node]) => node.pos && String(node.pos).startsWith(String(section)),
      )?.[0] ?? "";
    await remove(room, section ?? "");
    nodeOf(away.doc, titleId).set("pos", [column, "a5"]);
    clock.skip(trashMs);
    await purged(room, column);
    const back = await join({ instance: "tab-2", token: "acme:jonas", doc: away.doc, revision: 0 });
    await until(() => !isVisible(room.snapshot, titleId));
    await beat(room);
    expect(has(room, titleId)).toBe(true);
    clock.skip(trashMs);
    await purged(room, titleId);
    await expectSame(scene, start, [maya, back]);
  }));

test("[TRASH-8] a room that is opened again empties its trash before anybody is let in, and not before its time", () =>
  withTrash(async ({ house, room, clock, templateId }) => {
    await remove(room, titleId);
    await house.registry.drop(room);
    clock.skip(trashMs / 2);
    const second = await house.registry.open(templateId);
    expect([has(second, titleId), second.revision]).toStrictEqual([true, 1]);
    await house.registry.drop(second);
    clock.skip(trashMs / 2);
    const third = await house.registry.open(templateId);
    expect([has(third, titleId), third.revision]).toStrictEqual([false, 2]);
    await (await third.ready()).commits.settled();
    expect((await house.storage.entriesSince(templateId, 1))[0]).toMatchObject({ operation: "purge" });
  }));

test("[TRASH-9] much is purged in portions that fit everyone's buffers", () =>
  withTrash(async (scene) => {
    const { room, clock, join } = scene;
    const start = room.snapshot;
    const maya = await join();
    const html = `<p>${"many words ".repeat(1_000)}</p>`;
    const place = { section: 0, column: 0, index: 0 };
    const ids: string[] = [];
    for (let count = 0; count < 60; count++) {
      const { output } = await room.run({
        actor: scout,
        operation: operation("add_paragraph"),
        input: { ...place, html },
      });
      ids.push((output as { elementId: string }).elementId);
    }
    for (const id of ids) await remove(room, id);
    clock.skip(trashMs);
    await purged(room, ...ids);
    const purges = maya.entries.filter(({ operation: name }) => name === "purge");
    expect(purges.length).toBeGreaterThan(2);
    for (const purge of purges) expect(JSON.stringify(purge).length).toBeLessThan(600_000);
    expect(maya.closed).toBeUndefined();
    await expectSame(scene, start, [maya]);
  }));
