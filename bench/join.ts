// From an opened socket to a whole document of sixty modules, in a room that is already in memory.
import { setTimeout as pause } from "node:timers/promises";
import * as Y from "yjs";
import { seedOf } from "./fan-out.ts";
import { type Round, type Row, rowsOf } from "./statistics.ts";
import { connectClient } from "./sync-client.ts";
import { referenceName, type SyncServer, startSyncServers, waggleName } from "./sync-servers.ts";

const rounds = Number(process.env.BENCH_ROUNDS ?? 7);
const joinsEach = 40;
const modules = 60;

async function measure(server: SyncServer, seed: Uint8Array): Promise<number[]> {
  const room = await server.makeRoom();
  const host = new Y.Doc();
  if (server.name !== waggleName) Y.applyUpdate(host, seed);
  // Keeps the room in memory.
  const keeper = await connectClient({ ...room, doc: host });
  await pause(100);
  const samples: number[] = [];
  for (let i = 0; i < joinsEach; i += 1) {
    const doc = new Y.Doc();
    const started = performance.now();
    const client = await connectClient({ ...room, doc });
    samples.push(performance.now() - started);
    if (doc.getMap("nodes").size < modules) throw new Error(`${server.name} sent half a document.`);
    client.close();
    await pause(5);
  }
  keeper.close();
  return samples;
}

export async function joinBench(): Promise<Row[]> {
  const all = await startSyncServers();
  // A relay holds no document to join.
  const servers = all.filter(({ dialect }) => dialect !== "relay");
  try {
    const seed = await seedOf(servers);
    const results: Round[] = [];
    for (let round = -1; round < rounds; round += 1) {
      const result: Record<string, number[]> = {};
      for (const server of round % 2 === 0 ? servers : [...servers].reverse())
        result[server.name] = await measure(server, seed);
      if (round >= 0) results.push(result);
    }
    return rowsOf(
      results,
      servers.map(({ name }) => {
        if (name === referenceName) return { name };
        return { name, against: referenceName, ...(name === waggleName ? { aim: 1 } : {}) };
      }),
    );
  } finally {
    await Promise.all(all.map((server) => server.stop()));
  }
}
