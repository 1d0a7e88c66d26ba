import { operations } from "@waggle/operations";
import { FakeClock } from "@waggle/testing";
import { onTestFinished } from "vitest";
import { connectAgent, type McpDoor, openDoor, readResult } from "../mcp/mcp-door.test.support.ts";
import type { Policy } from "../policy/policy.ts";
import { CodeMode, type CodeModeOptions } from "./code-mode.ts";

export interface ScriptStory {
  readonly door: McpDoor;
  readonly templateId: string;
  readonly clock: FakeClock;
  readonly codeMode: CodeMode;
  /** Sends a script and answers with the structured content, or `{ error }`. */
  execute(script: string, more?: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>>;
  /** The page as it is in the room. */
  page(): Promise<string>;
  /** Of the last change of the template. */
  revision(): number;
}

export interface StoryOptions extends Partial<Omit<CodeModeOptions, "clock">> {
  /** Of the API key. */
  readonly policy?: Policy;
}

/** An agent at the door of code mode, with an empty template, real rooms and real sandboxes. */
export async function openStory({ policy, ...options }: StoryOptions = {}): Promise<ScriptStory> {
  const clock = new FakeClock();
  const codeMode = new CodeMode({ catalogue: operations, clock, ...options });
  onTestFinished(() => codeMode.close());
  const door = await openDoor({ catalogue: [codeMode.tool], ...(policy ? { policy } : {}) });
  const templateId = await door.createTemplate();
  const agent = await connectAgent(door, { era: "2026", template: templateId });
  return {
    door,
    templateId,
    clock,
    codeMode,
    execute: async (script, more = {}) =>
      readResult(await agent.client.callTool({ name: "beefree_execute", arguments: { script, ...more } })),
    page: async () => JSON.stringify(await door.exported(templateId)),
    revision: () => door.registry.find(templateId)?.revision ?? -1,
  };
}
