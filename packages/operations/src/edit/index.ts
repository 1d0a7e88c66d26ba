import { addButton } from "./add-button.ts";
import { addDivider } from "./add-divider.ts";
import { addHtml } from "./add-html.ts";
import { addIcon } from "./add-icon.ts";
import { addImage } from "./add-image.ts";
import { addList } from "./add-list.ts";
import { addMenu } from "./add-menu.ts";
import { addParagraph } from "./add-paragraph.ts";
import { addSection } from "./add-section.ts";
import { addSocial } from "./add-social.ts";
import { addSpacer } from "./add-spacer.ts";
import { addTable } from "./add-table.ts";
import { addTitle } from "./add-title.ts";
import { addVideo } from "./add-video.ts";
import { deleteElement } from "./delete-element.ts";
import { setEmailDefaultStyles } from "./set-email-default-styles.ts";
import { setEmailMetadata } from "./set-email-metadata.ts";
import { updateButton } from "./update-button.ts";
import { updateColumnStyle } from "./update-column-style.ts";
import { updateDivider } from "./update-divider.ts";
import { updateHtml } from "./update-html.ts";
import { updateIcon } from "./update-icon.ts";
import { updateImage } from "./update-image.ts";
import { updateList } from "./update-list.ts";
import { updateMenu } from "./update-menu.ts";
import { updateParagraph } from "./update-paragraph.ts";
import { updateSectionStyle } from "./update-section-style.ts";
import { updateSocial } from "./update-social.ts";
import { updateSpacer } from "./update-spacer.ts";
import { updateTable } from "./update-table.ts";
import { updateTitle } from "./update-title.ts";
import { updateVideo } from "./update-video.ts";

export { createCommands, type RunCommand } from "../commands.ts";
export type { OperationContext } from "../context.ts";
export { runOperation } from "../run-operation.ts";
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
  setEmailDefaultStyles,
  setEmailMetadata,
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
};

/** The operations of the contract that change a template, in the order tools are listed. */
export const standardEditOperations = [
  addSection,
  deleteElement,
  updateSectionStyle,
  updateColumnStyle,
  addParagraph,
  updateParagraph,
  addTitle,
  updateTitle,
  addList,
  updateList,
  addMenu,
  updateMenu,
  addImage,
  updateImage,
  addButton,
  updateButton,
  addSocial,
  updateSocial,
  addIcon,
  updateIcon,
  addSpacer,
  updateSpacer,
  addDivider,
  updateDivider,
  addTable,
  updateTable,
  setEmailMetadata,
  setEmailDefaultStyles,
] as const;

/** Blocks beside the contract: tools that a host turns on. */
export const extraOperations = [addHtml, updateHtml, addVideo, updateVideo] as const;

/** Every operation that changes a template: what commands of the SDK are made of. Runs in browsers too. */
export const editOperations = [...standardEditOperations, ...extraOperations] as const;
