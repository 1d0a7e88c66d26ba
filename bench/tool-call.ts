// Tool calls, writes on disk included, and tools/list, against a bare MCP SDK echo of the same era.
import { type Caller, connectCaller } from "./mcp-calls.ts";
import { echoServer, waggleServer } from "./processes.ts";
import { type Round, type Row, rowsOf } from "./statistics.ts";
import { sustainedCalls } from "./sustained-calls.ts";
import { connectWriters, type Era, rewriting, type Writer, writeOnce } from "./writers.ts";

const rounds = Number(process.env.BENCH_ROUNDS ?? 7);
const millisecondsEach = Number(process.env.BENCH_MS ?? 1000);
const eras: readonly Era[] = ["2025", "2026"];
const crowd = 16;
const perTemplate = 4;

/** One client's turn; the clients of a step take theirs at the same time. */
type Turn = (turn: number) => Promise<unknown>;

/** What one row measures: a turn for each client. */
type Step = readonly Turn[];

async function measure(step: Step): Promise<number[]> {
  const samples: number[] = [];
  const end = performance.now() + millisecondsEach;
  const take = async (turn: Turn): Promise<void> => {
    for (let i = 0; performance.now() < end; i += 1) {
      const started = performance.now();
      await turn(i);
      samples.push(performance.now() - started);
    }
  };
  await Promise.all(step.map(take));
  return samples;
}

type Door = Era | "http" | `${Era}/list`;

function connectEchoes(origin: string, door: Door, clients: number): Promise<readonly Caller[]> {
  const era = door === "http" ? door : door.startsWith("2025") ? "2025" : "2026";
  return Promise.all(Array.from({ length: clients }, () => connectCaller({ url: `${origin}/${door}`, era })));
}

interface Place {
  readonly echo: string;
  readonly waggle: string;
}

/** The steps of one era with a number of clients. */
async function stepsOf({ echo, waggle }: Place, era: Era, clients: number): Promise<Readonly<Record<string, Step>>> {
  const writers = await connectWriters({ origin: waggle, era, agents: clients, perTemplate });
  const echoes = await connectEchoes(echo, era, clients);
  const listers = await connectEchoes(echo, `${era}/list`, clients);
  const elementIds = writers[0]?.elementIds ?? [];
  const echoing = (tool: string): Step =>
    echoes.map((caller) => (turn) => caller.call(tool, rewriting(elementIds, turn)));
  const listing = (callers: readonly Caller[]): Step => callers.map((caller) => () => caller.list());
  const label = labelOf(era, clients);
  return {
    [`SDK echo, ${label}`]: echoing("echo"),
    [`SDK echo + sync, ${label}`]: echoing("echo_durable"),
    [`Waggle write, ${label}`]: writers.map((writer: Writer) => (turn) => writeOnce(writer, turn)),
    [`SDK tools/list, two tools, ${label}`]: listing(echoes),
    [`SDK tools/list, tools as large, ${label}`]: listing(listers),
    [`Waggle tools/list, ${label}`]: listing(writers.map(({ caller }) => caller)),
  };
}

function labelOf(era: Era, clients: number): string {
  return clients === 1 ? era : `${era}, ${clients} clients`;
}

function comparisonsOf(era: Era, clients: number): { name: string; against?: string; aim?: number }[] {
  const label = labelOf(era, clients);
  return [
    { name: `SDK echo, ${label}`, ...(clients === 1 && { against: "plain HTTP echo" }) },
    { name: `SDK echo + sync, ${label}`, against: `SDK echo, ${label}` },
    { name: `Waggle write, ${label}`, against: `SDK echo, ${label}`, aim: 1.5 },
    { name: `Waggle write, ${label}`, against: `SDK echo + sync, ${label}` },
    { name: `SDK tools/list, two tools, ${label}`, against: `SDK echo, ${label}` },
    { name: `SDK tools/list, tools as large, ${label}`, against: `SDK echo, ${label}` },
    { name: `Waggle tools/list, ${label}`, against: `SDK tools/list, tools as large, ${label}`, aim: 1.2 },
  ];
}

/** The peers list two tools, which is the least a list can cost, and tools as large as Waggle's from a ready object. */
export async function toolCallBench(): Promise<Row[]> {
  const [echo, waggle] = [await echoServer(), await waggleServer()];
  try {
    const place = { echo: echo.origin, waggle: waggle.origin };
    const [floor] = await connectEchoes(echo.origin, "http", 1);
    const cases = eras.flatMap((era) => [1, crowd].map((clients) => ({ era, clients })));
    const steps: Record<string, Step> = {
      "plain HTTP echo": [(turn) => floor?.call("echo", rewriting(["a"], turn)) ?? Promise.resolve()],
    };
    for (const { era, clients } of cases) Object.assign(steps, await stepsOf(place, era, clients));
    const results: Round[] = [];
    for (let round = -1; round < rounds; round += 1) {
      const result: Record<string, number[]> = {};
      for (const [name, step] of Object.entries(steps)) result[name] = await measure(step);
      // The first round warms up the compilers on both sides.
      if (round >= 0) results.push(result);
    }
    const rows = rowsOf(results, [
      { name: "plain HTTP echo" },
      ...cases.flatMap(({ era, clients }) => comparisonsOf(era, clients)),
    ]);
    return [...rows, await sustainedCalls(waggle.origin, "2025"), await sustainedCalls(waggle.origin, "2026")];
  } finally {
    await Promise.all([echo.stop(), waggle.stop()]);
  }
}
