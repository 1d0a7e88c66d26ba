import type { ToolDescription } from "@waggle/contract";
import { extraOperations, operations } from "@waggle/operations";
import { createApplyEdits } from "../mcp/apply-edits.ts";
import { getCallOutcome } from "../mcp/get-call-outcome.ts";
import { previewTool } from "./preview/preview-tool.ts";
import { searchStockImages } from "./search-stock-images.ts";

/** The tools of the server besides the operations, for the reference: nothing of them can be called. */
export function describeServerTools(): readonly ToolDescription[] {
  const nothing = {};
  const tools = [
    createApplyEdits({ operations: [...operations, ...extraOperations], prefix: "" }),
    getCallOutcome,
    // Descriptions are the same whatever stands behind them, and nothing is run.
    searchStockImages(nothing as Parameters<typeof searchStockImages>[0]),
    previewTool(nothing as Parameters<typeof previewTool>[0]),
  ];
  return tools.map(({ run: _run, ...description }) => description);
}
