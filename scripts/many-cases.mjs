// The random tests that templates and histories depend on, with far more cases than a usual run has. Prints what ran in each
// property. Takes long; WAGGLE_CASES multiplies all counts (0.1 for a tenth), and arguments pick files by a part of their name.
import { spawnSync } from "node:child_process";

const runs = [
  // More than 100,000 pages with faults.
  [34, "packages/template/src/page-json/fuzz.test.ts"],
  // More than 7,000 histories with work taken back.
  [7, "packages/template/src/change-set/revert.test.ts"],
  [5, "packages/template/src/change-set/algebra.test.ts"],
  [10, "packages/template/src/binding/convergence.test.ts"],
  [20, "packages/operations/src/random-edits.test.ts"],
];
const filters = process.argv.slice(2);
const scale = Number(process.env.WAGGLE_CASES ?? 1);
if (!(scale > 0)) throw new Error("WAGGLE_CASES has to be a number above 0.");
const picked = runs.filter(([, file]) => filters.length === 0 || filters.some((part) => file.includes(part)));
if (picked.length === 0)
  throw new Error(`No file has ${filters.join(" or ")} in its name. Name a part of one: fuzz, revert.`);

// A property of this size runs for minutes.
const timeout = ["--testTimeout=7200000", "--teardownTimeout=60000"];
let failed = 0;
for (const [times, file] of picked) {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync("vitest", ["run", "--project", "node", ...timeout, file], {
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, WAGGLE_CASES: String(times * scale), NO_COLOR: "1" },
  });
  const lines = stdout.split("\n").map((line) => line.trim());
  const closing = lines.filter((line) => /^(\d+ cases|Tests\s)/.test(line));
  const hasRun = closing.some((line) => line.includes(" cases"));
  const seconds = Math.round((performance.now() - started) / 1000);
  console.log(`${status === 0 && hasRun ? "✓" : "✗"} ${file}, ${times * scale} times as many, ${seconds} s`);
  for (const line of closing) console.log(`  ${line}`);
  if (status === 0 && hasRun) continue;
  failed += 1;
  console.log(stdout + stderr);
}
process.exit(failed === 0 ? 0 : 1);
