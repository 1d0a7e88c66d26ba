// What `npm start` runs: the Waggle server with this web app composed onto it, on one port.
import { createServer, readConfig } from "@waggle/server";
import { hostApp } from "./host-app.ts";

const config = readConfig(process.env);
const server = await createServer({ ...config, allowAnyOrigin: true, extend: (app) => hostApp(app, () => server) });
await server.listen();

const { templateId } = await server.createTemplate({ name: "newsletter" });
const mcpAddress = `${server.address}/v2/sdk/mcp`;
const took = process.env.WAGGLE_BOOTED_AT
  ? ` (ready after ${Date.now() - Number(process.env.WAGGLE_BOOTED_AT)} ms)`
  : "";
console.log(`
  Waggle is running${took}

  Page         ${server.address}/
  MCP address  ${mcpAddress}
  API key      ${server.apiKey}

  Give an agent a template of its own:

  claude mcp add --transport http waggle ${mcpAddress} \\
    --header "Authorization: Bearer ${server.apiKey}" --header "x-bee-template-id: ${templateId}"
`);
