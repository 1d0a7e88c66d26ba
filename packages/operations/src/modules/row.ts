import type { NodeData } from "@waggle/template";
import { borderFields } from "../fields/border.ts";
import { field } from "../fields/field.ts";
import { color, oneOf, pixels } from "../fields/formats.ts";
import { paddingFields } from "../fields/padding.ts";
import { visibilityFields } from "../fields/visibility.ts";
import type { PageDefaults } from "./page-defaults.ts";

const box = paddingFields("/content/style");
const border = borderFields("/content/style");

/** Arguments of a section: the full-width band is the row, the part in the middle is its content area. */
export const rowFields = {
  rowBackgroundColor: field({
    format: color,
    pointers: ["/container/style/background-color"],
    description: "Fill of the full-width band, like #f5f5f5 or transparent.",
  }),
  contentAreaBackgroundColor: field({
    format: color,
    pointers: ["/content/style/background-color"],
    description: "Fill behind the columns, like #ffffff or transparent.",
  }),
  contentAreaTextColor: field({
    format: color,
    pointers: ["/content/style/color"],
    description: "Text colour where a block sets none.",
  }),
  contentAreaPadding: box.padding,
  contentAreaPaddingTop: box.paddingTop,
  contentAreaPaddingRight: box.paddingRight,
  contentAreaPaddingBottom: box.paddingBottom,
  contentAreaPaddingLeft: box.paddingLeft,
  contentAreaBorderRadius: field({
    format: pixels(0, 60),
    pointers: ["/content/style/border-radius"],
    description: "Roundness of corners, px.",
  }),
  contentAreaBorderWidth: border.borderWidth,
  contentAreaBorderStyle: border.borderStyle,
  contentAreaBorderColor: border.borderColor,
  verticalAlign: field({
    format: oneOf(["top", "middle", "bottom"]),
    pointers: ["/content/computedStyle/verticalAlign"],
    description: "How columns of different height line up.",
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
  ...visibilityFields("/content/computedStyle"),
};

/** The leaves of a new row. */
export function rowLeaves(weights: readonly number[], { textColor, contentWidth }: PageDefaults): NodeData {
  return {
    "/type": `row-${weights.length}-columns-${weights.join("-")}`,
    "/locked": false,
    "/synced": false,
    "/empty": false,
    ...backgroundLeaves("/container/style"),
    ...backgroundLeaves("/content/style"),
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
