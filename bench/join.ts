// From an opened socket to a whole document of sixty modules, in a room that is already in memory: one that is quiet, and
// one that was edited just before.
import { setTimeout as pause } from "node:timers/promises";
import * as Y from "yjs";
import { seedOf } from "./fan-out.ts";
import { type Round, type Row, rowsOf } from "./statistics.ts";
import { connectClient } from "./sync-client.ts";
import {
  editedKey,
  inMemoryName,
  referenceName,
  type SyncServer,
  settingsOf,
  startSyncServers,
  waggleFramesName,
  waggleName,
} from "./sync-servers.ts";

const rounds = Number(process.env.BENCH_ROUNDS ?? 7);
const joinsEach = 40;
const modules = 60;
const breakMs = 5;
const kinds = ["quiet room", "room just edited"] as const;

async function measure(server: SyncServer, seed: Uint8Array, kind: (typeof kinds)[number]): Promise<number[]> {
  const room = await server.makeRoom();
  const host = new Y.Doc();
  if (!server.isFilled) Y.applyUpdate(host, seed);
  // Keeps the room in memory.
  const keeper = await connectClient({ ...room, doc: host });
  await pause(100);
  const samples: number[] = [];
  for (let i = 0; i < joinsEach; i += 1) {
    if (kind === "room just edited") settingsOf(host).set(editedKey, String(i));
    await pause(breakMs);
    const doc = new Y.Doc();
    const started = performance.now();
    const client = await connectClient({ ...room, doc });
    samples.push(performance.now() - started);
    if (doc.getMap("nodes").size < modules) throw new Error(`${server.name} sent half a document.`);
    client.close();
  }
  keeper.close();
  return samples;
}

const nameOf = (kind: string, name: string): string => `${kind}, ${name}`;

export async function joinBench(): Promise<Row[]> {
  const all = await startSyncServers();
  // A relay holds no document to join.
  const servers = all.filter(({ dialect }) => dialect !== "relay");
  try {
    const seed = await seedOf(servers);
    const results: Round[] = [];
    for (let round = -1; round < rounds; round += 1) {
      const result: Record<string, number[]> = {};
      for (const kind of kinds)
        for (const server of round % 2 === 0 ? servers : [...servers].reverse())
          result[nameOf(kind, server.name)] = await measure(server, seed, kind);
      // The first round warms up the compilers on both sides.
      if (round >= 0) results.push(result);
    }
    return rowsOf(results, comparisons(servers));
  } finally {
    await Promise.all(all.map((server) => server.stop()));
  }
}

/** The document is in memory wherever one joins, so nothing here waits for a disk. */
function comparisons(servers: readonly SyncServer[]): Parameters<typeof rowsOf>[1] {
  return kinds.flatMap((kind) =>
    servers.flatMap(({ name }) => {
      const to = (peer: string) => ({ name: nameOf(kind, name), against: nameOf(kind, peer) });
      if (name === inMemoryName) return [{ name: nameOf(kind, name) }];
      if (name === waggleName) return [{ ...to(referenceName), aim: 1 }, to(inMemoryName)];
      if (name === waggleFramesName) return [to(referenceName), to(inMemoryName)];
      return [to(inMemoryName)];
    }),
  );
}
