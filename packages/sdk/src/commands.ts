import type { Commands } from "@waggle/contract";
import { createCommands, editOperations, type OperationContext, runOperation } from "@waggle/operations/edit";

/** Runs one edit on a draft of the template, all or nothing. */
export type RunEdit = (name: string, apply: (context: OperationContext) => unknown) => unknown;

/** Every editing operation as a function. In a file of its own, because the operations come with the first template. */
export function createEditCommands(run: RunEdit): Commands<typeof editOperations> {
  return createCommands(editOperations, (operation, input) =>
    run(operation.name, (context) => runOperation(operation, context, input).output),
  );
}
