import { countingIds, forEachSeed, type Random, randomChange, randomDocument, type Tally } from "@waggle/testing";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { diff, isTextCell } from "../change-set/algebra.ts";
import type { ChangeSet } from "../change-set/types.ts";
import { canonicalJson, emptySnapshot } from "../document/snapshot.ts";
import { isRichText } from "../document/value.ts";
import { writeChange } from "./document.ts";
import { DocumentMirror } from "./document-mirror.ts";
import { whyNotBindable } from "./fragment-check.ts";
import { fragmentIn, nodesOf } from "./layout.ts";

/** Someone with a copy of the document, who hears of the others' updates in any order and as late as it pleases. */
interface Participant {
  readonly mirror: DocumentMirror;
  readonly newId: () => string;
  readonly inbox: Uint8Array[];
}

function participants(random: Random): Participant[] {
  const start = new Y.Doc();
  writeChange(start, diff(emptySnapshot, randomDocument(random, { modules: 10 })), "start");
  const all = [1, 2, 3, 4].map((client): Participant => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(start), "sync");
    // The bytes depend on it, and a seed has to repeat them.
    doc.clientID = client;
    return {
      mirror: new DocumentMirror(doc, { onChange: () => undefined }),
      newId: countingIds(`c${client}-`),
      inbox: [],
    };
  });
  for (const one of all) {
    one.mirror.doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin !== "sync") for (const other of all) if (other !== one) other.inbox.push(update);
    });
  }
  return all;
}

function deliver({ mirror, inbox }: Participant, random: Random, share: number): void {
  for (let left = Math.ceil(inbox.length * share); left > 0; left--) {
    const [update] = inbox.splice(random.below(inbox.length), 1);
    if (update) Y.applyUpdate(mirror.doc, update, "sync");
  }
}

test("whoever edits whatever at once, all documents end byte for byte the same, and each text can be bound", () => {
  const atLeast = { "a text edit": 10, "a list or table edit": 4, change: 20 };
  forEachSeed({ count: 40, atLeast }, (random, tally) => {
    const all = participants(random);
    for (let turn = 0; turn < 40; turn++) {
      const { mirror, newId } = random.pick(all);
      const change = randomChange(mirror.snapshot, { random, newId });
      countEdits(change, tally);
      mirror.commit(change, "edit");
      if (random.chance(0.4)) deliver(random.pick(all), random, 0.5);
    }
    // Cleaning up formatting makes updates of its own.
    while (all.some(({ inbox }) => inbox.length > 0)) for (const one of all) deliver(one, random, 1);
    const [first, ...others] = all.map(({ mirror }) => mirror);
    if (!first) throw new Error("Nobody took part.");
    for (const other of others) {
      expect(canonicalJson(other.snapshot)).toBe(canonicalJson(first.snapshot));
      expect(Buffer.compare(bytesOf(other), bytesOf(first))).toBe(0);
    }
    expect(unbindable(first)).toEqual([]);
  });
});

function countEdits(change: ChangeSet, tally: Tally): void {
  tally.count("change");
  for (const [key, cell] of Object.values(change).flatMap((node) => Object.entries(node))) {
    if (!isTextCell(cell)) continue;
    tally.count("a text edit");
    if (/\/(?:list|table)\//.test(key)) tally.count("a list or table edit");
  }
}

function bytesOf({ doc }: DocumentMirror): Buffer {
  return Buffer.from(Y.encodeStateAsUpdate(doc));
}

function unbindable({ doc, snapshot }: DocumentMirror): string[] {
  return [...snapshot.nodes.entries()].flatMap(([id, node]) =>
    Object.keys(node).flatMap((key) => {
      const fragment = isRichText(node[key]) ? fragmentIn(nodesOf(doc).get(id), key) : undefined;
      const reason = fragment && whyNotBindable(fragment);
      return reason === undefined ? [] : [`${key} of ${id}: ${reason}`];
    }),
  );
}
