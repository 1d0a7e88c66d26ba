import { WaggleClient } from "../examples/agent/waggle-client.ts";
import { apiKey, origin } from "./server-under-test.ts";

export interface AgentPlace {
  readonly templateId: string;
  readonly name: string;
  readonly era?: "2025" | "2026";
  /** Default: the server that all stories share. */
  readonly at?: string;
  /** Handle of the person it works for. */
  readonly handle?: string;
}

/** A real MCP client on a template, connected. */
export async function connectAgent({
  templateId,
  name,
  era = "2025",
  at = origin,
  handle,
}: AgentPlace): Promise<WaggleClient> {
  const agent = new WaggleClient({
    url: new URL("/v2/sdk/mcp", at),
    template: templateId,
    key: apiKey,
    era,
    name,
    handle,
  });
  await agent.connect();
  return agent;
}

/** The template as a backend reads it. */
export async function readTemplate(templateId: string, at = origin): Promise<unknown> {
  const response = await fetch(new URL(`/v2/sdk/mcp/template/${templateId}`, at), {
    headers: { authorization: `Bearer ${apiKey}` },
  });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return response.json();
}

/** A template as a backend makes it. */
export async function createTemplate(template: unknown, at = origin): Promise<string> {
  const response = await fetch(new URL("/v2/sdk/mcp/template", at), {
    method: "POST",
    headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
    body: JSON.stringify({ template }),
  });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return (await response.json()).templateId;
}
