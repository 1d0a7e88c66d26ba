// Scripts of code mode over HTTP, on disk when they are answered, and what agents beside them feel of hostile ones.

import { type Caller, connectCaller, elementIdOf } from "./mcp-calls.ts";
import { compileEngine, openBareSandbox } from "./peers/bare-sandbox.ts";
import { benchKey, waggleServer } from "./processes.ts";
import { median, percentile, type Round, type Row, rowsOf } from "./statistics.ts";

const rounds = Number(process.env.BENCH_ROUNDS ?? 7);
const scriptsEach = Number(process.env.BENCH_SCRIPTS ?? 12);
const millisecondsEach = Number(process.env.BENCH_MS ?? 1200);
/** Agents think for seconds between two scripts; meanwhile the next sandbox is started. */
const pauseMs = 150;
const headers = { authorization: `Bearer ${benchKey}` };

const bareScript200 = `const out = [];
for (let i = 0; i < 200; i++) out.push(JSON.parse(call(JSON.stringify({ section: 0, text: "Title " + i }))).elementId);
out.length;`;
/** 200 operations on one section, which is gone with the next script: the template stays as large as it was. */
const script200 = `const old = bee.getContentHierarchy().sections;
const { elementId: section } = bee.addSection({ columns: [12] });
for (const { id } of old) bee.deleteElement({ elementId: id });
for (let i = 0; i < 99; i++) {
  const { elementId } = bee.addTitle({ section, text: "Title " + i, fontSize: 24, color: "#333333", textAlign: "center" });
  bee.updateTitle({ elementId, text: "Another title " + i });
}
return 1;`;

const hostile = [
  "while (true) {}",
  "const a = []; while (true) a.push(new Array(1e5).fill('x'.repeat(50)));",
  "return (new Array(1_000_000_000) + '').length;",
  "while (true) { try { bee.getContentHierarchy(); } catch {} }",
  "type R<T extends any[], N extends number> = T['length'] extends N ? T : R<[...T, 0], N>; const z: R<[], 900> = null as any;",
];

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, pauseMs));

async function createTemplate(origin: string): Promise<string> {
  const request = { method: "POST", headers: { ...headers, "content-type": "application/json" }, body: "{}" };
  const response = await fetch(`${origin}/v2/sdk/mcp/template`, request);
  if (!response.ok) throw new Error(`No template: ${response.status} ${await response.text()}`);
  return (await response.json()).templateId;
}

async function timed(step: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await step();
  return performance.now() - started;
}

async function repeated(step: () => Promise<unknown>, between: () => Promise<unknown>): Promise<number[]> {
  const samples: number[] = [];
  while (samples.length < scriptsEach) {
    await between();
    samples.push(await timed(step));
  }
  return samples;
}

export async function codeModeBench(): Promise<Row[]> {
  const server = await waggleServer();
  try {
    const connect = async (path: string, name = ""): Promise<Caller> =>
      connectCaller({
        url: `${server.origin}/v2/sdk/mcp${path}`,
        era: "2026",
        headers: {
          ...headers,
          "x-bee-template-id": await createTemplate(server.origin),
          "x-waggle-agent": name || "one",
        },
      });
    const [scripts, tools] = [await connect("/codemode"), await connect("")];
    const overhead = await overheadRounds(scripts, tools);
    const company = await companyRounds(tools, await connect("/codemode", "hostile"));
    return [
      ...rowsOf(overhead, [
        { name: "bare thread and VM, trivial" },
        { name: "tool call that reads", against: "bare thread and VM, trivial" },
        { name: "execute, trivial", against: "bare thread and VM, trivial" },
        { name: "execute, trivial, without a pause between", against: "bare thread and VM, trivial" },
        { name: "bare thread and VM, 200 calls out" },
        { name: "execute, 200 operations", against: "bare thread and VM, 200 calls out" },
      ]).map(withAim),
      ...rowsOf(company, [
        { name: "write, alone" },
        { name: "write, beside hostile scripts", against: "write, alone" },
      ]),
      p99Row(company),
    ];
  } finally {
    await server.stop();
  }
}

const aims: Readonly<Record<string, number>> = { "execute, trivial": 10, "execute, 200 operations": 40 };

function withAim(row: Row): Row {
  const aimMs = aims[row.name];
  return aimMs === undefined ? row : { ...row, aimMs };
}

async function overheadRounds(scripts: Caller, tools: Caller): Promise<Round[]> {
  const engine = await compileEngine();
  const bare = async (script: string): Promise<number[]> => {
    const samples: number[] = [];
    while (samples.length < scriptsEach) {
      const sandbox = await openBareSandbox(engine);
      samples.push(await timed(() => sandbox.run(script)));
    }
    return samples;
  };
  const execute = (script: string) => () => scripts.call("beefree_execute", { script });
  const results: Round[] = [];
  for (let round = -1; round < rounds; round += 1) {
    const result: Round = {
      "bare thread and VM, trivial": await bare("1"),
      "tool call that reads": await repeated(() => tools.call("beefree_get_content_hierarchy", {}), pause),
      "execute, trivial": await repeated(execute("return 1"), pause),
      "execute, trivial, without a pause between": await repeated(execute("return 1"), async () => {}),
      "bare thread and VM, 200 calls out": await bare(bareScript200),
      "execute, 200 operations": await repeated(execute(script200), pause),
    };
    // The first round warms up the compilers on both sides.
    if (round >= 0) results.push(result);
  }
  return results;
}

async function companyRounds(tools: Caller, attacker: Caller): Promise<Round[]> {
  await tools.call("beefree_add_section", { columns: [12] });
  const elementId = elementIdOf(await tools.call("beefree_add_button", { section: 0, text: "Buy now" }));
  const write = async (): Promise<number[]> => {
    const samples: number[] = [];
    const end = performance.now() + millisecondsEach;
    while (performance.now() < end)
      samples.push(
        await timed(() => tools.call("beefree_update_button", { elementId, text: `Buy now ${samples.length % 100}` })),
      );
    return samples;
  };
  const results: Round[] = [];
  for (let round = -1; round < rounds; round += 1) {
    const alone = await write();
    const script = hostile[(round + hostile.length) % hostile.length] ?? "";
    let isOver = false;
    const attacks = (async () => {
      // Each ends in a refusal, which is what it is for.
      while (!isOver) await attacker.call("beefree_execute", { script }).catch(() => undefined);
    })();
    await pause();
    const beside = await write();
    isOver = true;
    await attacks;
    if (round >= 0) results.push({ "write, alone": alone, "write, beside hostile scripts": beside });
  }
  return results;
}

/** The 99th percentile beside hostile scripts against that alone, round by round. */
function p99Row(results: readonly Round[]): Row {
  const p99 = (round: Round, name: string): number => percentile(round[name] ?? [], 0.99);
  const beside = results.map((round) => p99(round, "write, beside hostile scripts"));
  const ratios = results.map((round) => p99(round, "write, beside hostile scripts") / p99(round, "write, alone"));
  return {
    name: "p99 of a write beside hostile scripts, over the rounds",
    p50Ms: median(beside),
    p99Ms: percentile(beside, 0.99),
    samples: results.length,
    against: "the p99 of a write alone",
    ratio: median(ratios),
    aim: 2,
  };
}
