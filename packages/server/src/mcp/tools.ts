import {
  type CallToolResult,
  type Tool as ListedTool,
  type ListToolsResult,
  ProtocolError,
  ProtocolErrorCode,
} from "@modelcontextprotocol/server";
import { type AnyOperation, prefixNames, toMcpTool, type WaggleError } from "@waggle/contract";
import { checkInput, type OperationContext } from "@waggle/operations";
import type { Log } from "../observability/log.ts";
import { quotable, toWaggleError } from "./answers.ts";
import type { AgentOutcome } from "./ports.ts";
import type { AnyServerTool, ToolCaller } from "./server-tool.ts";

export interface ToolTableOptions {
  readonly catalogue: readonly Tool[];
  /** Put in front of every operation's name. */
  readonly prefix: string;
  readonly log: Log;
}

/** What a client can call: an operation on the template, or a tool of the server. */
export type Tool = AnyOperation<OperationContext> | AnyServerTool;

/** The catalogue as MCP tools. Built once: nothing is generated or compiled while a request waits. */
export class ToolTable {
  /** The answer to `tools/list`, always in the same order. */
  readonly list: ListToolsResult;
  readonly #options: ToolTableOptions;
  readonly #tools: ReadonlyMap<string, Tool>;

  constructor(options: ToolTableOptions) {
    const { catalogue, prefix } = options;
    this.#options = options;
    this.#tools = new Map(catalogue.map((tool) => [prefix + tool.name, tool]));
    this.list = { tools: catalogue.map((tool): ListedTool => ({ ...toMcpTool(tool, { prefix, catalogue }) })) };
  }

  /** Answers `tools/call`. Failures of the tool are results; an unknown tool is a protocol error. */
  async call(name: string, input: unknown, caller: ToolCaller): Promise<CallToolResult> {
    const tool = this.#tools.get(name);
    if (!tool) throw this.#unknownTool(name);
    try {
      return success(await carryOut(tool, input, caller));
    } catch (failure) {
      const error = toWaggleError(failure);
      if (error.code === "INTERNAL") this.#options.log.error({ err: failure, tool: name }, "A tool call failed.");
      return this.#failure(error);
    }
  }

  /** Without structured content: clients check that against the tool's output schema even when the call failed. */
  #failure({ code, message, data }: WaggleError): CallToolResult {
    const error = { code, message: prefixNames(message, this.#options), data };
    return { content: [{ type: "text", text: JSON.stringify(error) }], isError: true };
  }

  #unknownTool(name: string): ProtocolError {
    const words = new Set(name.toLowerCase().split(/[^a-z]+/));
    const likeness = (known: string): number => known.split(/[^a-z]+/).filter((word) => words.has(word)).length;
    const names = [...this.#tools.keys()].sort((a, b) => likeness(b) - likeness(a));
    return new ProtocolError(
      ProtocolErrorCode.InvalidParams,
      `There is no tool ${quotable(name)}. Nearest: ${names.slice(0, 3).join(", ")}. Call tools/list for all.`,
    );
  }
}

async function carryOut(
  tool: Tool,
  input: unknown,
  caller: ToolCaller,
): Promise<Pick<AgentOutcome, "output" | "mixed">> {
  if ("run" in tool) return { output: await tool.run(caller, checkInput(tool, input)) };
  const room = await caller.room();
  return room.run({ actor: caller.actor, operation: tool, input });
}

function success({ output, mixed = [] }: Pick<AgentOutcome, "output" | "mixed">): CallToolResult {
  const content: CallToolResult["content"] = [{ type: "text", text: JSON.stringify(output) }];
  if (mixed.length > 0) {
    const text = `Someone typed in the same text meanwhile, and both are in it now. Read it again: ${mixed.join(", ")}.`;
    content.push({ type: "text", text });
  }
  // Outputs of operations are objects by their schemas; anything else has no place in structured content.
  return typeof output === "object" && output !== null ? { content, structuredContent: { ...output } } : { content };
}
