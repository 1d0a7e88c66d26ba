import type { CallToolResult, Tool as ListedTool, ListToolsResult } from "@modelcontextprotocol/server";
import { type AnyOperation, prefixNames, toMcpTool, type WaggleError } from "@waggle/contract";
import { checkInput, type OperationContext } from "@waggle/operations";
import type { Log } from "../observability/log.ts";
import type { Policy } from "../policy/policy.ts";
import { mayCall, toolRefused } from "../policy/tool-choice.ts";
import { toWaggleError } from "./answers.ts";
import { fingerprintOf, listedOptions, readCallOptions } from "./call-options.ts";
import { withoutForeignWords } from "./foreign-words.ts";
import { GatedCall, scopedKey } from "./gated-call.ts";
import { remarkSchemas, replyContent, successResult, writeRemarkSchemas } from "./reply.ts";
import { AnswerWithBlocks, type AnyServerTool, type ToolCaller } from "./server-tool.ts";
import { unknownTool } from "./tool-names.ts";

export interface ToolTableOptions {
  readonly catalogue: readonly Tool[];
  /** Put in front of every operation's name. */
  readonly prefix: string;
  readonly log: Log;
}

/** What a client can call: an operation on the template, or a tool of the server. */
export type Tool = AnyOperation<OperationContext> | AnyServerTool;

/** One `tools/call` as it came. */
export interface ToolRequest {
  readonly name: string;
  readonly input: unknown;
  /** What `_meta` names as the idempotency key. */
  readonly metaKey?: unknown;
  readonly keyId: string;
  /** Of the API key. */
  readonly policy?: Policy | undefined;
}

/** The catalogue as MCP tools. Built once: nothing is generated or compiled while a request waits. */
export class ToolTable {
  /** The answer to `tools/list` of a key that may call everything, always in the same order. */
  readonly list: ListToolsResult;
  readonly #options: ToolTableOptions;
  readonly #tools: ReadonlyMap<string, Tool>;
  /** By what a policy says of tools: as many as there are policies of keys. */
  readonly #lists = new Map<string, ListToolsResult>();

  constructor(options: ToolTableOptions) {
    const { catalogue, prefix } = options;
    this.#options = options;
    this.#tools = new Map(catalogue.map((tool) => [prefix + tool.name, tool]));
    this.list = { tools: catalogue.map((tool) => listed(tool, options)) };
  }

  /** The answer to `tools/list` of a key with this policy: the tools it may call, in the same order. */
  listFor(policy: Policy | undefined): ListToolsResult {
    if (policy === undefined) return this.list;
    const { access, tools } = policy;
    const choice = JSON.stringify([access === "read-only", tools]);
    const known = this.#lists.get(choice) ?? {
      tools: this.list.tools.filter(({ name }) => this.#isAllowed(name, policy)),
    };
    this.#lists.set(choice, known);
    return known;
  }

  /** Answers `tools/call`. Failures of the tool are results; an unknown tool is a protocol error. */
  async call(request: ToolRequest, caller: ToolCaller): Promise<CallToolResult> {
    const { name, policy } = request;
    const tool = this.#tools.get(name);
    if (!tool) throw unknownTool(name, this.#namesFor(policy), this.#options.prefix);
    try {
      if (policy && !this.#isAllowed(name, policy)) throw toolRefused(name, this.#namesFor(policy));
      return await this.#carryOut(tool, request, caller);
    } catch (failure) {
      const error = toWaggleError(failure);
      if (error.code === "INTERNAL") this.#options.log.error({ err: failure, tool: name }, "A tool call failed.");
      return this.#failure(error);
    }
  }

  async #carryOut(tool: Tool, request: ToolRequest, caller: ToolCaller): Promise<CallToolResult> {
    const { keyId, policy } = request;
    const { isDryRun, idempotencyKey, input } = readCallOptions(tool, request.input, request.metaKey);
    const call =
      idempotencyKey === undefined
        ? undefined
        : { callKey: scopedKey({ keyId }, idempotencyKey), fingerprint: fingerprintOf(tool.name, input) };
    const gated = new GatedCall(caller, { policy, keyId, isDryRun, call });
    const named = (text: string): string => prefixNames(text, this.#options);
    if ("run" in tool) {
      const answer: unknown = await tool.run(gated, checkInput(tool, input));
      const { output, blocks } = answer instanceof AnswerWithBlocks ? answer : { output: answer, blocks: [] };
      const remarks = tool.kind === "write" ? gated.outcome : undefined;
      return successResult(replyContent({ output, remarks, isDryRun, named }), blocks);
    }
    const room = await gated.room();
    const outcome = await room.run({ actor: caller.actor, operation: tool, input });
    return successResult(replyContent({ output: outcome.output, remarks: outcome, isDryRun, named }));
  }

  #isAllowed(name: string, policy: Policy): boolean {
    const tool = this.#tools.get(name);
    return tool !== undefined && mayCall(tool, policy);
  }

  #namesFor(policy: Policy | undefined): string[] {
    return this.listFor(policy).tools.map(({ name }) => name);
  }

  /** Without structured content: clients check that against the tool's output schema even when the call failed. */
  #failure({ code, message, data }: WaggleError): CallToolResult {
    const error = { code, message: prefixNames(withoutForeignWords(message, data), this.#options), data };
    return { content: [{ type: "text", text: JSON.stringify(error) }], isError: true };
  }
}

/** A tool with what all tools take and answer besides. */
function listed(tool: Tool, { prefix, catalogue }: ToolTableOptions): ListedTool {
  const { inputSchema, outputSchema, ...rest } = toMcpTool(tool, { prefix, catalogue });
  const isWrite = tool.kind === "write";
  return {
    ...rest,
    inputSchema: isWrite ? withProperties(inputSchema, listedOptions(tool)) : inputSchema,
    outputSchema:
      "run" in tool && !isWrite
        ? outputSchema
        : withProperties(outputSchema, isWrite ? writeRemarkSchemas : remarkSchemas),
  };
}

/** A tool's own properties win. */
function withProperties<Schema extends { readonly type: "object"; readonly properties?: unknown }>(
  schema: Schema,
  properties: object,
): Schema {
  return { ...schema, properties: { ...properties, ...(schema.properties ?? {}) } };
}
