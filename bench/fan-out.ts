// How long until an edit of one client is in the documents of the others, and what that costs the server.
import { setTimeout as pause } from "node:timers/promises";
import * as Y from "yjs";
import { cpuOf } from "./server-cpu.ts";
import { type Round, type Row, rowsOf } from "./statistics.ts";
import { connectClient, type SyncClient } from "./sync-client.ts";
import {
  editedKey,
  inMemoryName,
  referenceName,
  relayName,
  type SyncServer,
  settingsOf,
  startSyncServers,
  waggleFramesName,
  waggleName,
} from "./sync-servers.ts";

const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
const secondsEach = Number(process.env.BENCH_SECONDS ?? 2);
const editsPerSecond = 50;
const crowds = [2, 20, 200];
/** Clients whose documents are watched; the others only take what they are sent. */
const watchedAtMost = 5;
/** What an edit still costs the server after it was passed on is counted for this long. */
const settleMs = 300;
/** On a machine with other work the last edits may take longer. */
const patienceMs = 5_000;

interface Measurement {
  readonly latencies: readonly number[];
  /** Milliseconds of processor time; empty where the system does not tell. */
  readonly cpuPerEdit: readonly number[];
}

interface Crowd {
  readonly writer: Y.Doc;
  readonly sockets: readonly SyncClient[];
}

/** Notes when each edit arrived in a document. Several may arrive as one. */
function watch(doc: Y.Doc, arrived: (edit: number) => void): () => void {
  let latest = 0;
  return () => {
    const newest = Number(settingsOf(doc).get(editedKey)) || 0;
    while (latest < newest) {
      latest += 1;
      arrived(latest);
    }
  };
}

interface Gathering {
  readonly clients: number;
  /** The document as an update, for servers that begin with nothing. */
  readonly seed: Uint8Array;
  readonly arrived: (edit: number) => void;
}

async function gather(server: SyncServer, { clients, seed, arrived }: Gathering): Promise<Crowd> {
  const room = await server.makeRoom();
  const documentFor = (): Y.Doc => {
    const doc = new Y.Doc();
    if (server.dialect === "relay") Y.applyUpdate(doc, seed);
    return doc;
  };
  const writer = documentFor();
  if (!server.isFilled) Y.applyUpdate(writer, seed);
  const sockets = [await connectClient({ ...room, doc: writer })];
  await pause(100);
  const watched = Math.min(watchedAtMost, clients - 1);
  const step = Math.floor((clients - 1) / watched);
  for (let i = 0; i < clients - 1; i += 1) {
    const doc = i % step === 0 && i / step < watched ? documentFor() : undefined;
    const watching = doc ? { doc, onUpdate: watch(doc, arrived) } : {};
    sockets.push(await connectClient({ ...room, ...watching }));
  }
  return { writer, sockets };
}

async function measure(server: SyncServer, { clients, seed }: Omit<Gathering, "arrived">): Promise<Measurement> {
  const sentAt: number[] = [];
  const latencies: number[] = [];
  const arrived = (edit: number): void => {
    const sent = sentAt[edit];
    if (sent !== undefined) latencies.push(performance.now() - sent);
  };
  const { writer, sockets } = await gather(server, { clients, seed, arrived });
  await pause(200);
  const cpuBefore = cpuOf(server.pid);
  const started = performance.now();
  const edits = secondsEach * editsPerSecond;
  for (let edit = 1; edit <= edits; edit += 1) {
    const due = started + (edit * 1000) / editsPerSecond - performance.now();
    if (due > 0) await pause(due);
    sentAt[edit] = performance.now();
    settingsOf(writer).set(editedKey, String(edit));
  }
  const expected = edits * Math.min(watchedAtMost, clients - 1);
  await pause(settleMs);
  for (let waited = 0; latencies.length < expected && waited < patienceMs; waited += settleMs) await pause(settleMs);
  const cpuAfter = cpuOf(server.pid);
  for (const socket of sockets) socket.close();
  if (latencies.length < expected) throw new Error(`${server.name}: ${latencies.length} of ${expected} edits arrived.`);
  const isKnown = cpuBefore !== undefined && cpuAfter !== undefined;
  return { latencies, cpuPerEdit: isKnown ? [(cpuAfter - cpuBefore) / edits] : [] };
}

/** A document of sixty modules, as Waggle holds it. */
export async function seedOf(servers: readonly SyncServer[]): Promise<Uint8Array> {
  const waggle = servers.find(({ name }) => name === waggleName);
  if (!waggle) throw new Error("Waggle is not among the servers.");
  const doc = new Y.Doc();
  const client = await connectClient({ ...(await waggle.makeRoom()), doc });
  client.close();
  return Y.encodeStateAsUpdate(doc);
}

const latencyOf = (clients: number, name: string): string => `${clients} clients, ${name}`;
const cpuNameOf = (clients: number, name: string): string => `${clients} clients, ${name}: server CPU per edit`;

export async function fanOutBench(): Promise<Row[]> {
  const servers = await startSyncServers();
  try {
    const seed = await seedOf(servers);
    const results: Round[] = [];
    for (let round = -1; round < rounds; round += 1) {
      const result: Record<string, readonly number[]> = {};
      // Whoever comes last finds the machine warmer, so the order turns.
      const order = round % 2 === 0 ? servers : [...servers].reverse();
      for (const clients of crowds)
        for (const server of order) {
          const { latencies, cpuPerEdit } = await measure(server, { clients, seed });
          result[latencyOf(clients, server.name)] = latencies;
          result[cpuNameOf(clients, server.name)] = cpuPerEdit;
        }
      // The first round warms up the compilers on both sides.
      if (round >= 0) results.push(result);
    }
    return rowsOf(results, comparisons(servers)).filter(({ samples }) => samples > 0);
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}

type Comparison = Parameters<typeof rowsOf>[1][number];

/** Who keeps documents on a disk is held against the reference, which does too; who does not, against the same without. */
function comparisons(servers: readonly SyncServer[]): Comparison[] {
  return [latencyOf, cpuNameOf].flatMap((label) =>
    crowds.flatMap((clients) =>
      servers.flatMap(({ name }) => {
        const to = (peer: string) => ({ name: label(clients, name), against: label(clients, peer) });
        if (name === relayName || name === inMemoryName) return [{ name: label(clients, name) }];
        if (name === waggleName) return [{ ...to(referenceName), aim: 1 }, to(inMemoryName)];
        if (name === waggleFramesName) return [to(referenceName), to(inMemoryName)];
        return [to(inMemoryName)];
      }),
    ),
  );
}
