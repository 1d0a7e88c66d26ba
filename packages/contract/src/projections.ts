import * as z from "zod/mini";
import type { ToolDescription } from "./operation.ts";

/** A JSON Schema (2020-12). */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** An operation as `tools/list` of MCP shows it. */
export interface McpTool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly inputSchema: JsonSchema & { readonly type: "object" };
  readonly outputSchema: JsonSchema & { readonly type: "object" };
  readonly annotations: {
    readonly readOnlyHint: boolean;
    readonly destructiveHint: boolean;
    readonly idempotentHint: boolean;
    readonly openWorldHint: boolean;
  };
}

export interface McpToolOptions {
  /** Put in front of every name, `beefree_` for example. */
  readonly prefix: string;
  /** All operations that descriptions may mention by name; mentions get the prefix too. */
  readonly catalogue?: readonly ToolDescription[];
}

/**
 * The MCP tool of an operation. Generating the JSON Schemas takes milliseconds: call it once an operation, not once a request.
 *
 * @example
 * const tools = operations.map((operation) => toMcpTool(operation, { prefix: "beefree_", catalogue: operations }));
 */
export function toMcpTool(operation: ToolDescription, { prefix, catalogue = [operation] }: McpToolOptions): McpTool {
  return {
    name: prefix + operation.name,
    title: operation.title,
    description: prefixNames(operation.description, { prefix, catalogue }),
    inputSchema: prefixDescriptions(objectSchema(operation.input, "input"), { prefix, catalogue }),
    outputSchema: prefixDescriptions(objectSchema(operation.output, "output"), { prefix, catalogue }),
    annotations: {
      readOnlyHint: operation.kind === "read",
      destructiveHint: operation.destructive,
      idempotentHint: operation.idempotent,
      openWorldHint: operation.reachesOut ?? false,
    },
  };
}

/** Names of operations in a text, as the reader of that door knows them. */
export function prefixNames(text: string, { prefix, catalogue = [] }: McpToolOptions): string {
  if (prefix === "" || catalogue.length === 0) return text;
  const names = catalogue.map(({ name }) => name).join("|");
  return text.replace(new RegExp(`(?<![\\w-])(?:${names})(?![\\w-])`, "g"), (name) => prefix + name);
}

function prefixDescriptions<Schema>(schema: Schema, options: McpToolOptions): Schema {
  // The same JSON with other descriptions has the same type.
  return JSON.parse(JSON.stringify(schema), (key, value: unknown) =>
    key === "description" && typeof value === "string" ? prefixNames(value, options) : value,
  ) as Schema;
}

/** The JSON Schema of an operation's input or output. */
export function objectSchema(schema: z.ZodMiniType, io: "input" | "output"): McpTool["inputSchema"] {
  const { $schema: _dialect, ...generated } = z.toJSONSchema(schema, { io });
  return { ...generated, type: "object" };
}
