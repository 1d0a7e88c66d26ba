import type { NodeData } from "@waggle/template";
import * as z from "zod/mini";
import { field } from "../fields/field.ts";
import { color, oneOf, pixels } from "../fields/formats.ts";
import { mobilePaddingFields, paddingFields } from "../fields/padding.ts";
import { mobileTypographyFields, textAlign, typographyFields } from "../fields/typography.ts";
import { visibilityFields } from "../fields/visibility.ts";
import type { ListType } from "../text/list-text.ts";
import { boxLeaves } from "./box-leaves.ts";
import type { ModuleSpec } from "./module-spec.ts";

const list = "/descriptor/list";
const computed = `${list}/computedStyle`;

/** Markers by the type of list they belong to; the rest belong to both. */
const markers = {
  ul: ["disc", "circle", "square"],
  ol: ["decimal", "lower-alpha", "upper-alpha", "lower-roman", "upper-roman"],
} as const satisfies Record<ListType, readonly string[]>;

const listFields = {
  listType: field({
    format: oneOf(["ul", "ol"]),
    pointers: [`${list}/tag`],
    description: "ul = bullets, ol = numbers.",
  }),
  ...typographyFields(`${list}/style`),
  textAlign: field({ format: textAlign, pointers: [`${list}/style/text-align`], description: "Alignment." }),
  linkColor: field({ format: color, pointers: [`${computed}/linkColor`], description: "Colour of links in it." }),
  indent: field({
    format: pixels(0, 200),
    pointers: [`${computed}/liIndent`],
    description: "Space before the items, px; their markers stand in it. Default 30.",
  }),
  itemSpacing: field({
    format: pixels(0, 200),
    pointers: [`${computed}/liSpacing`],
    description: "Space between items, px.",
  }),
  listStyleType: field({
    format: oneOf(["revert", "none", ...markers.ul, ...markers.ol]),
    pointers: [`${computed}/listStyleType`],
    description: "Marker; revert = the usual one of the list type.",
  }),
  listStylePosition: field({
    format: oneOf(["outside", "inside"]),
    pointers: [`${computed}/listStylePosition`],
    description: "Marker beside the text or in its first line.",
  }),
  ...paddingFields("/descriptor/style"),
  ...mobileTypographyFields("/descriptor/mobileStyle"),
  ...mobilePaddingFields("/descriptor/mobileStyle"),
  ...visibilityFields("/descriptor/computedStyle"),
};

/** A list: `mailup-bee-newsletter-modules-list`. */
export const listModule: ModuleSpec<typeof listFields> = {
  type: "list",
  fields: listFields,
  leaves: ({ textColor, linkColor }): NodeData => ({
    [`${list}/tag`]: "ul",
    [`${list}/html`]: "",
    [`${list}/style/color`]: textColor,
    [`${list}/style/direction`]: "ltr",
    [`${list}/style/font-family`]: "inherit",
    [`${list}/style/font-size`]: "16px",
    [`${list}/style/font-weight`]: "400",
    [`${list}/style/letter-spacing`]: "0px",
    [`${list}/style/line-height`]: "150%",
    [`${list}/style/text-align`]: "left",
    [`${computed}/linkColor`]: linkColor,
    [`${computed}/liIndent`]: "30px",
    [`${computed}/liSpacing`]: "0px",
    [`${computed}/listStylePosition`]: "outside",
    [`${computed}/listStyleType`]: "revert",
    [`${computed}/startList`]: "1",
    ...boxLeaves,
  }),
};

/** The marker a list keeps when its type becomes this one: bullets do not count, and numbers are no bullets. */
export function fittingMarker(marker: unknown, type: ListType): string | undefined {
  const foreign: readonly string[] = markers[type === "ul" ? "ol" : "ul"];
  return typeof marker === "string" && foreign.includes(marker) ? "revert" : undefined;
}

/** Pointer of the text whose items `items` gives. */
export const listTextKey = `${list}/html`;

const longestItem = 5000;
/** Longer texts are no rich text any more once they come back in. */
const longestList = 50_000;
const isShort = (items: readonly string[]): boolean =>
  items.reduce((sum, { length }) => sum + length, 0) <= longestList;

export const itemsArgument = z
  .array(z.string().check(z.maxLength(longestItem)))
  .check(
    z.minLength(1),
    z.maxLength(200),
    z.refine(isShort, `has to be at most ${longestList} characters long in all`),
    z.describe("Each plain text or inline HTML (b, i, u, a, span, br; ul or ol for a list in it). Merge tags stay."),
  );
