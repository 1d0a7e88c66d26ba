// npm run conformance: the official MCP suites against Waggle's own HTTP and MCP layer, with fixtures for tools.
import { openFixtureDoor } from "./fixture-door.ts";
import { type Revision, revisions, runOfficialSuite, shortcomingsOf } from "./official-suite.ts";

const door = await openFixtureDoor();
let missed = 0;
for (const revision of revisions) missed += (await show(revision)).length;
for (const complaint of door.complaints) say(`The server complained: ${complaint}`);
await door.close();
process.exitCode = missed === 0 && door.complaints.length === 0 ? 0 : 1;

async function show(revision: Revision): Promise<readonly string[]> {
  const started = performance.now();
  say(`\nMCP ${revision}`);
  const onScenario = (name: string): void => say(`  ${name} …`);
  const result = await runOfficialSuite({ url: door.url, revision, onScenario });
  const shortcomings = shortcomingsOf(result);
  const scored = result.scenarios.filter(({ isScored }) => isScored);
  const checks = scored.reduce((sum, { passed }) => sum + passed, 0);
  const others = result.scenarios.filter(({ isScored, failed }) => !isScored && failed > 0).map(({ name }) => name);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  say(
    shortcomings.length === 0
      ? `✓ ${revision}: all ${scored.length} scored scenarios pass (${checks} checks, ${seconds} s).`
      : `✗ ${revision}: ${shortcomings.join(" ")}\n${result.output}`,
  );
  if (others.length > 0) say(`  Not scored and not supported: ${others.join(", ")}.`);
  return shortcomings;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
