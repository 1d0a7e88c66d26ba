import {
  applyChange,
  Draft,
  exportPage,
  isVisible,
  type LogEntry,
  newElementId,
  purges,
  revert,
  type Snapshot,
  walk,
} from "@waggle/template";
import { readDocument, writeChange } from "@waggle/template/binding";
import { htmlCodec } from "@waggle/template/html";
import { Random, randomDocument, randomStep } from "@waggle/testing";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { Client } from "./clients.test-suite.ts";
import { operation, scout } from "./fixtures.test-suite.ts";
import type { Room } from "./room.ts";
import { beat, expectSame, logOf, remove, trashMs, withTrash } from "./trash.test-suite.ts";
import { typeIn } from "./typing.test-suite.ts";

test.each([1, 2, 3, 4])(
  "[TRASH-1] while people come, go and edit, purges lose nothing that a revert needs (seed %i)",
  (seed) =>
    withTrash(async (scene) => {
      const { house, clock } = scene;
      const random = new Random(seed);
      const template = exportPage(randomDocument(random, { modules: 14 }), { codec: htmlCodec });
      const { templateId } = await house.sessions.createTemplate({ template, clientId: "acme" });
      const room = await house.registry.open(templateId);
      const start = room.snapshot;
      const people = new Map<string, Client>();
      const docs = new Map([..."abc"].map((name) => [name, new Y.Doc()]));
      const come = async (name: string) => {
        const doc = docs.get(name);
        if (!doc || people.has(name)) return;
        people.set(
          name,
          await Client.join({
            ...house,
            templateId,
            doc,
            instance: name,
            token: `acme:${name}`,
            revision: room.revision,
          }),
        );
      };
      for (const name of docs.keys()) await come(name);
      for (let step = 0; step < 90; step++) {
        const name = random.pick([...docs.keys()]);
        const actions: Record<string, () => unknown> = {
          edit: () => editRandomly(docs.get(name) ?? new Y.Doc(), random),
          remove: () => removeRandomly(room, random),
          come: () => come(name),
          go: async () => {
            await people.get(name)?.close();
            people.delete(name);
          },
          time: () => clock.skip(trashMs / 2),
          beat: () => beat(room),
        };
        await actions[random.weighted({ edit: 8, remove: 3, come: 1.5, go: 1, time: 1, beat: 2 })]?.();
      }
      for (const name of docs.keys()) await come(name);
      clock.skip(trashMs);
      for (let count = 0; count < 3; count++) await beat(room);
      await expectSame({ ...scene, room, templateId }, start, [...people.values()]);
      const log = await logOf({ house, templateId });
      const purged = log.filter(({ change }) => Object.values(change).some(purges));
      expect(purged.length).toBeGreaterThan(0);
      expectOnlyHiddenPurged(start, log);
      // Taking everything back gives the template as it was.
      const { change } = revert(log, room.snapshot, { pick: () => true });
      const undone = exportPage(applyChange(room.snapshot, change), { codec: htmlCodec });
      expect(undone).toStrictEqual(exportPage(start, { codec: htmlCodec }));
      expect(house.log.errors).toStrictEqual([]);
    }),
);

/** What the server took away was out of sight. */
function expectOnlyHiddenPurged(start: Snapshot, log: readonly LogEntry[]): void {
  let snapshot = start;
  for (const { change, actor } of log) {
    const ids = actor.kind === "server" ? Object.keys(change) : [];
    expect(ids.filter((id) => isVisible(snapshot, id) || !purges(change[id]))).toStrictEqual([]);
    snapshot = applyChange(snapshot, change);
  }
}

function editRandomly(doc: Y.Doc, random: Random): void {
  const draft = new Draft(readDocument(doc));
  randomStep(draft, { random, newId: newElementId, editText: typeIn });
  writeChange(doc, draft.changeSet(), "person");
}

/** An agent deletes something it has just looked at. */
async function removeRandomly(room: Room, random: Random): Promise<void> {
  const elements = [...walk(room.snapshot)].filter(({ kind }) => kind === "module");
  if (elements.length < 3) return;
  await room.run({ actor: scout, operation: operation("get_content_hierarchy"), input: {} });
  await remove(room, random.pick(elements).id).catch((failure: { code?: string }) => {
    expect(["STALE_WRITE", "INVALID_CHANGE"]).toContain(failure.code);
  });
}
