import type { CallToolResult, ContentBlock } from "@modelcontextprotocol/server";
import type { AgentOutcome } from "./ports.ts";

/** JSON Schemas of what stands beside the output of a tool. Explained once, in the instructions. */
export const remarkSchemas = {
  othersChanged: { type: "array", items: { type: "object" } },
  notes: { type: "array", items: { type: "string" } },
} as const;

/** The same for a tool that writes. */
export const writeRemarkSchemas = {
  findings: { type: "array", items: { type: "object" } },
  mixed: { type: "array", items: { type: "string" } },
  dryRun: { type: "boolean" },
  ...remarkSchemas,
} as const;

type Remarks = Pick<AgentOutcome, "mixed" | "findings" | "othersChanged" | "notes" | "moreFindings">;

/** A reply that is being put together. */
export interface Reply {
  readonly output: unknown;
  readonly remarks?: Remarks | undefined;
  readonly isDryRun?: boolean;
  /** Puts prefixes before the names of tools. */
  readonly named: (text: string) => string;
}

/** What a tool answers, with what else there is to know beside it; small where there is nothing. */
export function replyContent({ output, remarks = {}, isDryRun = false, named }: Reply): Record<string, unknown> {
  const { mixed = [], findings = [], othersChanged = [], notes = [], moreFindings = 0 } = remarks;
  const all = moreFindings > 0 ? [...notes, `${moreFindings} more findings: call check_template.`] : notes;
  return {
    // Outputs of operations are objects by their schemas.
    ...(typeof output === "object" ? output : {}),
    ...namedWarnings(output, named),
    ...(isDryRun && { dryRun: true }),
    ...(findings.length > 0 && { findings }),
    ...(mixed.length > 0 && { mixed }),
    ...(othersChanged.length > 0 && { othersChanged }),
    ...(all.length > 0 && { notes: all.map(named) }),
  };
}

/** Warnings say which tool to call next. */
function namedWarnings(output: unknown, named: Reply["named"]): { readonly warnings?: readonly string[] } {
  if (typeof output !== "object" || output === null || !("warnings" in output)) return {};
  const { warnings } = output;
  if (!Array.isArray(warnings)) return {};
  return { warnings: warnings.map((each) => (typeof each === "string" ? named(each) : each)) };
}

/** The result of a tool call. `more` stands after what is said in JSON. */
export function successResult(content: Record<string, unknown>, more: readonly ContentBlock[] = []): CallToolResult {
  const blocks: CallToolResult["content"] = [{ type: "text", text: JSON.stringify(content) }];
  if (Array.isArray(content.mixed)) {
    const text = `Someone typed in the same text meanwhile, and both are in it now. Read it again: ${content.mixed.join(", ")}.`;
    blocks.push({ type: "text", text });
  }
  return { content: [...blocks, ...more], structuredContent: content };
}
