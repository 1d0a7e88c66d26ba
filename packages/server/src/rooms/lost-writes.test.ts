import { canonicalJson, Draft } from "@waggle/template";
import { readDocument, writeChange } from "@waggle/template/binding";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { Client, nodeOf } from "./clients.test-suite.ts";
import {
  ann,
  buttonId,
  type House,
  hrefKey,
  page,
  retitle,
  scout,
  titleId,
  titleKey,
  until,
  withHouse,
} from "./fixtures.test-suite.ts";
import { lostWritesIn } from "./lost-writes.ts";
import type { Room } from "./room.ts";

/** A server before this one: what a template is created with is written by none that has a lease. */
const earlierServer = 0;

/** The document of a browser that was shown an agent's title by a server that died before that was on disk. */
function shownBefore(state: Uint8Array, title: string): Y.Doc {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  const writer = new Y.Doc();
  Y.applyUpdate(writer, state);
  // Not before: Yjs takes another id when it meets its own.
  writer.clientID = earlierServer;
  const snapshot = readDocument(writer);
  const draft = new Draft(snapshot);
  const text = snapshot.nodes.get(titleId)?.[titleKey];
  const rewritten = JSON.parse(JSON.stringify(text).replace(textIn(text), title));
  draft.set(titleId, titleKey, rewritten);
  writeChange(writer, draft.changeSet(), undefined);
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(writer));
  return doc;
}

/** A room, and the document of a browser that comes back to it with a title that was lost. */
async function openAfterCrash(house: House, title: string) {
  const { templateId } = await house.sessions.createTemplate({ clientId: ann.clientId, template: page() });
  const room = await house.registry.open(templateId);
  room.agentSeen(scout);
  const before = await Client.join({ ...house, templateId });
  const comeBack = (doc: Y.Doc): Promise<Client> => Client.join({ ...house, templateId, doc, instance: "b" });
  return { templateId, room, doc: shownBefore(Y.encodeStateAsUpdate(before.doc), title), comeBack };
}

const titleIn = ({ snapshot }: Pick<Room, "snapshot">): string => textIn(snapshot.nodes.get(titleId)?.[titleKey]);
const textIn = (text: unknown): string => /"rich":\[\["([^"]+)"/.exec(JSON.stringify(text))?.[1] ?? "";

test("[ROOM-12] what a server lost comes back as an entry of the server, and an agent's next rewrite replaces it", () =>
  withHouse(async (house) => {
    const { templateId, room, doc, comeBack } = await openAfterCrash(house, "Shown and lost");
    // Typed while the server was away.
    nodeOf(doc, buttonId).set(hrefKey, "https://typed.example");

    await comeBack(doc);
    await until(() => room.revision >= 2);
    expect(
      (await house.storage.entriesSince(templateId, 0)).map(({ actor, operation: name }) => [actor.kind, name]),
    ).toEqual([
      ["server", "recover"],
      ["person", "edit"],
    ]);
    expect(titleIn(room)).toBe("Shown and lost");
    expect(room.snapshot.nodes.get(buttonId)?.[hrefKey]).toBe("https://typed.example");

    await room.run(retitle("The next title"));
    expect(titleIn(room)).toBe("The next title");
  }));

test("[ROOM-12] what comes back after an agent has written the text again does not stand in it", () =>
  withHouse(async (house) => {
    const { room, doc, comeBack } = await openAfterCrash(house, "Shown and lost");
    nodeOf(doc, buttonId).set(hrefKey, "https://typed.example");
    await room.run(retitle("Written since"));

    const late = await comeBack(doc);
    await until(() => room.revision >= 4);
    expect(titleIn(room)).toBe("Written since");
    expect(room.snapshot.nodes.get(buttonId)?.[hrefKey]).toBe("https://typed.example");
    await until(() => late.savedRevision >= 4);
    expect(canonicalJson(readDocument(late.doc))).toBe(canonicalJson(room.snapshot));
  }));

test("[ROOM-12] what a person typed into what was lost stays, and so does what they deleted", () =>
  withHouse(async (house) => {
    const { room, doc, comeBack } = await openAfterCrash(house, "Shown");
    const typist = new Y.Doc();
    Y.applyUpdate(typist, Y.encodeStateAsUpdate(doc));
    const snapshot = readDocument(typist);
    const draft = new Draft(snapshot);
    const text = snapshot.nodes.get(titleId)?.[titleKey];
    draft.set(titleId, titleKey, JSON.parse(JSON.stringify(text).replace("Shown", "Shown, typed")));
    writeChange(typist, draft.changeSet(), undefined);

    await comeBack(typist);
    await until(() => room.revision >= 2);
    expect(titleIn(room)).toBe("Shown, typed");
    await room.run(retitle("New"));
    expect(titleIn(room)).toContain(", typed");
  }));

test("an update of this server's clients alone holds nothing lost, and the lost part of one holds no deletions", () => {
  const [server, person] = [new Y.Doc(), new Y.Doc()];
  server.clientID = 3;
  person.clientID = 1_000_000;
  server.getMap("nodes").set("a", "by a server");
  Y.applyUpdate(person, Y.encodeStateAsUpdate(server));
  person.getMap("nodes").set("a", "by a person");
  person.getMap("nodes").set("b", "more");
  const update = Y.encodeStateAsUpdate(person);
  const known = (epoch: number, clocks: Readonly<Record<number, number>>) => ({
    epoch,
    clockOf: (client: number) => clocks[client] ?? 0,
  });
  expect(lostWritesIn(update, known(3, {}))).toBeUndefined();
  expect(lostWritesIn(update, known(4, { 3: 1 }))).toBeUndefined();
  const lost = lostWritesIn(update, known(4, {}));
  if (!lost) throw new Error("Nothing was found.");
  const { structs, ds } = Y.decodeUpdate(lost);
  expect([structs.map(({ id }) => id.client), ds.clients.size]).toEqual([[3], 0]);
});
