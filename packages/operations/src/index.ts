import { editOperations } from "./edit/index.ts";
import { inspectOperations } from "./inspect/index.ts";

export { createCommands, type RunCommand } from "./commands.ts";
export type { OperationContext } from "./context.ts";
export {
  addButton,
  addParagraph,
  addSection,
  addTitle,
  deleteElement,
  editOperations,
  updateButton,
  updateParagraph,
  updateTitle,
} from "./edit/index.ts";
export { getContentHierarchy, getElementDetails, inspectOperations } from "./inspect/index.ts";
export { operationReference } from "./reference.ts";
export { runOperation } from "./run-operation.ts";

/** The whole catalogue, in the order tools are listed. */
export const operations = [...inspectOperations, ...editOperations] as const;
