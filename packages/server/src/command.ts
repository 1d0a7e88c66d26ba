// A server by the environment's variables, until it is interrupted.
import { flushCompileCache } from "node:module";
import { inspect } from "node:util";
import { routes, WaggleError } from "@waggle/contract";
import { agentCommand } from "./addresses.ts";
import { readConfig } from "./config/config.ts";
import { createServer, type WaggleServer } from "./server.ts";

/** Node keeps what it compiled when it ends in order; a server that is killed never does. */
const keepCompiledAfterMs = 500;

/** Starts a server and prints where it is. Ends the process when it can't. */
export async function runCommand(): Promise<void> {
  try {
    await run();
  } catch (error) {
    fail(error);
  }
}

async function run(): Promise<void> {
  const server = await createServer(readConfig(process.env));
  // `on`, not `once`: a second Ctrl-C, or one sent by npm as well, must not cut the shutdown short.
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => void stop(server));
  await server.listen();
  const { templateId } = await server.createTemplate();
  printWelcome(server, templateId);
  setTimeout(flushCompileCache, keepCompiledAfterMs).unref();
}

function printWelcome(server: WaggleServer, templateId: string): void {
  const { address, apiKey, clientId } = server;
  process.stdout.write(`
  Waggle is running (ready after ${Math.round(process.uptime() * 1000)} ms)

  Address      ${address}
  MCP address  ${address}${routes.mcp}
  API key      ${apiKey}
  Client id    ${clientId}

  Give an agent a new, empty template:

${agentCommand({ address, apiKey, templateId }).replace(/^/gm, "  ")}

`);
}

async function stop(server: WaggleServer): Promise<void> {
  try {
    await server.close();
    process.exit(0);
  } catch (error) {
    fail(error);
  }
}

function fail(error: unknown): never {
  // What is ours to say is a sentence; what is a bug needs its stack.
  const isOurs = error instanceof WaggleError && error.code !== "INTERNAL";
  process.stderr.write(`${isOurs ? error.message : inspect(error)}\n`);
  process.exit(1);
}
