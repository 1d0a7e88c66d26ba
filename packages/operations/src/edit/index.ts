import { addButton } from "./add-button.ts";
import { addParagraph } from "./add-paragraph.ts";
import { addSection } from "./add-section.ts";
import { addTitle } from "./add-title.ts";
import { deleteElement } from "./delete-element.ts";
import { updateButton } from "./update-button.ts";
import { updateParagraph } from "./update-paragraph.ts";
import { updateTitle } from "./update-title.ts";

export { createCommands, type RunCommand } from "../commands.ts";
export type { OperationContext } from "../context.ts";
export { runOperation } from "../run-operation.ts";
export { addButton, addParagraph, addSection, addTitle, deleteElement, updateButton, updateParagraph, updateTitle };

/** Every operation that changes a template, in the order tools are listed. Runs in browsers too. */
export const editOperations = [
  addSection,
  addTitle,
  updateTitle,
  addParagraph,
  updateParagraph,
  addButton,
  updateButton,
  deleteElement,
] as const;
