#!/usr/bin/env node
// The `waggle` command. Compiled code is kept beside the data, so that a server that died is back sooner.
import { mkdirSync } from "node:fs";
import { enableCompileCache } from "node:module";
import { join, resolve } from "node:path";

const args = process.argv.slice(2);
if (args.length === 0) {
  keepCompiled(resolve(process.env.WAGGLE_DATA || ".waggle"));
  const { runCommand } = await import("./command.ts");
  await runCommand();
} else {
  const { runCommandLine } = await import("./command-line.ts");
  const code = await runCommandLine(args, {
    environment: process.env,
    say: (text) => void process.stdout.write(text),
    complain: (text) => void process.stderr.write(text),
  });
  process.exit(code);
}

function keepCompiled(folder: string): void {
  try {
    // Made here first, it has to be as closed to others as the server would make it.
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    enableCompileCache(join(folder, "compiled"));
  } catch {
    // What is wrong with the folder the server says in a sentence.
  }
}
