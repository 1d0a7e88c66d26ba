import { headers } from "@waggle/contract";

/** What an agent needs to know to join. The key is named, never shown: the browser has none. */
export interface AgentAccess {
  readonly mcpUrl: string;
  readonly templateId: string;
  /** With it an agent works for this person. */
  readonly userHandle: string | undefined;
}

/** Name of the variable that holds the API key where the agent runs. */
export const keyVariable = "WAGGLE_API_KEY";

export type SetUpName = "command" | "json" | "typescript" | "python";

/** The headers of every request, in the order they are shown; `$KEY` stands where the key goes. */
export function headersOf({
  templateId,
  userHandle,
}: AgentAccess): readonly (readonly [name: string, value: string])[] {
  return [
    ["Authorization", `Bearer $${keyVariable}`],
    [headers.templateId, templateId],
    ...(userHandle === undefined ? [] : [[headers.userHandle, userHandle] as const]),
  ];
}

/** A text to paste per kind of client. */
export const setUps: Readonly<Record<SetUpName, (access: AgentAccess) => string>> = {
  command: (access) =>
    [
      "claude mcp add --transport http waggle",
      `  ${inShell(access.mcpUrl)}`,
      ...headersOf(access).map(([name, value]) => `  --header ${inShell(`${name}: ${value}`)}`),
    ].join(" \\\n"),
  json: (access) => {
    const values = headersOf(access).map(([name, value]) => [
      name,
      value.replace(`$${keyVariable}`, `\${${keyVariable}}`),
    ]);
    const server = { type: "http", url: access.mcpUrl, headers: Object.fromEntries(values) };
    return JSON.stringify({ mcpServers: { waggle: server } }, undefined, 2);
  },
  typescript: (access) => `import { Client } from "@modelcontextprotocol/client";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/client";

const transport = new StreamableHTTPClientTransport(new URL(${JSON.stringify(access.mcpUrl)}), {
  requestInit: {
    headers: {
${linesOf(access, (name, value) => `      ${JSON.stringify(name)}: ${inTypeScript(value)},`)}
    },
  },
});
const agent = new Client({ name: "my-agent", version: "1.0.0" });
await agent.connect(transport);
console.log(await agent.listTools());`,
  python: (access) => `import asyncio, os
from mcp import ClientSession
from mcp.client.streamable_http import streamablehttp_client

headers = {
${linesOf(access, (name, value) => `    ${JSON.stringify(name)}: ${inPython(value)},`)}
}

async def main():
    async with streamablehttp_client(${JSON.stringify(access.mcpUrl)}, headers=headers) as (read, write, _):
        async with ClientSession(read, write) as session:
            await session.initialize()
            print(await session.list_tools())

asyncio.run(main())`,
};

function linesOf(access: AgentAccess, line: (name: string, value: string) => string): string {
  return headersOf(access)
    .map(([name, value]) => line(name, value))
    .join("\n");
}

/** In double quotes, so that the shell puts the key in and takes everything else as it is. */
function inShell(text: string): string {
  if (/^[\w:/.-]+$/.test(text)) return text;
  const escaped = text
    .replace(/["\\`]/g, "\\$&")
    .replace(/\$/g, (sign, at) => (text.startsWith(`$${keyVariable}`, at) ? sign : `\\${sign}`));
  return `"${escaped}"`;
}

function inTypeScript(value: string): string {
  const [before = "", after] = value.split(`$${keyVariable}`);
  return after === undefined ? JSON.stringify(value) : `\`${before}\${process.env.${keyVariable}}${after}\``;
}

function inPython(value: string): string {
  const [before = "", after] = value.split(`$${keyVariable}`);
  return after === undefined ? JSON.stringify(value) : `f"${before}{os.environ['${keyVariable}']}${after}"`;
}
