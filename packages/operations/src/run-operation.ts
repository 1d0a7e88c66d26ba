import { type AnyOperation, type ToolDescription, WaggleError } from "@waggle/contract";
import * as z from "zod/mini";
import type { OperationContext } from "./context.ts";
import { describeIssues } from "./input-issues.ts";

/**
 * Checks the raw input and applies the operation to the draft of `context`. The draft holds the outcome; nothing else
 * has changed. Throws INVALID_INPUT naming the argument, or what the operation declares in `errors`.
 *
 * @example
 * const { output } = runOperation(addTitle, { draft, newId, codec }, { section: 0, text: "Hello" });
 */
export function runOperation<Each extends AnyOperation<OperationContext>>(
  operation: Each,
  context: OperationContext,
  rawInput: unknown,
): { readonly output: z.output<Each["output"]> } {
  return { output: operation.apply(context, checkInput(operation, rawInput)) };
}

/** The arguments as the tool's schema has them. Throws INVALID_INPUT that names the argument. */
export function checkInput<Each extends ToolDescription>(tool: Each, rawInput: unknown): z.output<Each["input"]> {
  const parsed = z.safeParse(tool.input, rawInput ?? {});
  if (!parsed.success) throw invalidInput(tool, { issues: parsed.error.issues, rawInput });
  return parsed.data;
}

interface InvalidInput {
  readonly issues: readonly z.core.$ZodIssue[];
  readonly rawInput: unknown;
}

function invalidInput(operation: ToolDescription, { issues, rawInput }: InvalidInput): WaggleError {
  const { message, data } = describeIssues(issues, { schema: operation.input, rawInput });
  return new WaggleError("INVALID_INPUT", { message: `${operation.name}: ${message}`, data });
}
