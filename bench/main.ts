// npm run bench [name …]: the figures the README states, each with its peer and a floor measured in the same run.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checksBench } from "./checks.ts";
import { codeModeBench } from "./code-mode.ts";
import { fanOutBench } from "./fan-out.ts";
import { formatsBench } from "./formats.ts";
import { joinBench } from "./join.ts";
import { describeMachine } from "./machine.ts";
import { paintedBench } from "./painted.ts";
import { renderBench } from "./render.ts";
import { sizesBench } from "./sizes.ts";
import { sizesTable, timesTable } from "./tables.ts";
import { tokensBench } from "./tokens.ts";
import { toolCallBench } from "./tool-call.ts";

interface Result {
  readonly rows: readonly object[];
  readonly table: string;
}

const benches: Readonly<Record<string, () => Promise<Result>>> = {
  "tool-call": async () => withTable(await toolCallBench(), timesTable),
  painted: async () => withTable(await paintedBench(), timesTable),
  "fan-out": async () => withTable(await fanOutBench(), timesTable),
  join: async () => withTable(await joinBench(), timesTable),
  formats: async () => withTable(await formatsBench(), timesTable),
  checks: async () => withTable(await checksBench(), timesTable),
  "code-mode": async () => withTable(await codeModeBench(), timesTable),
  render: renderBench,
  tokens: tokensBench,
  sizes: async () => withTable(await sizesBench(), sizesTable),
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !benches[name]);
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(", ")}. There are: ${Object.keys(benches).join(", ")}.`);
  process.exit(1);
}

const folder = join(import.meta.dirname, "results");
mkdirSync(folder, { recursive: true });
for (const [name, run] of Object.entries(benches)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.log(`\n${name} …`);
  const { rows, table } = await run();
  console.log(table);
  const result = { measuredAt: new Date().toISOString(), machine: describeMachine(), rows };
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(result, undefined, 2)}\n`);
}

function withTable<Row extends object>(rows: readonly Row[], draw: (rows: readonly Row[]) => string): Result {
  return { rows, table: draw(rows) };
}
