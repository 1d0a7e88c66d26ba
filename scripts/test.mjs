// Every test: Vitest (Node and browser), then the stories in Playwright. Arguments go to Vitest: npm test -- packages/sdk
import { spawnSync } from "node:child_process";

const filters = process.argv.slice(2);
const runs = [["vitest", "run", ...filters]];
if (filters.length === 0) runs.push(["playwright", "test", "--config", "e2e/playwright.config.ts"]);

let failed = 0;
for (const [program, ...args] of runs) {
  const { status } = spawnSync(program, args, { stdio: "inherit" });
  if (status !== 0) failed += 1;
}
process.exit(failed === 0 ? 0 : 1);
