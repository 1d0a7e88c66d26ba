export { operations } from "./catalogue.ts";
export { createCommands, type RunCommand } from "./commands.ts";
export type { OperationContext } from "./context.ts";
export {
  addButton,
  addImage,
  addParagraph,
  addSection,
  addTitle,
  deleteElement,
  editOperations,
  setEmailDefaultStyles,
  setEmailMetadata,
  updateButton,
  updateImage,
  updateParagraph,
  updateTitle,
} from "./edit/index.ts";
export { getContentHierarchy, getElementDetails, inspectOperations } from "./inspect/index.ts";
export { modulesReference } from "./modules-reference.ts";
export { operationsReference, type ReferenceOptions } from "./reference.ts";
export { checkInput, runOperation } from "./run-operation.ts";
