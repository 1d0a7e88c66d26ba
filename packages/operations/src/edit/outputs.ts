import * as z from "zod/mini";

const warnings = z.optional(z.array(z.string()).check(z.describe("What was done differently from what was asked.")));

/** Answer of the operations that make a module. */
export const addedModule = z.strictObject({
  elementId: z.string().check(z.describe("Id of the new block.")),
  warnings,
});

/** Answer of the operations that change an element. */
export const updatedElement = z.strictObject({
  elementId: z.string(),
  changed: z.array(z.string()).check(z.describe("Arguments that made a difference; empty when all was so already.")),
  warnings,
});

/** Leaves `warnings` out when there are none: answers stay small. */
export function withWarnings<Output extends object>(
  output: Output,
  list: readonly string[],
): Output & { warnings?: string[] } {
  return list.length > 0 ? { ...output, warnings: [...list] } : output;
}
