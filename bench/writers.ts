// Agents that edit, each on a connection of its own, as the benches of tool calls need them.
import { type Caller, connectCaller, elementIdOf } from "./mcp-calls.ts";
import { benchKey } from "./processes.ts";

export type Era = "2025" | "2026";

/** An agent with buttons it may rewrite. */
export interface Writer {
  readonly caller: Caller;
  readonly elementIds: readonly string[];
}

export interface WritersOptions {
  readonly origin: string;
  readonly era: Era;
  readonly agents: number;
  /** Agents that edit the same template. */
  readonly perTemplate: number;
}

/** Enough that no text becomes one that was rewritten a thousand times, which no real one is. */
const buttons = 40;

/** Agents that have built what they will edit. */
export async function connectWriters({ origin, era, agents, perTemplate }: WritersOptions): Promise<readonly Writer[]> {
  const writers: Writer[] = [];
  let templateId = "";
  while (writers.length < agents) {
    if (writers.length % perTemplate === 0) templateId = await createTemplate(origin);
    writers.push(await connectWriter({ origin, era, templateId, name: String(writers.length) }));
  }
  return writers;
}

/** Rewrites one of the agent's buttons: an edit that is on disk when it is answered. */
export function writeOnce({ caller, elementIds }: Writer, turn: number): Promise<string> {
  return caller.call("beefree_update_button", rewriting(elementIds, turn));
}

/** What `writeOnce` sends, for a peer that only echoes. */
export function rewriting(elementIds: readonly string[], turn: number): Readonly<Record<string, unknown>> {
  return { elementId: elementIds[turn % elementIds.length], text: `Buy now ${turn % 1000}` };
}

async function connectWriter(place: { origin: string; era: Era; templateId: string; name: string }): Promise<Writer> {
  const { origin, era, templateId, name } = place;
  const caller = await connectCaller({
    url: `${origin}/v2/sdk/mcp`,
    era,
    headers: { authorization: `Bearer ${benchKey}`, "x-bee-template-id": templateId, "x-waggle-agent": name },
  });
  const section = elementIdOf(await caller.call("beefree_add_section", { columns: [12] }));
  const elementIds: string[] = [];
  while (elementIds.length < buttons) {
    const added = await caller.call("beefree_add_button", { section, column: 0, text: "Buy now" });
    elementIds.push(elementIdOf(added));
  }
  return { caller, elementIds };
}

async function createTemplate(origin: string): Promise<string> {
  const headers = { authorization: `Bearer ${benchKey}`, "content-type": "application/json" };
  const response = await fetch(`${origin}/v2/sdk/mcp/template`, { method: "POST", headers, body: "{}" });
  if (!response.ok) throw new Error(`No template: ${response.status} ${await response.text()}`);
  return (await response.json()).templateId;
}
