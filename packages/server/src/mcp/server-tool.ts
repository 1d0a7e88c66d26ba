import type { ContentBlock } from "@modelcontextprotocol/server";
import type { Actor, ToolDescription } from "@waggle/contract";
import type * as z from "zod/mini";
import type { ChosenTool } from "../policy/tool-choice.ts";
import type { AgentRoom } from "./ports.ts";

/** Who calls a server tool. */
export interface ToolCaller {
  readonly actor: Actor;
  /** The room of the template the agent works on. Rejects as the door does when there is none. */
  room(): Promise<AgentRoom>;
  /**
   * Aborted when the agent gave the call up: by a cancellation, or in 2026-07-28 by closing the connection. Nobody reads the
   * result then; `signal.throwIfAborted()` between two steps ends the call in the right words.
   */
  readonly signal: AbortSignal;
  /** Tells an agent that asked for it how far a long call has come; costs nothing otherwise. */
  readonly progress: ReportProgress;
}

/**
 * Reports progress. What is not more than what was reported before is left out, because the protocol forbids it; with a
 * `total`, so is what is less than a hundredth of it further.
 *
 * @example
 * progress(3, 12, "Section 3 of 12 is drawn.");
 */
export type ReportProgress = (done: number, total?: number, message?: string) => void;

/** A caller as tools see them: what they may do is enforced by `room()`. */
export interface GatedCaller extends ToolCaller {
  /** The agent asked what would happen; the room writes nothing then. */
  readonly isDryRun: boolean;
  /** Whether the API key's policy allows a tool, by its name without prefix. */
  mayCall(tool: ChosenTool): boolean;
  /** Whether the call came before under its idempotency key: the next write answers with the first outcome. */
  isRepeated(): Promise<boolean>;
}

/** What `run` answers with when there is more to show than JSON, such as a picture. */
export class AnswerWithBlocks<Output> {
  readonly output: Output;
  /** Stand after the output in the content, and not in the structured content. */
  readonly blocks: readonly ContentBlock[];

  constructor(output: Output, blocks: readonly ContentBlock[]) {
    this.output = output;
    this.blocks = blocks;
  }
}

/**
 * A tool that is no operation on a draft: it waits for something, such as pictures from elsewhere, or does with the room
 * what no single operation does.
 */
export interface ServerTool<Input extends z.ZodMiniType = z.ZodMiniType, Output extends z.ZodMiniType = z.ZodMiniType>
  extends ToolDescription {
  readonly input: Input;
  readonly output: Output;
  /** Rejects with the codes in `errors`. */
  readonly run: (
    caller: GatedCaller,
    input: z.output<Input>,
  ) => Promise<z.output<Output> | AnswerWithBlocks<z.output<Output>>>;
}

/** Any server tool, when only its description matters. */
// biome-ignore lint/suspicious/noExplicitAny: the input of `run` is contravariant, so no narrower type holds all tools
export type AnyServerTool = ServerTool<any, any>;

/** Says a tool with its types inferred, so that `run` and the examples are checked against the schemas. */
export function defineServerTool<Input extends z.ZodMiniType, Output extends z.ZodMiniType>(
  tool: ServerTool<Input, Output>,
): ServerTool<Input, Output> {
  return tool;
}
