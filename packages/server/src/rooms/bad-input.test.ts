import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";
import { type ErrorCode, errorTable } from "@waggle/contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import * as Y from "yjs";
import {
  forge,
  frameBytes,
  type House,
  hello,
  openHouse,
  type SyncVisit,
  startSession,
  stateOf,
  syncAddress,
  varUint,
} from "../stranger.test.support.ts";

let house: House;
let before: unknown;

beforeAll(async () => {
  house = await openHouse();
  before = await stateOf(house);
}, 60_000);
afterAll(() => house.close(), 60_000);

interface Closed {
  readonly code: number;
  readonly reason: string;
}

/** Opens a socket, sends what `act` sends, and resolves to how the server closed it. */
function closeOf(visit: SyncVisit, act: (socket: WebSocket) => void = () => undefined): Promise<Closed> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(syncAddress(house, visit));
    const late = setTimeout(() => reject(new Error("The socket was not closed.")), 10_000);
    socket.on("open", () => act(socket));
    socket.on("error", () => undefined);
    socket.on("close", (code, reason) => {
      clearTimeout(late);
      resolve({ code, reason: reason.toString() });
    });
  });
}

/** A close frame's reason begins with the name of the error and goes on with what to do. */
function requireClose({ code, reason }: Closed, name: ErrorCode): string {
  const [first, ...rest] = reason.split(": ");
  expect({ code, name: first }).toStrictEqual({ code: errorTable[name].close, name });
  return rest.join(": ");
}

async function requireNothingHappened(): Promise<void> {
  expect(await stateOf(house)).toStrictEqual(before);
}

type VisitRow = readonly [
  title: string,
  visit: (house: House) => SyncVisit | Promise<SyncVisit>,
  code: ErrorCode,
  says: RegExp,
];

const visits: readonly VisitRow[] = [
  ["no token", ({ templateId }) => ({ templateId }), "AUTH_MISSING", /in the query: token=/],
  ["an empty token", ({ templateId }) => ({ templateId, token: "" }), "AUTH_MISSING", /in the query: token=/],
  ["a token that is none", ({ templateId }) => ({ templateId, token: "hush" }), "AUTH_INVALID", /POST \/loginV2/],
  [
    "an API key",
    ({ templateId, apiKey }) => ({ templateId, token: apiKey }),
    "AUTH_INVALID",
    /access_token of POST \/loginV2/,
  ],
  [
    "a token signed by another",
    async ({ templateId }) => ({ templateId, token: await forge({ secret: randomBytes(32) }) }),
    "AUTH_INVALID",
    /POST \/loginV2/,
  ],
  [
    "an unsigned token",
    async (from) => ({ templateId: from.templateId, token: unsigned(await forge(from)) }),
    "AUTH_INVALID",
    /POST \/loginV2/,
  ],
  [
    "a token over since a second",
    async (from) => ({ templateId: from.templateId, token: await forge(from, { expiresIn: -1 }) }),
    "AUTH_EXPIRED",
    /POST \/loginV2/,
  ],
  [
    "another client's token",
    async (from) => ({ templateId: from.templateId, token: await forge(from, { client: "rival" }) }),
    "FORBIDDEN",
    /Get one of the template's/,
  ],
  [
    "another client's template",
    ({ foreignTemplateId, token }) => ({ templateId: foreignTemplateId, token }),
    "FORBIDDEN",
    /another client/,
  ],
  ["a template that is not there", ({ token }) => ({ templateId: "tpl_none", token }), "TEMPLATE_NOT_FOUND", /check/i],
  ["a template with a zero byte", ({ token }) => ({ templateId: "tpl_%00", token }), "TEMPLATE_NOT_FOUND", /check/i],
  [
    "a template a step up",
    ({ token }) => ({ templateId: "..%2f..%2fwaggle.db", token }),
    "TEMPLATE_NOT_FOUND",
    /check/i,
  ],
  [
    "a template of 5,000 letters",
    ({ token }) => ({ templateId: "x".repeat(5000), token }),
    "TEMPLATE_NOT_FOUND",
    /check/i,
  ],
  [
    "a template whose time is over",
    ({ expiredTemplateId, token }) => ({ templateId: expiredTemplateId, token }),
    "SESSION_ENDED",
    /new one/,
  ],
  [
    "somebody else's ended session",
    async (from) => ({ templateId: from.sealedTemplateId, token: await forge(from, { sub: "mallory" }) }),
    "SESSION_REFUSED",
    /Start your own/,
  ],
];

test.each(visits)("[SOCK-1] %s is let in only to be told why not", async (...[, visit, code, says]) => {
  expect(requireClose(await closeOf(await visit(house)), code)).toMatch(says);
  await requireNothingHappened();
});

test("somebody else in a session of one person is told to start their own", async () => {
  const templateId = await startSession(house);
  const closed = await closeOf({ templateId, token: await forge(house, { sub: "mallory" }) });
  expect(requireClose(closed, "SESSION_REFUSED")).toMatch(/Start your own/);
  await requireNothingHappened();
});

const sync = (step: number, bytes: Uint8Array) => Buffer.concat([Uint8Array.of(0, step), varUint(bytes.length), bytes]);
const awareness = (bytes: Uint8Array) => Buffer.concat([Uint8Array.of(1), varUint(bytes.length), bytes]);
const said = (...changes: readonly object[]) => frameBytes(Object.assign({ ...hello }, ...changes));
const update = () => {
  const doc = new Y.Doc();
  doc.getMap("nodes").set("a", 1);
  return doc;
};

type MessageRow = readonly [
  title: string,
  messages: () => readonly (string | Uint8Array)[],
  code: ErrorCode,
  says: RegExp,
];

const again = /Connect again|Say hello|Send|has|Known|Load|least|at most|JSON/;

const messages: readonly MessageRow[] = [
  ["text", () => ["hush"], "INVALID_FRAME", /binary messages of y-websocket/],
  ["nothing", () => [new Uint8Array()], "INVALID_FRAME", /binary messages/],
  ["random bytes", () => [Buffer.concat([Uint8Array.of(77), randomBytes(500)])], "INVALID_FRAME", /binary messages/],
  ["a kind that is not there", () => [Uint8Array.of(9, 0)], "INVALID_FRAME", /binary messages/],
  ["a kind without end", () => [new Uint8Array(100).fill(255)], "INVALID_FRAME", /binary messages/],
  ["a length beyond its bytes", () => [Uint8Array.of(0, 2, 255, 255, 3, 1)], "INVALID_FRAME", /binary messages/],
  [
    "bytes after the end",
    () => [Buffer.concat([sync(0, Uint8Array.of(0)), Uint8Array.of(1)])],
    "INVALID_FRAME",
    /binary messages/,
  ],
  ["a question before hello", () => [sync(0, Uint8Array.of(0))], "INVALID_FRAME", /Say hello first/],
  ["an update before hello", () => [sync(2, Y.encodeStateAsUpdate(update()))], "INVALID_FRAME", /Say hello first/],
  ["a seal before hello", () => [frameBytes({ frame: "seal", reason: "stopped" })], "INVALID_FRAME", again],
  ["a frame that is no JSON", () => [frameBytes("{")], "INVALID_FRAME", /has to be JSON/],
  ["a frame that is null", () => [frameBytes("null")], "INVALID_FRAME", /Known: hello, seal/],
  [
    "a frame of the server's",
    () => [frameBytes({ frame: "saved", revision: 9 })],
    "INVALID_FRAME",
    /Known: hello, seal/,
  ],
  ["a frame __proto__", () => [frameBytes('{"frame":"__proto__"}')], "INVALID_FRAME", /Known: hello, seal/],
  ["hello of another version", () => [said({ protocol: 99 })], "INVALID_INPUT", /Load the page again/],
  ["hello without a version", () => [frameBytes({ frame: "hello" })], "INVALID_INPUT", /Load the page again/],
  ["hello of another generation", () => [said({ generation: 7 })], "GENERATION_CHANGED", /Load it again/],
  [
    "hello with a revision in text",
    () => [said({ revision: "1" })],
    "INVALID_FRAME",
    /revision has to be a whole number/,
  ],
  [
    "hello with a revision below 0",
    () => [said({ revision: -1 })],
    "INVALID_FRAME",
    /revision has to be a whole number/,
  ],
  [
    "hello with a revision without end",
    () => [frameBytes(JSON.stringify(hello).replace('"revision":0', '"revision":1e999'))],
    "INVALID_FRAME",
    /whole number/,
  ],
  ["hello twice", () => [said(), said()], "INVALID_FRAME", /Say hello once/],
  ["a seal for no reason", () => [said(), frameBytes({ frame: "seal", reason: "hush" })], "INVALID_FRAME", again],
  ["an update that is none", () => [said(), sync(2, randomBytes(100))], "INVALID_FRAME", again],
  ["an update of version 2", () => [said(), sync(2, Y.encodeStateAsUpdateV2(update()))], "INVALID_FRAME", again],
  [
    "a state vector that is none",
    () => [said(), sync(0, new Uint8Array(50).fill(255))],
    "INVALID_FRAME",
    /state vector/,
  ],
  ["a state vector of a billion clients", () => [said(), sync(0, varUint(2 ** 30))], "INVALID_FRAME", /state vector/],
  ["awareness of 9 KB", () => [said(), awareness(new Uint8Array(9000))], "INVALID_FRAME", /8192 bytes/],
  ["awareness of 1,000 states", () => [said(), awareness(varUint(1000))], "INVALID_FRAME", /64 states/],
  ["awareness that is no JSON", () => [said(), awareness(Uint8Array.of(1, 5, 1, 1, 123))], "INVALID_FRAME", again],
  ["a message of 2 MB", () => [new Uint8Array(2_000_000)], "BODY_TOO_LARGE", /1048576 bytes at most/],
  [
    "2,000 messages at once",
    () => [said(), ...Array.from({ length: 2000 }, () => Uint8Array.of(3))],
    "RATE_LIMITED",
    /more slowly/,
  ],
];

test.each(messages)("[SOCK-1] %s closes the socket and says why", async (...[, all, code, says]) => {
  const closed = await closeOf({ templateId: house.templateId, token: house.token }, (socket) => {
    for (const message of all()) socket.send(message);
  });
  expect(requireClose(closed, code)).toMatch(says);
  expect(closed.reason).not.toContain("hush");
  expect(Buffer.byteLength(closed.reason)).toBeLessThanOrEqual(123);
  await requireNothingHappened();
});

/** A socket below the library: frames are sent as they are written. */
async function openRawSocket(): Promise<{ socket: Socket; ended: Promise<Closed> }> {
  const { pathname, search } = new URL(syncAddress(house, { templateId: house.templateId, token: house.token }));
  const socket = connect(house.port, "127.0.0.1");
  const key = randomBytes(16).toString("base64");
  const lines = [
    `GET ${pathname}${search} HTTP/1.1`,
    "Host: localhost",
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    `Sec-WebSocket-Key: ${key}`,
  ];
  socket.write(`${lines.join("\r\n")}\r\n\r\n`);
  const received: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => received.push(chunk));
  socket.on("error", () => undefined);
  const ended = new Promise<Closed>((resolve) => {
    socket.on("close", () => resolve(readClose(Buffer.concat(received))));
  });
  await new Promise((resolve) => socket.once("data", resolve));
  return { socket, ended };
}

/** The close frame is the last one the server sends. */
function readClose(bytes: Buffer): Closed {
  const names = Object.keys(errorTable).map((name) => bytes.lastIndexOf(`${name}: `));
  const start = Math.max(...names);
  if (start < 2) return { code: 0, reason: "" };
  return { code: bytes.readUInt16BE(start - 2), reason: bytes.subarray(start).toString() };
}

const masked = (first: number, length: number) =>
  Uint8Array.of(first, 128 + length, 0, 0, 0, 0, ...new Uint8Array(length));

const frames: readonly (readonly [title: string, bytes: Uint8Array, closeCode: number])[] = [
  ["a frame without a mask", Uint8Array.of(0x82, 1, 3), 1002],
  ["a frame of an unknown kind", masked(0x83, 1), 1002],
  ["a frame with reserved bits", masked(0xf2, 1), 1002],
  ["a packed frame nobody agreed on", masked(0xc2, 1), 1002],
  ["a ping of 126 bytes", Uint8Array.of(0x89, 254, 0, 126, 0, 0, 0, 0, ...new Uint8Array(126)), 1002],
  ["a ping in pieces", masked(0x09, 1), 1002],
  ["a piece of nothing", masked(0x80, 1), 1002],
  ["a close with a code that is none", Uint8Array.of(0x88, 130, 0, 0, 0, 0, 0, 1), 1002],
  ["text that is no text", Uint8Array.of(0x81, 130, 0, 0, 0, 0, 0xff, 0xfe), 1007],
  ["a frame that says it has 2 GB", Uint8Array.of(0x82, 255, 0, 0, 0, 0, 128, 0, 0, 0, 0, 0, 0, 0), 1009],
];

test.each(frames)("%s closes the socket and says why", async (_title, bytes, closeCode) => {
  const { socket, ended } = await openRawSocket();
  socket.write(bytes);
  const { code, reason } = await ended;
  expect([code, reason]).toStrictEqual([
    closeCode,
    expect.stringMatching(/^(INVALID_FRAME|BODY_TOO_LARGE): .*(Send|Connect)/),
  ]);
  await requireNothingHappened();
});

test("[SOCK-7] a flood of pings is too much, too", async () => {
  const closed = await closeOf({ templateId: house.templateId, token: house.token }, (socket) => {
    socket.send(said());
    for (let i = 0; i < 5000; i += 1) socket.ping();
  });
  expect(requireClose(closed, "RATE_LIMITED")).toMatch(/more slowly/);
});

test("a ping is answered with what it holds", async () => {
  const socket = new WebSocket(syncAddress(house, { templateId: house.templateId, token: house.token }));
  await new Promise((resolve) => socket.once("message", resolve));
  const answered = new Promise((resolve) => socket.once("pong", (payload) => resolve(payload.toString())));
  socket.ping("are you there?");
  expect(await answered).toBe("are you there?");
  socket.close();
});

test("two thousand strangers at the door are each told why not, and nobody waits for them", async () => {
  const crowd: Promise<Closed>[] = [];
  for (let i = 0; i < 2000; i += 1) {
    crowd.push(closeOf({ templateId: house.templateId, token: `stranger-${i}` }));
    if (i % 200 === 0) await requireNothingHappened();
  }
  const closed = await Promise.all(crowd);
  expect(new Set(closed.map(({ code }) => code))).toStrictEqual(new Set([4401]));
  await requireNothingHappened();
}, 60_000);

test("who connects and says nothing, or leaves in the middle of a message, is in nobody's way", async () => {
  const silent = new WebSocket(syncAddress(house, { templateId: house.templateId, token: house.token }));
  await new Promise((resolve) => silent.once("message", resolve));
  for (let i = 0; i < 50; i += 1) {
    const { socket, ended } = await openRawSocket();
    // The head of a message of 100 bytes, and three of them.
    socket.write(Uint8Array.of(0x82, 228, 0, 0, 0, 0, 0, 2, 98));
    socket.destroy();
    await ended;
  }
  await requireNothingHappened();
  expect(silent.readyState).toBe(WebSocket.OPEN);
  silent.close();
});

function unsigned(token: string): string {
  return `${Buffer.from('{"alg":"none"}').toString("base64url")}.${token.split(".")[1]}.`;
}
