import { isDeepStrictEqual } from "node:util";
import { applyChange, Draft, diff, exportPage, newElementId, walk } from "@waggle/template";
import { readDocument, writeChange } from "@waggle/template/binding";
import { htmlCodec } from "@waggle/template/html";
import { Random, randomDocument, randomStep, randomWords } from "@waggle/testing";
import { expect, test } from "vitest";
import { WebSocket } from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import { Client } from "./clients.test-suite.ts";
import { lumen, operation, scout, until, withHouse } from "./fixtures.test-suite.ts";
import type { Room } from "./room.ts";
import { typeIn } from "./typing.test-suite.ts";

/** A call as agents make them. */
function randomCall(room: Room, random: Random): { name: string; input: object } {
  const elements = [...walk(room.snapshot)];
  const pickId = (type: string) =>
    random.pick(
      elements
        .filter(({ node }) => String(node["/type"]).endsWith(`-${type}`))
        .map(({ id }) => id)
        .concat("none"),
    );
  const text = randomWords(random, random.between(1, 6));
  const place = { section: random.below(3), column: 0, index: random.below(3) };
  return random.pick([
    { name: "update_title", input: { elementId: pickId("heading"), text } },
    { name: "update_paragraph", input: { elementId: pickId("paragraph"), html: `<p>${text}</p><p>${text}</p>` } },
    { name: "update_paragraph", input: { elementId: pickId("paragraph"), html: text } },
    {
      name: "update_button",
      input: { elementId: pickId("button"), text, href: `https://${random.below(99)}.example` },
    },
    { name: "add_title", input: { ...place, text } },
    { name: "add_paragraph", input: { ...place, html: `<p>${text}</p>` } },
    { name: "add_section", input: { columns: [6, 6] } },
    { name: "delete_element", input: { elementId: random.pick(elements).id } },
  ]);
}

const refusals = ["STALE_WRITE", "INVALID_CHANGE", "INVALID_INPUT", "ELEMENT_NOT_FOUND"];

/** Whether the agent's write was taken. */
async function callRandomly(room: Room, random: Random): Promise<boolean> {
  const actor = random.pick([scout, lumen]);
  const { name, input } = randomCall(room, random);
  return room.run({ actor, operation: operation(name), input }).then(
    ({ changed }) => changed,
    (failure: { code?: string }) => {
      expect(refusals).toContain(failure.code);
      return false;
    },
  );
}

/** A person does something random to their own copy. */
function editRandomly(doc: Y.Doc, random: Random): void {
  const draft = new Draft(readDocument(doc));
  randomStep(draft, { random, newId: newElementId, editText: typeIn });
  writeChange(doc, draft.changeSet(), "person");
}

function provide(syncUrl: string, templateId: string, user: string): WebsocketProvider {
  return new WebsocketProvider(syncUrl, templateId, new Y.Doc(), {
    // The two differ in event types that y-websocket does not use.
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    disableBc: true,
    params: { token: `acme:${user}`, instance: user },
    maxBackoffTime: 20,
  });
}

test.each([1, 2, 3, 4, 5, 6])(
  "[ROOM-8] people over a bad line, agents and the log end at one template (seed %i)",
  (seed) =>
    withHouse(
      async ({ sessions, registry, storage, syncUrl, log }) => {
        const random = new Random(seed);
        const template = exportPage(randomDocument(random, { modules: 12 }), { codec: htmlCodec });
        const { templateId } = await sessions.createTemplate({ template, clientId: "acme" });
        const room = await registry.open(templateId);
        const start = room.snapshot;
        const providers = ["maya", "jonas"].map((user) => provide(syncUrl, templateId, user));
        const watcher = await Client.join({ syncUrl, templateId, token: "acme:eve" });
        await until(() => providers.every(({ synced }) => synced));

        let agentWrites = 0;
        for (let step = 0; step < 120; step++) {
          const actions: Record<string, () => unknown> = {
            person: () => editRandomly(random.pick(providers).doc, random),
            watcher: () => editRandomly(watcher.doc, random),
            agent: async () => {
              agentWrites += Number(await callRandomly(room, random));
            },
            cut: () => toggle(random.pick(providers)),
            pause: () => new Promise((resolve) => setTimeout(resolve, random.below(4))),
          };
          await actions[random.weighted({ person: 6, agent: 4, watcher: 2, cut: 0.6, pause: 2 })]?.();
        }
        for (const provider of providers) provider.connect();
        const docs = [watcher.doc, ...providers.map(({ doc }) => doc)];
        const { document } = await room.ready();
        await until(
          () =>
            providers.every(({ synced }) => synced) &&
            docs.every((doc) => isSame(Y.encodeStateVector(doc), document.stateVector)),
          "all hold the same",
        );
        await until(() => watcher.savedRevision === room.revision);

        const end = room.snapshot;
        for (const doc of docs) expect(diff(readDocument(doc), end)).toStrictEqual({});
        const entries = await storage.entriesSince(templateId, 0);
        const replayed = entries.reduce((snapshot, { changeSet }) => applyChange(snapshot, changeSet), start);
        expect(diff(replayed, end)).toStrictEqual({});
        expect(watcher.entries.map(({ revision }) => revision)).toStrictEqual(entries.map(({ revision }) => revision));
        expect(agentWrites).toBeGreaterThan(5);
        expect(entries.length).toBeGreaterThan(40);
        expect(watcher.closed).toBeUndefined();
        for (const provider of providers) {
          provider.destroy();
          provider.awareness.destroy();
        }
        await registry.drop(room);
        expect(diff((await registry.open(templateId)).snapshot, end)).toStrictEqual({});
        expect(log.errors).toStrictEqual([]);
      },
      { snapshotEvery: 25 },
    ),
);

function toggle(provider: WebsocketProvider): void {
  if (provider.wsconnected) provider.disconnect();
  else provider.connect();
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return isDeepStrictEqual(Y.decodeStateVector(a), Y.decodeStateVector(b));
}
