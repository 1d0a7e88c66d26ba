// Everything that can be said about the code without running it. All steps run, even when one fails.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const packages = readdirSync("packages").map((name) => join("packages", name));
const published = packages.filter((folder) => {
  const manifest = join(folder, "package.json");
  return existsSync(manifest) && !JSON.parse(readFileSync(manifest, "utf8")).private;
});

const steps = [
  ["format and lint", "biome", "check", "--error-on-warnings"],
  // --force: see boot.mjs
  ["types", "tsc", "-b", "--force"],
  ["boundaries", "node", "scripts/boundaries.mjs"],
  ["boundaries catch planted violations", "node", "scripts/boundaries.mjs", "--self-test"],
  ["rules of every SPEC.md have a test", "node", "scripts/spec-rules.mjs"],
  ["reference is what the code says", "node", "scripts/reference.mjs"],
  ["lock file holds no download addresses", "node", "scripts/lock-file.mjs"],
  ...published.map((folder) => [`package ${folder}`, "publint", "--strict", folder]),
];

let failed = 0;
for (const [name, program, ...args] of steps) {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: "utf8" });
  console.log(`${status === 0 ? "✓" : "✗"} ${name} (${Math.round(performance.now() - started)} ms)`);
  if (status === 0) continue;
  failed += 1;
  console.log(stdout ?? "", stderr ?? "");
}
console.log(`check: ${steps.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
