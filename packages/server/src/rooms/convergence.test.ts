import type { AnyOperation } from "@waggle/contract";
import type { OperationContext } from "@waggle/operations";
import {
  applyChange,
  applyDelta,
  canonicalJson,
  Draft,
  exportPage,
  newElementId,
  type RichText,
} from "@waggle/template";
import { readDocument, writeChange } from "@waggle/template/binding";
import { htmlCodec } from "@waggle/template/html";
import { isDeepStrictEqual } from "node:util";
import { Random, randomDocument, randomRewrite, randomStep, randomTyping } from "@waggle/testing";
import { expect, test } from "vitest";
import { WebSocket } from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import { Client } from "./clients.test-suite.ts";
import { lumen, operation, scout, until, withHouse } from "./fixtures.test-suite.ts";
import type { Room } from "./room.ts";

const typeIn = (random: Random, text: RichText): RichText => applyDelta(text, randomTyping(random, text));

/** Does something random; the same again on another snapshot. */
function randomOperation(seed: number): AnyOperation<OperationContext> {
  return {
    ...operation("delete_element"),
    name: "random",
    input: operation("get_content_hierarchy").input,
    apply: ({ draft, newId }: OperationContext) => {
      const random = new Random(seed);
      for (let steps = random.between(1, 3); steps > 0; steps--) {
        randomStep(draft, { random, newId, editText: randomRewrite });
      }
      return {};
    },
  };
}

/** Whether the agent's write was taken. */
async function runRandom(room: Room, random: Random): Promise<boolean> {
  const actor = random.pick([scout, lumen]);
  const run = room.run({ actor, operation: randomOperation(random.below(2 ** 30)), input: {} });
  return run.then(
    ({ changed }) => changed,
    (failure: { code?: string }) => {
      expect(["STALE_WRITE", "INVALID_CHANGE"]).toContain(failure.code);
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

test.each([1, 2, 3, 4, 5, 6])("[ROOM-8] people over a bad line, agents and the log end at one template (seed %i)", (seed) =>
  withHouse(
    async ({ sessions, registry, storage, syncUrl }) => {
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
        const provider = random.pick(providers);
        const kind = random.weighted({ person: 6, agent: 4, watcher: 2, cut: 0.6, pause: 2 });
        if (kind === "person") editRandomly(provider.doc, random);
        else if (kind === "watcher") editRandomly(watcher.doc, random);
        else if (kind === "agent") agentWrites += Number(await runRandom(room, random));
        else if (kind === "pause") await new Promise((resolve) => setTimeout(resolve, random.below(4)));
        else if (provider.wsconnected) provider.disconnect();
        else provider.connect();
      }
      for (const provider of providers) provider.connect();
      const docs = [watcher.doc, ...providers.map(({ doc }) => doc)];
      const { document } = await room.ready();
      await until(
        () => providers.every(({ synced }) => synced) && docs.every((doc) => isSame(Y.encodeStateVector(doc), document.stateVector)),
        "all hold the same",
      );
      await until(() => watcher.savedRevision === room.revision);

      const expected = canonicalJson(room.snapshot);
      for (const doc of docs) expect(canonicalJson(readDocument(doc))).toBe(expected);
      const entries = await storage.entriesSince(templateId, 0);
      const replayed = entries.reduce((snapshot, { changeSet }) => applyChange(snapshot, changeSet), start);
      expect(canonicalJson(replayed)).toBe(expected);
      expect(watcher.entries.map(({ revision }) => revision)).toStrictEqual(entries.map(({ revision }) => revision));
      expect(agentWrites).toBeGreaterThan(5);
      expect(entries.length).toBeGreaterThan(40);
      expect(watcher.closed).toBeUndefined();
      for (const provider of providers) {
        provider.awareness.destroy();
        provider.destroy();
      }
      await registry.drop(room);
      expect(canonicalJson((await registry.open(templateId)).snapshot)).toBe(expected);
    },
    { snapshotEvery: 25 },
  ),
);

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return isDeepStrictEqual(Y.decodeStateVector(a), Y.decodeStateVector(b));
}
