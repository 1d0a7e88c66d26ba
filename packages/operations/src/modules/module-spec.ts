import type { ModuleType, NodeData } from "@waggle/template";
import type { FieldTable } from "../fields/field.ts";
import type { TextShape } from "../text/write-text.ts";
import type { PageDefaults } from "./page-defaults.ts";

/** What operations know about a module type. */
export interface ModuleSpec<Fields extends FieldTable = FieldTable> {
  readonly type: ModuleType;
  /** Its arguments and where they stand in the JSON, a text left out. */
  readonly fields: Fields;
  /** The leaves of a new one, a text left out, in the order of real templates. */
  readonly leaves: (defaults: PageDefaults) => NodeData;
}

/** What operations know about a module type that holds a text. */
export interface TextModuleSpec<Fields extends FieldTable = FieldTable> extends ModuleSpec<Fields> {
  readonly shape: TextShape;
}
