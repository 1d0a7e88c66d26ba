import { addButton } from "./add-button.ts";
import { addImage } from "./add-image.ts";
import { addParagraph } from "./add-paragraph.ts";
import { addSection } from "./add-section.ts";
import { addTitle } from "./add-title.ts";
import { deleteElement } from "./delete-element.ts";
import { setEmailDefaultStyles } from "./set-email-default-styles.ts";
import { setEmailMetadata } from "./set-email-metadata.ts";
import { updateButton } from "./update-button.ts";
import { updateImage } from "./update-image.ts";
import { updateParagraph } from "./update-paragraph.ts";
import { updateTitle } from "./update-title.ts";

export { createCommands, type RunCommand } from "../commands.ts";
export type { OperationContext } from "../context.ts";
export { runOperation } from "../run-operation.ts";
export {
  addButton,
  addImage,
  addParagraph,
  addSection,
  addTitle,
  deleteElement,
  setEmailDefaultStyles,
  setEmailMetadata,
  updateButton,
  updateImage,
  updateParagraph,
  updateTitle,
};

/** Every operation that changes a template, in the order tools are listed. Runs in browsers too. */
export const editOperations = [
  addSection,
  addTitle,
  updateTitle,
  addParagraph,
  updateParagraph,
  addButton,
  updateButton,
  addImage,
  updateImage,
  setEmailMetadata,
  setEmailDefaultStyles,
  deleteElement,
] as const;
