// npm run bench [name …]: the figures the README states, each with its peer and a floor measured in the same run.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describeMachine } from "./machine.ts";
import { paintedBench } from "./painted.ts";
import type { Row } from "./statistics.ts";
import { toolCallBench } from "./tool-call.ts";

const benches: Readonly<Record<string, () => Promise<Row[]>>> = { "tool-call": toolCallBench, painted: paintedBench };

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
  const rows = await run();
  console.log(table(rows));
  const result = { measuredAt: new Date().toISOString(), machine: describeMachine(), rows };
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(result, undefined, 2)}\n`);
}

function table(rows: readonly Row[]): string {
  const lines = rows.map(({ name, p50Ms, p99Ms, samples, against, ratio, aim }) => {
    const compared = ratio === undefined ? "–" : `${ratio.toFixed(2)} × ${against}`;
    return `| ${name} | ${p50Ms.toFixed(2)} | ${p99Ms.toFixed(2)} | ${samples} | ${compared} | ${aim === undefined ? "–" : `≤ ${aim} ×`} |`;
  });
  return ["| | p50 ms | p99 ms | n | ratio of medians | aim |", "|---|---|---|---|---|---|", ...lines].join("\n");
}
