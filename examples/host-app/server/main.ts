// What `npm start` runs: the Waggle server with this web app composed onto it, on one port.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { agentCommand, createServer, readConfig, type WaggleServer } from "@waggle/server/bundled";
import { hostApp } from "./host-app.ts";

async function start(): Promise<void> {
  const config = readConfig(process.env);
  // Any origin may embed the demo; a product names its own in WAGGLE_ORIGINS.
  const origins = process.env.WAGGLE_ORIGINS ? config.origins : "any";
  const server: WaggleServer = await createServer({ ...config, origins, extend: (app) => hostApp(app, () => server) });
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => void stop(server));
  await server.listen();
  const newsletter = await readFile(join(import.meta.dirname, "../templates/newsletter.json"), "utf8");
  const { templateId } = await server.createTemplate({ template: JSON.parse(newsletter) });
  printWelcome(server, templateId);
}

function printWelcome({ address, apiKey }: WaggleServer, templateId: string): void {
  const bootedAt = Number(process.env.WAGGLE_BOOTED_AT ?? performance.timeOrigin);
  console.log(`
  Waggle is running (ready after ${Math.round(Date.now() - bootedAt)} ms)

  Page         ${address}/
  MCP address  ${address}/v2/sdk/mcp
  API key      ${apiKey}

  Give an agent a template of its own:

${agentCommand({ address, apiKey, templateId }).replace(/^/gm, "  ")}
`);
}

async function stop(server: WaggleServer): Promise<void> {
  await server.close();
  process.exit(0);
}

start().catch((error: unknown) => {
  // What the server refuses to start with is a sentence; what is a bug needs its stack.
  console.error(error instanceof Error && error.name === "WaggleError" ? error.message : error);
  process.exit(1);
});
