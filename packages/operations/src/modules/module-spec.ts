import type { ModuleType, NodeData } from "@waggle/template";
import type { FieldTable } from "../fields/field.ts";
import type { TextShape } from "../text/write-text.ts";
import type { PageDefaults } from "./page-defaults.ts";

/** What operations know about a module type that holds a text. */
export interface TextModuleSpec<Fields extends FieldTable = FieldTable> {
  readonly type: ModuleType;
  readonly shape: TextShape;
  /** Its arguments and where they stand in the JSON, the text itself left out. */
  readonly fields: Fields;
  /** The leaves of a new one, text left out, in the order of real templates. */
  readonly leaves: (defaults: PageDefaults) => NodeData;
}
