import { WaggleError } from "@waggle/contract";
import { canonicalJson, importPage, newElementId } from "@waggle/template";
import { readDocument } from "@waggle/template/binding";
import { htmlCodec } from "@waggle/template/html";
import { forEachSeed, Random } from "@waggle/testing";
import { createEncoder, toUint8Array, writeAny, writeUint8, writeVarString, writeVarUint } from "lib0/encoding";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { Client, nodeOf } from "./clients.test-suite.ts";
import { buildDocument, encodeDocument, loadDocument, loadsAs } from "./document-bytes.ts";
import {
  buttonId,
  type House,
  hrefKey,
  operation,
  page,
  scout,
  titleId,
  until,
  withHouse,
} from "./fixtures.test-suite.ts";
import { LiveDocument } from "./live-document.ts";
import { honestUpdates, mutate } from "./mutants.test-suite.ts";

const pageState = buildDocument(importPage(page(), { newId: newElementId, codec: htmlCodec }));

function bytesOf(write: (encoder: ReturnType<typeof createEncoder>) => void): Uint8Array {
  const encoder = createEncoder();
  write(encoder);
  return toUint8Array(encoder);
}

/** One item of a client that is new to the document: a key of the root `nodes` with this content. */
function itemUpdate(content: number, write: (encoder: ReturnType<typeof createEncoder>) => void, key = "hostile") {
  return bytesOf((encoder) => {
    for (const number of [1, 1, 2 ** 30, 0]) writeVarUint(encoder, number);
    writeUint8(encoder, content | 0x20);
    writeVarUint(encoder, 1);
    writeVarString(encoder, "nodes");
    writeVarString(encoder, key);
    write(encoder);
    writeVarUint(encoder, 0);
  });
}

function anyContent(write: (encoder: ReturnType<typeof createEncoder>) => void) {
  return (encoder: ReturnType<typeof createEncoder>) => {
    writeVarUint(encoder, 1);
    write(encoder);
  };
}

function numbers(...values: number[]): Uint8Array {
  return bytesOf((encoder) => {
    for (const value of values) writeVarUint(encoder, value);
  });
}

/** As an attack, by what it would do without a guard. */
const attacks: Readonly<Record<string, () => Uint8Array>> = {
  "reserves 256 MB": () => numbers(1, 32_000_000, 1, 0),
  "names a billion clients": () => numbers(2 ** 30, 1),
  "pins a clock at 2^50": () => numbers(1, 1, 2 ** 30, 0, 0, 2 ** 50, 0),
  "writes in the server's name": () => numbers(1, 1, 1, 0, 0, 5, 0),
  "writes in the name of a server to come": () => numbers(1, 1, 77, 0, 0, 5, 0),
  "deletes 300,000 unknown stretches": () =>
    bytesOf((encoder) => {
      for (const number of [0, 1, 99, 300_000]) writeVarUint(encoder, number);
      for (let count = 0; count < 300_000; count++) for (const number of [2, 1]) writeVarUint(encoder, number);
    }),
  "deletes up to 2^50": () => numbers(0, 1, 99, 1, 0, 2 ** 50),
  "nests arrays 200,000 deep": () =>
    itemUpdate(
      8,
      anyContent((encoder) => {
        for (let depth = 0; depth < 200_000; depth++) {
          writeUint8(encoder, 117);
          writeVarUint(encoder, 1);
        }
        writeUint8(encoder, 126);
      }),
    ),
  "nests arrays 500 deep": () =>
    itemUpdate(
      8,
      anyContent((encoder) => writeAny(encoder, nested(500))),
    ),
  "holds bytes": () =>
    itemUpdate(
      8,
      anyContent((encoder) => writeAny(encoder, Uint8Array.of(1))),
    ),
  "holds a big integer": () =>
    itemUpdate(
      8,
      anyContent((encoder) => writeAny(encoder, 1n)),
    ),
  "holds a document": () =>
    itemUpdate(9, (encoder) => {
      writeVarString(encoder, "guid");
      writeAny(encoder, {});
    }),
  "is called __proto__": () =>
    itemUpdate(
      8,
      anyContent((encoder) => writeAny(encoder, 1)),
      "__proto__",
    ),
  "is of version 2": () => {
    const doc = new Y.Doc();
    doc.getMap("nodes").set("a", 1);
    return Y.encodeStateAsUpdateV2(doc);
  },
  "makes another root": () => {
    const doc = new Y.Doc();
    doc.getMap("other").set("a", 1);
    return Y.encodeStateAsUpdate(doc);
  },
  "makes a list of the elements": () => {
    const doc = new Y.Doc();
    doc.getArray("nodes").push([1]);
    return Y.encodeStateAsUpdate(doc);
  },
  "is empty": () => new Uint8Array(),
};

interface Nested extends Array<Nested> {}

function nested(depth: number): Nested {
  let value: Nested = [];
  for (let level = 0; level < depth; level++) value = [value];
  return value;
}

async function shared({ sessions, registry }: House) {
  const { templateId } = await sessions.createTemplate({ template: page(), clientId: "acme" });
  return { templateId, room: await registry.open(templateId) };
}

test("[SOCK-8] crafted attacks are sent away, and nobody else notices", () =>
  withHouse(async (house) => {
    const { templateId, room } = await shared(house);
    const bystander = await Client.join({ ...house, templateId, token: "acme:maya" });
    const before = canonicalJson(room.snapshot);
    const memory = process.memoryUsage().rss;
    for (const [name, attack] of Object.entries(attacks)) {
      const attacker = await Client.join({ ...house, templateId, token: "acme:mallory", instance: name });
      const start = performance.now();
      attacker.sendSync(2, attack());
      await until(() => attacker.closed !== undefined, `the one who ${name} is sent away`);
      expect([name, attacker.closed]).toStrictEqual([name, { code: 1008, reason: "INVALID_FRAME" }]);
      expect(performance.now() - start).toBeLessThan(2_000);
    }
    expect(process.memoryUsage().rss - memory).toBeLessThan(128 * 1024 * 1024);
    expect(room.revision).toBe(0);
    expect(canonicalJson(room.snapshot)).toBe(before);
    nodeOf(bystander.doc, buttonId).set(hrefKey, "https://still.example");
    await until(() => bystander.savedRevision === 1);
    expect(house.log.errors).toStrictEqual([]);
  }));

test("[SOCK-8] bytes that are no messages are sent away", () =>
  withHouse(async (house) => {
    const { templateId, room } = await shared(house);
    const random = new Random(5);
    for (let count = 0; count < 40; count++) {
      const attacker = await Client.join({ ...house, templateId, instance: `garbage-${count}` });
      const kind = random.pick([9, 100, 2, 0]);
      attacker.socket.send(
        Uint8Array.from([kind, ...Array.from({ length: random.below(20) }, () => random.below(256))]),
      );
      if (count === 0) attacker.sendText('{"frame":"sealed"}');
      if (count === 1) attacker.sendText("{");
      if (count === 2) attacker.socket.send("text");
      await until(() => attacker.closed !== undefined || count > 2, "the socket is closed");
      await attacker.close();
      expect([1005, 1008]).toContain(attacker.closed?.code);
    }
    expect(room.revision).toBe(0);
    expect(house.log.errors).toStrictEqual([]);
  }));

test("[SOCK-8] mutated updates: applied as one entry that can be loaded, or refused without a trace, or noticed", () => {
  forEachSeed({ count: 300, atLeast: { applied: 0.05, refused: 0.5 } }, (random, tally) => {
    const updates = honestUpdates(pageState, random);
    const at = random.below(updates.length);
    const sound = updates.slice(0, at);
    const { doc } = loadDocument({ state: pageState, updates: sound });
    doc.clientID = 1;
    const document = new LiveDocument(doc);
    const hostile = mutate(random.chance(0.2) ? Y.mergeUpdates(updates.slice(at)) : (updates[at] ?? pageState), random);
    const before = Y.encodeStateVector(doc);
    const outcome = receive(document, hostile);
    tally.count(outcome.kind);
    if (outcome.kind === "refused") expect(Y.encodeStateVector(doc)).toStrictEqual(before);
    if (outcome.kind === "applied") expectLoadable([...sound, outcome.update]);
    document.destroy();
  });
});

type Outcome = { kind: "applied"; update: Uint8Array } | { kind: "refused" | "nothing" | "noticed" };

function receive(document: LiveDocument, update: Uint8Array): Outcome {
  try {
    const received = document.receive(update);
    return received ? { kind: "applied", update: received.update } : { kind: "nothing" };
  } catch (failure) {
    return { kind: failure instanceof WaggleError && failure.code === "INVALID_FRAME" ? "refused" : "noticed" };
  }
}

/** Whatever was stored, new clients get a document and all of them the same. */
function expectLoadable(updates: readonly Uint8Array[]): void {
  const { doc } = loadDocument({ state: pageState, updates });
  expect(loadsAs(encodeDocument(doc), readDocument(doc))).toBe(true);
  doc.destroy();
}

/** An update that passes the guard and makes Yjs or the mirror throw half way. */
function poison(): Uint8Array {
  for (let seed = 1; seed < 5_000; seed++) {
    const random = new Random(seed);
    const hostile = mutate(random.pick(honestUpdates(pageState, random)), random);
    const { doc } = loadDocument({ state: pageState, updates: [] });
    doc.clientID = 1;
    const document = new LiveDocument(doc);
    const isPoison = receive(document, hostile).kind === "noticed";
    document.destroy();
    if (isPoison) return hostile;
  }
  throw new Error("No poison found.");
}

test("[SOCK-9] when applying throws, the document is loaded again and others keep sockets and edits", () =>
  withHouse(async (house) => {
    const update = poison();
    const { templateId, room } = await shared(house);
    const bystander = await Client.join({ ...house, templateId, token: "acme:maya" });
    nodeOf(bystander.doc, buttonId).set(hrefKey, "https://before.example");
    const attacker = await Client.join({ ...house, templateId, token: "acme:mallory" });

    attacker.sendSync(2, update);
    nodeOf(bystander.doc, titleId).set("/descriptor/heading/title", "h2");
    const write = {
      actor: scout,
      operation: operation("update_title"),
      input: { elementId: titleId, text: "Meanwhile" },
    };
    await until(() => house.log.errors.length > 0, "the server noticed");
    await room.run(write);
    await until(() => attacker.closed !== undefined && bystander.savedRevision === 3);

    expect(attacker.closed).toStrictEqual({ code: 1008, reason: "INVALID_FRAME" });
    expect(bystander.closed).toBeUndefined();
    expect(canonicalJson(readDocument(bystander.doc))).toBe(canonicalJson(room.snapshot));
    expect(room.snapshot.nodes.get(titleId)?.["/descriptor/heading/title"]).toBe("h2");
    expect((await house.storage.entriesSince(templateId, 0)).map(({ revision }) => revision)).toStrictEqual([1, 2, 3]);
    const fresh = await Client.join({ ...house, templateId, token: "acme:jonas" });
    expect(canonicalJson(readDocument(fresh.doc))).toBe(canonicalJson(room.snapshot));
    expect(fresh.framesOf("hello")[0]?.leaseEpoch).toBe(2);
  }));

test("[SOCK-10] updates that build on nothing are bounded and forgotten", () =>
  withHouse(async (house) => {
    const { templateId, room } = await shared(house);
    const attacker = await Client.join({ ...house, templateId, token: "acme:mallory" });
    const { document } = await room.ready();
    const orphan = (count: number) => numbers(1, 1, 2 ** 30 + count, 5, 0, 100, 0);
    for (let count = 0; count < 90; count++) attacker.sendSync(2, orphan(count));
    await until(() => document.pendingBytes > 0);
    const honest = await Client.join({ ...house, templateId, token: "acme:maya" });
    expect(Y.encodeStateVector(honest.doc)).toStrictEqual(document.stateVector);
    for (let count = 90; count < 120; count++) attacker.sendSync(2, orphan(count));
    await until(() => attacker.closed !== undefined);
    expect(attacker.closed?.code).toBe(1008);
    expect(document.pendingBytes).toBe(0);

    const leaver = await Client.join({ ...house, templateId, token: "acme:mallory", instance: "leaver" });
    leaver.sendSync(2, orphan(0));
    await until(() => document.pendingBytes > 0);
    await leaver.close();
    await until(() => document.pendingBytes === 0);
    expect(room.revision).toBe(0);
  }));

test("[SOCK-10] updates that come before what they build on take effect once that is here", () =>
  withHouse(async (house) => {
    const { templateId, room } = await shared(house);
    const client = await Client.join({ ...house, templateId });
    const copy = new Y.Doc();
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(client.doc));
    const updates: Uint8Array[] = [];
    copy.on("update", (update: Uint8Array) => updates.push(update));
    for (const href of ["https://one.example", "https://two.example"]) nodeOf(copy, buttonId).set(hrefKey, href);
    for (const update of updates.toReversed()) client.sendSync(2, update);
    await until(() => client.savedRevision === 1);
    expect(room.snapshot.nodes.get(buttonId)?.[hrefKey]).toBe("https://two.example");
    expect(client.entries.map(({ revision }) => revision)).toStrictEqual([1]);
  }));
