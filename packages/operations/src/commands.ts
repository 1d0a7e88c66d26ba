import { type AnyOperation, type Commands, toCommandName } from "@waggle/contract";
import type { OperationContext } from "./context.ts";

/** Carries out one operation and answers with its output. */
export type RunCommand = (operation: AnyOperation<OperationContext>, input: unknown) => unknown;

/**
 * One typed function per operation, in camelCase. `run` decides where it is carried out.
 *
 * @example
 * const commands = createCommands(editOperations, (operation, input) => runOperation(operation, context, input).output);
 * commands.updateButton({ elementId, text: "Order now" });
 */
export function createCommands<const Catalogue extends readonly AnyOperation[]>(
  catalogue: Catalogue,
  run: RunCommand,
): Commands<Catalogue> {
  const entries = catalogue.map((operation) => [
    toCommandName(operation.name),
    (input: unknown) => run(operation, input),
  ]);
  // Names and types come from the catalogue; `Object.fromEntries` cannot carry them.
  return Object.freeze(Object.fromEntries(entries)) as Commands<Catalogue>;
}
