import type { Commands } from "@waggle/contract";
import { createCommands, editOperations, runOperation } from "@waggle/operations/edit";
import { type ChangeSet, Draft, newElementId, type Snapshot, type TextCodec } from "@waggle/template";

/** The document that commands edit. */
export interface EditedDocument {
  readonly template: Snapshot;
  /** Throws NOT_READY before a template is loaded. */
  readonly codec: TextCodec;
  commit(change: ChangeSet, operation: string): void;
}

/**
 * Every editing operation as a function that runs at once, all or nothing, as one step. In a file of its own, because the
 * operations come with the first template.
 */
export function createEditCommands(document: EditedDocument): Commands<typeof editOperations> {
  return createCommands(editOperations, (operation, input) => {
    const { codec, template } = document;
    const draft = new Draft(template);
    const { output } = runOperation(operation, { draft, newId: newElementId, codec }, input);
    draft.validate();
    document.commit(draft.changeSet(), operation.name);
    return output;
  });
}
