#!/usr/bin/env node
// The `waggle` command: a server by the environment's variables, until it is interrupted.
import { routes, WaggleError } from "@waggle/contract";
import { agentCommand } from "./addresses.ts";
import { readConfig } from "./config/config.ts";
import { createServer, type WaggleServer } from "./server.ts";

async function run(): Promise<void> {
  const server = await createServer(readConfig(process.env));
  // `on`, not `once`: a second Ctrl-C, or one sent by npm as well, must not cut the shutdown short.
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => void stop(server));
  await server.listen();
  const { templateId } = await server.createTemplate();
  printWelcome(server, templateId);
}

function printWelcome(server: WaggleServer, templateId: string): void {
  const { address, apiKey, clientId } = server;
  console.log(`
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
  console.error(error instanceof WaggleError && error.code !== "INTERNAL" ? error.message : error);
  process.exit(1);
}

run().catch(fail);
