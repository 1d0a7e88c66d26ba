import type { Actor, ToolDescription } from "@waggle/contract";
import type * as z from "zod/mini";
import type { AgentRoom } from "./ports.ts";

/** Who calls a server tool. */
export interface ToolCaller {
  readonly actor: Actor;
  /** The room of the template the agent works on. Rejects as the door does when there is none. */
  room(): Promise<AgentRoom>;
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
  readonly run: (caller: ToolCaller, input: z.output<Input>) => Promise<z.output<Output>>;
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
