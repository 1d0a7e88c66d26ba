import type { AnyOperation } from "@waggle/contract";
import type { OperationContext } from "@waggle/operations";
import { createApplyEdits } from "./apply-edits.ts";
import { getCallOutcome } from "./get-call-outcome.ts";
import type { Tool } from "./tools.ts";

export interface AgentToolsOptions {
  readonly operations: readonly AnyOperation<OperationContext>[];
  readonly prefix: string;
}

/** Everything an agent can call: the operations, and what the door does with several of them or with past ones. */
export function agentTools(options: AgentToolsOptions): readonly Tool[] {
  return [...options.operations, createApplyEdits(options), getCallOutcome];
}
