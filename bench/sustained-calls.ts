// 400 edits a second for a while, whatever the server does: what waits counts from the moment it was due.
import { setTimeout as pause } from "node:timers/promises";
import { percentile, type Row } from "./statistics.ts";
import { connectWriters, type Era, writeOnce } from "./writers.ts";

const perSecond = 400;
const agents = 16;
const seconds = Number(process.env.BENCH_SUSTAINED_SECONDS ?? 10);
const warmUpSeconds = 2;

/** The server has no limit on calls that this would have to raise; one that it gets has to be raised for this bench. */
export async function sustainedCalls(origin: string, era: Era): Promise<Row> {
  const writers = await connectWriters({ origin, era, agents, perTemplate: 4 });
  try {
    const write = (turn: number): Promise<unknown> => {
      const writer = writers[turn % writers.length];
      if (!writer) throw new Error("There are no writers.");
      return writeOnce(writer, Math.floor(turn / writers.length));
    };
    await keepUp(warmUpSeconds, write);
    const samples = await keepUp(seconds, write);
    return {
      name: `Waggle, ${perSecond} writes a second of ${agents} clients, ${era}`,
      p50Ms: percentile(samples, 0.5),
      p99Ms: percentile(samples, 0.99),
      samples: samples.length,
      aimP99Ms: 100,
    };
  } finally {
    for (const { caller } of writers) caller.close();
  }
}

async function keepUp(forSeconds: number, write: (turn: number) => Promise<unknown>): Promise<number[]> {
  const started = performance.now();
  const calls: Promise<number>[] = [];
  while (calls.length < forSeconds * perSecond) {
    const due = started + (calls.length * 1000) / perSecond;
    if (due > performance.now()) {
      await pause(1);
      continue;
    }
    const call = write(calls.length).then(() => performance.now() - due);
    // Reported below, when all are begun.
    call.catch(() => undefined);
    calls.push(call);
  }
  return Promise.all(calls);
}
