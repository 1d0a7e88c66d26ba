import type { NodeData } from "@waggle/template";
import { backgroundPicture, settleBackground } from "../fields/background.ts";
import { borderFields } from "../fields/border.ts";
import { type FieldTarget, field, writeFields } from "../fields/field.ts";
import { color, flag, oneOf, pixels } from "../fields/formats.ts";
import { paddingFields } from "../fields/padding.ts";
import { visibilityFields } from "../fields/visibility.ts";
import type { PageDefaults } from "./page-defaults.ts";

const band = "/container/style";
const contentArea = "/content/style";
const box = paddingFields(contentArea);
const border = borderFields(contentArea);

/** Arguments of a section: the full-width band is the row, the part in the middle is its content area. */
export const rowFields = {
  rowBackgroundColor: field({
    format: color,
    pointers: [`${band}/background-color`],
    description: "Fill of the full-width band, like #f5f5f5 or transparent.",
  }),
  rowBackgroundImage: backgroundPicture(band, "the band"),
  contentAreaBackgroundColor: field({
    format: color,
    pointers: [`${contentArea}/background-color`],
    description: "Fill behind the columns, like #ffffff or transparent.",
  }),
  contentAreaBackgroundImage: backgroundPicture(contentArea, "the columns"),
  contentAreaTextColor: field({
    format: color,
    pointers: [`${contentArea}/color`],
    description: "Text colour where a block sets none.",
  }),
  contentAreaPadding: box.padding,
  contentAreaPaddingTop: box.paddingTop,
  contentAreaPaddingRight: box.paddingRight,
  contentAreaPaddingBottom: box.paddingBottom,
  contentAreaPaddingLeft: box.paddingLeft,
  contentAreaBorderRadius: field({
    format: pixels(0, 60),
    pointers: [`${contentArea}/border-radius`],
    description: "Roundness of corners, px.",
  }),
  contentAreaBorderWidth: border.borderWidth,
  contentAreaBorderStyle: border.borderStyle,
  contentAreaBorderColor: border.borderColor,
  verticalAlign: field({
    format: oneOf(["top", "middle", "bottom"]),
    pointers: ["/content/computedStyle/verticalAlign"],
    description: "How columns of different height line up. Default top.",
  }),
  columnsSpacing: field({
    format: pixels(0, 60),
    pointers: ["/content/computedStyle/columnsSpacing"],
    description: "Gap between columns, px.",
  }),
  columnsBorderRadius: field({
    format: pixels(0, 60),
    pointers: ["/content/computedStyle/columnsBorderRadius"],
    description: "Roundness of each column, px.",
  }),
  stackOnMobile: field({
    format: flag,
    pointers: ["/content/computedStyle/rowColStackOnMobile"],
    description: "Columns one below another on phones. Default true.",
  }),
  reverseOnMobile: field({
    format: flag,
    pointers: ["/content/computedStyle/rowReverseColStackOnMobile"],
    description: "The last column first when stacked. Default false.",
  }),
  ...visibilityFields("/content/computedStyle"),
};

/** Writes arguments of a section; answers with the names of those that changed something. */
export function writeRow(target: FieldTarget, input: Readonly<Record<string, unknown>>): readonly string[] {
  const changed = writeFields(target, rowFields, input);
  if (changed.includes("rowBackgroundImage")) settleBackground(target, band);
  if (changed.includes("contentAreaBackgroundImage")) settleBackground(target, contentArea);
  return changed;
}

/** The leaves of a new row. */
export function rowLeaves(weights: readonly number[], { textColor, contentWidth }: PageDefaults): NodeData {
  return {
    "/type": `row-${weights.length}-columns-${weights.join("-")}`,
    "/locked": false,
    "/synced": false,
    "/empty": false,
    ...backgroundLeaves(band),
    ...backgroundLeaves(contentArea),
    "/content/style/color": textColor,
    "/content/style/width": contentWidth,
    "/content/computedStyle/rowColStackOnMobile": true,
    "/content/computedStyle/rowReverseColStackOnMobile": false,
    "/content/computedStyle/verticalAlign": "top",
    "/content/computedStyle/hideContentOnMobile": false,
    "/content/computedStyle/hideContentOnDesktop": false,
    "/columns": [],
  };
}

const backgroundLeaves = (style: string): NodeData => ({
  [`${style}/background-color`]: "transparent",
  [`${style}/background-image`]: "none",
  [`${style}/background-repeat`]: "no-repeat",
  [`${style}/background-position`]: "top left",
});
