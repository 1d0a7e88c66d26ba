import type { NodeData } from "@waggle/template";
import { backgroundPicture, settleBackground } from "../fields/background.ts";
import { borderFields } from "../fields/border.ts";
import { type FieldTarget, field, writeFields } from "../fields/field.ts";
import { color, pixels } from "../fields/formats.ts";
import { paddingFields } from "../fields/padding.ts";

const style = "/style";

/** Arguments of a column. */
export const columnFields = {
  backgroundColor: field({
    format: color,
    pointers: [`${style}/background-color`],
    description: "Fill, like #f5f5f5 or transparent.",
  }),
  backgroundImage: backgroundPicture(style, "its blocks"),
  ...paddingFields(style),
  ...borderFields(style),
  borderRadius: field({
    format: pixels(0, 1000),
    pointers: [`${style}/border-radius`],
    description: "Roundness of corners, px. Default: columnsBorderRadius of the section.",
  }),
};

/** Writes arguments of a column; answers with the names of those that changed something. */
export function writeColumn(target: FieldTarget, input: Readonly<Record<string, unknown>>): readonly string[] {
  const changed = writeFields(target, columnFields, input);
  if (changed.includes("backgroundImage")) settleBackground(target, style);
  return changed;
}

const noLine = "0px solid transparent";

/** The leaves of a new column. */
export function columnLeaves(weight: number): NodeData {
  return {
    "/grid-columns": weight,
    "/style/background-color": "transparent",
    "/style/padding-top": "5px",
    "/style/padding-right": "0px",
    "/style/padding-bottom": "5px",
    "/style/padding-left": "0px",
    "/style/border-top": noLine,
    "/style/border-right": noLine,
    "/style/border-bottom": noLine,
    "/style/border-left": noLine,
    "/modules": [],
  };
}
