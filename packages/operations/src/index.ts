export { operations } from "./catalogue.ts";
export { createCommands, type RunCommand } from "./commands.ts";
export type { OperationContext } from "./context.ts";
export {
  addButton,
  addDivider,
  addHtml,
  addIcon,
  addImage,
  addList,
  addMenu,
  addParagraph,
  addSection,
  addSocial,
  addSpacer,
  addTable,
  addTitle,
  addVideo,
  deleteElement,
  editOperations,
  extraOperations,
  setEmailDefaultStyles,
  setEmailMetadata,
  standardEditOperations,
  updateButton,
  updateColumnStyle,
  updateDivider,
  updateHtml,
  updateIcon,
  updateImage,
  updateList,
  updateMenu,
  updateParagraph,
  updateSectionStyle,
  updateSocial,
  updateSpacer,
  updateTable,
  updateTitle,
  updateVideo,
} from "./edit/index.ts";
export {
  checkOperations,
  checkSection,
  checkTemplate,
  getContentHierarchy,
  getElementDetails,
  inspectOperations,
} from "./inspect/index.ts";
export { modulesReference } from "./modules-reference.ts";
export { operationsReference, type ReferenceOptions, toolsReference } from "./reference.ts";
export { checkInput, runOperation } from "./run-operation.ts";
export { IconSet } from "./social/icon-set.ts";
