import {
  applyChange,
  canonicalJson,
  Draft,
  exportPage,
  isRichText,
  type LogEntry,
  newElementId,
  revert,
  walk,
} from "@waggle/template";

import { readDocument, writeChange } from "@waggle/template/binding";
import { htmlCodec } from "@waggle/template/html";
import { Random, randomDocument, randomStep, randomWords } from "@waggle/testing";
import { expect, test } from "vitest";
import * as Y from "yjs";
import type { Storage } from "../storage/storage.ts";
import { Client, textOf } from "./clients.test-suite.ts";
import {
  type House,
  lumen,
  operation,
  page,
  paragraphId,
  paragraphKey,
  scout,
  until,
  withHouse,
} from "./fixtures.test-suite.ts";
import { recentEntries } from "./recent-log.ts";
import type { Room } from "./room.ts";
import { toLogEntry } from "./tenure.ts";
import { typeIn } from "./typing.test-suite.ts";

async function logOf(storage: Storage, templateId: string): Promise<LogEntry[]> {
  return (await storage.entriesSince(templateId, 0)).map(toLogEntry);
}

/** Letters one behind the other, in one text. */
function typeRun(doc: Y.Doc, random: Random): void {
  const texts = [...walk(readDocument(doc))].flatMap(({ id, node }) =>
    Object.entries(node).flatMap(([key, value]) => (isRichText(value) ? [{ id, key }] : [])),
  );
  const { id, key } = random.pick(texts);
  for (let strokes = random.between(3, 12); strokes > 0; strokes -= 1)
    typeLetter(doc, { id, key, letter: random.pick([..."waggle"]) });
}

/** At the end of the first line. */
function typeLetter(doc: Y.Doc, { id, key, letter }: { id: string; key: string; letter: string }): void {
  const before = readDocument(doc);
  const text = before.nodes.get(id)?.[key];
  if (!isRichText(text)) return;
  const place = text.rich[0]?.[0].length ?? 0;
  writeChange(
    doc,
    { [id]: { [key]: { text: [...(place > 0 ? [{ keep: place }] : []), { insert: letter }] } } },
    "person",
  );
}

function editRandomly(doc: Y.Doc, random: Random): void {
  const draft = new Draft(readDocument(doc));
  randomStep(draft, { random, newId: newElementId, editText: typeIn });
  writeChange(doc, draft.changeSet(), "person");
}

async function rewriteTitle(room: Room, random: Random): Promise<void> {
  const titles = [...walk(room.snapshot)].filter(({ node }) => String(node["/type"]).endsWith("-heading"));
  const [title] = titles;
  if (!title) return;
  const actor = random.pick([scout, lumen]);
  const input = { elementId: title.id, text: randomWords(random, 3) };
  await room.run({ actor, operation: operation("get_content_hierarchy"), input: {} });
  await room.run({ actor, operation: operation("update_title"), input }).catch(() => undefined);
}

async function compactAll(storage: Storage, templateId: string, epoch: number): Promise<void> {
  const request = { upTo: Number.MAX_SAFE_INTEGER, limit: 23, longestPauseMs: 10_000 };
  while (!(await storage.compactLog(templateId, epoch, request)).isDone);
}

/** What a revert of each actor's work gives. */
function reverts(log: readonly LogEntry[], now: Room["snapshot"]): readonly string[] {
  const actors = [...new Set(log.map(({ actor }) => actor.id))].sort();
  return actors.map((id) => {
    const { change } = revert(log, now, { pick: ({ actor }) => actor.id === id });
    return `${id} ${canonicalJson(applyChange(now, change))}`;
  });
}

async function withHistory(house: House, seed: number) {
  const random = new Random(seed);
  const template = exportPage(randomDocument(random, { modules: 10 }), { codec: htmlCodec });
  const { templateId } = await house.sessions.createTemplate({ template, clientId: "acme" });
  const room = await house.registry.open(templateId);
  const start = room.snapshot;
  // Something for agents to rewrite.
  const place = { section: 0, column: 0, index: 0, text: "Spring" };
  await room.run({ actor: scout, operation: operation("add_title"), input: place });
  const people = await Promise.all(
    ["maya", "jonas"].map((instance) => Client.join({ ...house, templateId, instance, token: `acme:${instance}` })),
  );
  for (let step = 0; step < 60; step++) {
    const { doc } = random.pick(people);
    const actions: Record<string, () => unknown> = {
      type: () => typeRun(doc, random),
      edit: () => editRandomly(doc, random),
      agent: () => rewriteTitle(room, random),
      pause: () => new Promise((resolve) => setTimeout(resolve, random.below(6))),
    };
    await actions[random.weighted({ type: 6, edit: 3, agent: 3, pause: 4 })]?.();
  }
  const { document } = await room.ready();
  const isSame = ({ doc }: Client) => Buffer.from(Y.encodeStateAsUpdate(doc)).equals(Buffer.from(document.encode()));
  await until(() => people.every(isSame), "all are the same");
  const now = room.snapshot;
  for (const client of people) await client.close();
  await house.registry.drop(room);
  return { templateId, start, now };
}

test.each([1, 2, 3, 4, 5, 6, 7, 8])(
  "[KEEP-5] a compacted log gives the same document, export and reverts (seed %i)",
  (seed) =>
    withHouse(
      async (house) => {
        const { storage, sessions, registry } = house;
        const { templateId, start, now } = await withHistory(house, seed);
        const long = await logOf(storage, templateId);
        const exported = await sessions.exportTemplate(templateId, "acme");
        await compactAll(storage, templateId, await storage.acquireLease(templateId));
        const short = await logOf(storage, templateId);

        expect(short.length).toBeLessThan(long.length * 0.95);
        expect(await sessions.exportTemplate(templateId, "acme")).toStrictEqual(exported);
        const replayed = short.reduce((snapshot, { change }) => applyChange(snapshot, change), start);
        expect(canonicalJson(replayed)).toBe(canonicalJson(now));
        const expected = reverts(long, now);
        expect(expected.length).toBeGreaterThan(2);
        expect(reverts(short, now)).toStrictEqual(expected);
        const room = await registry.open(templateId);
        expect([canonicalJson(room.snapshot), room.revision]).toStrictEqual([canonicalJson(now), long.length]);
        await rewriteTitle(room, new Random(seed));
        expect(house.log.errors).toStrictEqual([]);
      },
      { snapshotEvery: 25 },
    ),
);

test(
  "[KEEP-6] a room compacts its log by itself, but for what it keeps at hand; who asks from the midst of typing is told so",
  () =>
    withHouse(
      async (house) => {
        const { templateId } = await house.sessions.createTemplate({ template: page(), clientId: "acme" });
        const room = await house.registry.open(templateId);
        const maya = await Client.join({ ...house, templateId });
        const text = textOf(maya.doc, paragraphId, paragraphKey);
        for (let stroke = 0; stroke < recentEntries + 600; stroke++) {
          text.insert(text.length, "a");
          // A socket takes four hundred messages at once and two hundred a second.
          if (stroke % 40 === 39) await new Promise((resolve) => setTimeout(resolve, 200));
        }
        await until(() => maya.savedRevision === recentEntries + 600);
        // The last part is compacted when the room writes its last snapshot.
        await house.registry.drop(room);
        const log = await house.storage.entriesSince(templateId, 0);
        const compacted = log.filter(({ from }) => from !== undefined);
        const lastCompacted = compacted.at(-1)?.revision ?? 0;
        expect(lastCompacted).toBeGreaterThan(300);
        expect(lastCompacted).toBeLessThanOrEqual(600);
        expect(log.slice(-recentEntries).every(({ from }) => from === undefined)).toBe(true);

        await house.registry.drop(room);
        const middle = 100;
        const late = await Client.join({
          ...house,
          templateId,
          instance: "tab-2",
          token: "acme:jonas",
          revision: middle,
        });
        await until(() => late.framesOf("saved").length > 0);
        const [first, second] = late.framesOf("entry");
        expect(first).toMatchObject({ from: 1, revision: lastCompacted, replayed: true });
        expect(second).toMatchObject({ revision: lastCompacted + 1, replayed: true });
        expect(second).not.toHaveProperty("from");
        expect(Buffer.from(Y.encodeStateAsUpdate(late.doc)).equals(Buffer.from(Y.encodeStateAsUpdate(maya.doc)))).toBe(
          true,
        );
        const again = await house.registry.open(templateId);
        expect([again.revision, house.log.errors.length, house.log.warnings.length]).toStrictEqual([
          recentEntries + 600,
          0,
          0,
        ]);
      },
      { snapshotEvery: 250 },
    ),
  60_000,
);
