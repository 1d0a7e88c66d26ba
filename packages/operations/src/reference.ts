import {
  type AnyOperation,
  type JsonSchema,
  objectSchema,
  type ToolDescription,
  toCommandName,
} from "@waggle/contract";
import { operations } from "./catalogue.ts";
import { extraOperations } from "./edit/index.ts";

export interface ReferenceOptions {
  /** What the names of tools start with. */
  readonly prefix: string;
}

const opening = `# Operations

Generated from the catalogue in \`packages/operations\`; do not edit by hand.

Every operation is a tool of the MCP endpoint and, when it changes something, a command of the SDK. Arguments are the same.
`;

const openingOfTools = `# Tools of the server

Generated from \`packages/server\`; do not edit by hand.

What agents can call besides [the operations](operations.md): they wait for something outside of the template, or do with a room
what no single operation does.

`;

/** The reference page of the catalogue, in Markdown: per operation its names, arguments, answer, errors and examples. */
export function operationsReference({ prefix = "beefree_" }: Partial<ReferenceOptions> = {}): string {
  const catalogue: readonly AnyOperation[] = [...operations, ...extraOperations];
  return pageOf(opening, catalogue, ({ name, kind }) =>
    kind === "write" ? `Tool \`${prefix}${name}\` · command \`${toCommandName(name)}\`` : `Tool \`${prefix}${name}\``,
  );
}

/** The same for tools that are no operations on a template. */
export function toolsReference(
  tools: readonly ToolDescription[],
  { prefix = "beefree_" }: Partial<ReferenceOptions> = {},
): string {
  return pageOf(openingOfTools, tools, ({ name }) => `Tool \`${prefix}${name}\``);
}

type NamesOf = (tool: ToolDescription) => string;

function pageOf(intro: string, tools: readonly ToolDescription[], namesOf: NamesOf): string {
  const index = tools.map(({ name, title }) => `- [\`${name}\`](#${name}): ${title}`).join("\n");
  return `${[intro + index, ...tools.map((tool) => describe(tool, namesOf))].join("\n\n")}\n`;
}

function describe(operation: ToolDescription, namesOf: NamesOf): string {
  const { name, description, errors, examples } = operation;
  return [
    `## ${name}`,
    description,
    `${namesOf(operation)} · ${traits(operation)}`,
    `### Arguments of ${name}`,
    schemaTable(objectSchema(operation.input, "input")),
    `### Answer of ${name}`,
    schemaTable(objectSchema(operation.output, "output")),
    errors.length > 0 ? `Errors: ${errors.map((code) => `\`${code}\``).join(", ")}.` : "",
    ...examples.map(({ note, input }) => `${note}:\n\n\`\`\`json\n${JSON.stringify(input, null, 2)}\n\`\`\``),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

const extras: ReadonlySet<string> = new Set(extraOperations.map(({ name }) => name));

function traits({ name, kind, destructive, idempotent }: ToolDescription): string {
  if (kind === "read") return "reads";
  const isExtra = extras.has(name);
  return [
    "writes",
    destructive ? "deletes" : "",
    idempotent ? "may be repeated" : "",
    isExtra ? "tool off unless turned on" : "",
  ]
    .filter(Boolean)
    .join(", ");
}

function schemaTable(schema: JsonSchema): string {
  const properties = Object.entries(recordOf(schema.properties));
  if (properties.length === 0) return "None.";
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  const rows = properties.map(([name, value]) => {
    const property = recordOf(value);
    const description = typeof property.description === "string" ? property.description : "";
    return `| \`${name}\` | ${typeOf(property)} | ${required.has(name) ? "yes" : ""} | ${cell(description)} |`;
  });
  return ["| name | type | required | meaning |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

/** A type in a few words: "whole number 8–120", "`h1`, `h2` or `h3`", "list of text". */
function typeOf(schema: JsonSchema): string {
  const [first, second] = Array.isArray(schema.anyOf) ? schema.anyOf : [];
  if (first)
    return [first, second]
      .filter(Boolean)
      .map((each) => typeOf(recordOf(each)))
      .join(" or ");
  if (Array.isArray(schema.enum)) return schema.enum.map((word) => `\`${word}\``).join(", ");
  if (schema.const !== undefined) return `\`${schema.const}\``;
  if (schema.type === "array") return `list of ${typeOf(recordOf(schema.items))}`;
  const words: Readonly<Record<string, string>> = { integer: "whole number", number: "number", string: "text" };
  const type = typeof schema.type === "string" ? schema.type : "anything";
  return `${words[type] ?? type}${rangeOf(schema)}`;
}

function rangeOf({ minimum, maximum }: JsonSchema): string {
  if (typeof minimum !== "number") return "";
  const hasCeiling = typeof maximum === "number" && maximum < Number.MAX_SAFE_INTEGER;
  return hasCeiling ? ` ${minimum}–${maximum}` : ` from ${minimum}`;
}

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");

function recordOf(value: unknown): JsonSchema {
  return typeof value === "object" && value !== null ? (value as JsonSchema) : {};
}
