import type { AnyOperation } from "@waggle/contract";
import { type OperationContext, runOperation } from "@waggle/operations";
import { newElementId, type Snapshot } from "@waggle/template";
import type { ScriptWork } from "./protocol.ts";

export interface RepeatOptions {
  /** The template the script saw. */
  readonly base: Snapshot;
  /** By their names. */
  readonly operations: ReadonlyMap<string, AnyOperation<OperationContext>>;
}

/**
 * Does to a draft what a script did: at once where nothing has happened to the template since, else call by call, with the
 * ids it was given. Throws what a call is refused with.
 */
export function repeatWork(
  { writes, change }: ScriptWork,
  { draft, codec }: OperationContext,
  { base, operations }: RepeatOptions,
): void {
  if (draft.base === base) {
    draft.adopt(change);
    return;
  }
  for (const { name, input, ids } of writes) {
    const operation = operations.get(name);
    if (!operation) throw new Error(`A script called ${name}, which there is not.`);
    let used = 0;
    const newId = (): string => ids[used++] ?? newElementId();
    runOperation(operation, { draft, codec, newId }, input);
  }
}
