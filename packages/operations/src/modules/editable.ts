import { kindOf, type ModuleType, moduleTypeOf, type NodeData, type TextCodec, tableKey } from "@waggle/template";
import type { FieldTable } from "../fields/field.ts";
import { readList } from "../text/list-text.ts";
import { readTableTexts } from "../text/table-text.ts";
import { buttonModule } from "./button.ts";
import { columnFields } from "./column.ts";
import { dividerModule } from "./divider.ts";
import { entryTexts } from "./entry-list.ts";
import { htmlModule } from "./html.ts";
import { iconsKey, iconsModule } from "./icons.ts";
import { imageModule } from "./image.ts";
import { listModule, listTextKey } from "./list.ts";
import { menuModule } from "./menu.ts";
import { legacyTextModule, paragraphModule } from "./paragraph.ts";
import { rowFields } from "./row.ts";
import { socialIconsKey, socialModule } from "./social.ts";
import { spacerModule } from "./spacer.ts";
import { tableModule } from "./table.ts";
import { titleModule } from "./title.ts";
import { videoModule } from "./video.ts";

/** Which arguments an element has, and which operation takes them. */
export interface Editable {
  readonly fields: FieldTable;
  /** Name of the operation; none when there is no such operation yet. */
  readonly updateWith?: string;
  /** Name of the argument that holds its text. */
  readonly textArgument?: string;
  readonly content?: ModuleContent;
  /** What a block without a text of its own says, so that it is known in a list of blocks. */
  readonly words?: (node: NodeData) => string;
}

/** Arguments that hold the parts of a text, such as the items of a list. */
export interface ModuleContent {
  /** Their names by the pointer they stand for. */
  readonly arguments: Readonly<Record<string, string>>;
  read(node: NodeData, codec: TextCodec): Readonly<Record<string, unknown>>;
}

const editableModules: Readonly<Partial<Record<ModuleType, Editable>>> = {
  heading: { fields: titleModule.fields, updateWith: "update_title", textArgument: titleModule.shape.argument },
  paragraph: {
    fields: paragraphModule.fields,
    updateWith: "update_paragraph",
    textArgument: paragraphModule.shape.argument,
  },
  text: {
    fields: legacyTextModule.fields,
    updateWith: "update_paragraph",
    textArgument: legacyTextModule.shape.argument,
  },
  image: {
    fields: imageModule.fields,
    updateWith: "update_image",
    words: (node) => String(node["/descriptor/image/alt"] ?? ""),
  },
  button: { fields: buttonModule.fields, updateWith: "update_button", textArgument: buttonModule.shape.argument },
  social: { fields: socialModule.fields, updateWith: "update_social", words: entryTexts(socialIconsKey, "name") },
  icons: { fields: iconsModule.fields, updateWith: "update_icon", words: entryTexts(iconsKey, "text") },
  spacer: { fields: spacerModule.fields, updateWith: "update_spacer" },
  divider: { fields: dividerModule.fields, updateWith: "update_divider" },
  list: {
    fields: listModule.fields,
    updateWith: "update_list",
    content: {
      arguments: { [listTextKey]: "items" },
      read: (node, codec) => ({ ...readList(node[listTextKey], codec) }),
    },
  },
  menu: {
    fields: menuModule.fields,
    updateWith: "update_menu",
    words: entryTexts("/descriptor/menuItemsList/items", "text"),
  },
  table: {
    fields: tableModule.fields,
    updateWith: "update_table",
    content: {
      arguments: { [`${tableKey}/headers`]: "headers", [`${tableKey}/rows`]: "rows" },
      read: (node, codec) => ({ ...readTableTexts(node, codec) }),
    },
  },
  html: { fields: htmlModule.fields, updateWith: "update_html" },
  video: { fields: videoModule.fields, updateWith: "update_video" },
};

/** The arguments that describe this element; undefined for types without operations of their own. */
export function findEditable(node: NodeData): Editable | undefined {
  const kind = kindOf(node);
  if (kind === "row") return { fields: rowFields, updateWith: "update_section_style" };
  if (kind === "column") return { fields: columnFields, updateWith: "update_column_style" };
  return kind === "module" ? editableModules[moduleTypeOf(node)] : undefined;
}
