import { kindOf, type ModuleType, moduleTypeOf, type NodeData } from "@waggle/template";
import type { FieldTable } from "../fields/field.ts";
import { buttonModule } from "./button.ts";
import { imageModule } from "./image.ts";
import { legacyTextModule, paragraphModule } from "./paragraph.ts";
import { rowFields } from "./row.ts";
import { titleModule } from "./title.ts";

/** Which arguments an element has, and which operation takes them. */
export interface Editable {
  readonly fields: FieldTable;
  /** Name of the operation; none when there is no such operation yet. */
  readonly updateWith?: string;
  /** Name of the argument that holds its text. */
  readonly textArgument?: string;
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
  image: { fields: imageModule.fields, updateWith: "update_image" },
  button: { fields: buttonModule.fields, updateWith: "update_button", textArgument: buttonModule.shape.argument },
};

/** The arguments that describe this element; undefined for types without operations of their own. */
export function findEditable(node: NodeData): Editable | undefined {
  const kind = kindOf(node);
  if (kind === "row") return { fields: rowFields };
  return kind === "module" ? editableModules[moduleTypeOf(node)] : undefined;
}
