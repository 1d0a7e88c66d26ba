// Every rule id of a SPEC.md, like [SES-4], is cited by a test title, and every id in a test title is a rule.
import { globSync, readFileSync } from "node:fs";

const pattern = /\[([A-Z]{2,6}-\d+)\]/g;
const idsIn = (files) =>
  new Map(files.flatMap((file) => [...readFileSync(file, "utf8").matchAll(pattern)].map(([, id]) => [id, file])));

const rules = idsIn(globSync("packages/*/{,src/**/}SPEC.md"));
const cited = idsIn(globSync(["packages/*/src/**/*.test.{ts,tsx}", "e2e/**/*.ts"]));
const untested = [...rules].filter(([id]) => !cited.has(id));
const unknown = [...cited].filter(([id]) => !rules.has(id));
for (const [id, file] of untested) console.log(`${id} of ${file} has no test`);
for (const [id, file] of unknown) console.log(`${id} in ${file} is no rule of any SPEC.md`);
console.log(`${rules.size} rules, ${cited.size} cited`);
process.exit(untested.length + unknown.length === 0 && rules.size > 0 ? 0 : 1);
