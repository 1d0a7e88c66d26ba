// What `npm start` runs: the Waggle server with this web app composed onto it, on one port.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { agentCommand, createServer, readConfig, type WaggleServer } from "@waggle/server";
import { hostApp } from "./host-app.ts";

const config = readConfig(process.env);
// Any origin may embed the demo; a product names its own in WAGGLE_ORIGINS.
const origins = process.env.WAGGLE_ORIGINS ? config.origins : "any";
const server: WaggleServer = await createServer({ ...config, origins, extend: (app) => hostApp(app, () => server) });
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => void stop());

await server.listen();
const newsletter: unknown = JSON.parse(
  await readFile(join(import.meta.dirname, "../templates/newsletter.json"), "utf8"),
);
const { templateId } = await server.createTemplate({ template: newsletter });
printWelcome();

function printWelcome(): void {
  const { address, apiKey } = server;
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

async function stop(): Promise<void> {
  await server.close();
  process.exit(0);
}
