// A tool call, write on disk included, against a bare MCP SDK echo of the same era.

import { type Caller, connectCaller, elementIdOf } from "./mcp-calls.ts";
import { benchKey, echoServer, waggleServer } from "./processes.ts";
import { type Round, type Row, rowsOf } from "./statistics.ts";

const rounds = Number(process.env.BENCH_ROUNDS ?? 7);
const millisecondsEach = Number(process.env.BENCH_MS ?? 1200);
const authorization = { authorization: `Bearer ${benchKey}` };

async function createTemplate(origin: string): Promise<string> {
  const headers = { ...authorization, "content-type": "application/json" };
  const response = await fetch(`${origin}/v2/sdk/mcp/template`, { method: "POST", headers, body: "{}" });
  if (!response.ok) throw new Error(`No template: ${response.status} ${await response.text()}`);
  return (await response.json()).templateId;
}

async function measure(step: (turn: number) => Promise<unknown>): Promise<number[]> {
  const samples: number[] = [];
  const end = performance.now() + millisecondsEach;
  for (let turn = 0; performance.now() < end; turn += 1) {
    const started = performance.now();
    await step(turn);
    samples.push(performance.now() - started);
  }
  return samples;
}

/** Enough that no text becomes one that was rewritten a thousand times, which no real one is. */
const buttons = 40;

interface Writer {
  readonly caller: Caller;
  readonly elementIds: readonly string[];
}

async function waggleCaller(origin: string, era: "2025" | "2026"): Promise<Writer> {
  const templateId = await createTemplate(origin);
  const caller = await connectCaller({
    url: `${origin}/v2/sdk/mcp`,
    era,
    headers: { ...authorization, "x-bee-template-id": templateId },
  });
  await caller.call("beefree_add_section", { columns: [12] });
  const elementIds: string[] = [];
  while (elementIds.length < buttons) {
    const added = await caller.call("beefree_add_button", { section: 0, column: 0, text: "Buy now" });
    elementIds.push(elementIdOf(added));
  }
  return { caller, elementIds };
}

export async function toolCallBench(): Promise<Row[]> {
  const [echo, waggle] = [await echoServer(), await waggleServer()];
  try {
    const floor = await connectCaller({ url: `${echo.origin}/http`, era: "http" });
    const echo2025 = await connectCaller({ url: `${echo.origin}/2025`, era: "2025" });
    const echo2026 = await connectCaller({ url: `${echo.origin}/2026`, era: "2026" });
    const write2025 = await waggleCaller(waggle.origin, "2025");
    const write2026 = await waggleCaller(waggle.origin, "2026");
    const input = ({ elementIds }: Pick<Writer, "elementIds">, turn: number) => ({
      elementId: elementIds[turn % elementIds.length],
      text: `Buy now ${turn % 1000}`,
    });
    const steps: Readonly<Record<string, (turn: number) => Promise<unknown>>> = {
      "plain HTTP echo": (turn) => floor.call("echo", input(write2025, turn)),
      "SDK echo, 2025": (turn) => echo2025.call("echo", input(write2025, turn)),
      "SDK echo + sync, 2025": (turn) => echo2025.call("echo_durable", input(write2025, turn)),
      "Waggle write, 2025": (turn) => write2025.caller.call("beefree_update_button", input(write2025, turn)),
      "SDK echo, 2026": (turn) => echo2026.call("echo", input(write2026, turn)),
      "SDK echo + sync, 2026": (turn) => echo2026.call("echo_durable", input(write2026, turn)),
      "Waggle write, 2026": (turn) => write2026.caller.call("beefree_update_button", input(write2026, turn)),
    };
    const results: Round[] = [];
    for (let round = -1; round < rounds; round += 1) {
      const result: Record<string, number[]> = {};
      for (const [name, step] of Object.entries(steps)) result[name] = await measure(step);
      // The first round warms up the compilers on both sides.
      if (round >= 0) results.push(result);
    }
    return rowsOf(results, [
      { name: "plain HTTP echo" },
      { name: "SDK echo, 2025", against: "plain HTTP echo" },
      { name: "SDK echo + sync, 2025", against: "SDK echo, 2025" },
      { name: "Waggle write, 2025", against: "SDK echo, 2025", aim: 1.5 },
      { name: "Waggle write, 2025", against: "SDK echo + sync, 2025" },
      { name: "SDK echo, 2026", against: "plain HTTP echo" },
      { name: "SDK echo + sync, 2026", against: "SDK echo, 2026" },
      { name: "Waggle write, 2026", against: "SDK echo, 2026", aim: 1.5 },
      { name: "Waggle write, 2026", against: "SDK echo + sync, 2026" },
    ]);
  } finally {
    await Promise.all([echo.stop(), waggle.stop()]);
  }
}
