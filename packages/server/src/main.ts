#!/usr/bin/env node
// The `waggle` command. Compiled code is kept beside the data, so that a server that died is back sooner.
import { mkdirSync } from "node:fs";
import { enableCompileCache } from "node:module";
import { join, resolve } from "node:path";

const folder = resolve(process.env.WAGGLE_DATA || ".waggle");
try {
  // Made here first, it has to be as closed to others as the server would make it.
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  enableCompileCache(join(folder, "compiled"));
} catch {
  // What is wrong with the folder the server says in a sentence.
}
const { runCommand } = await import("./command.ts");
await runCommand();
