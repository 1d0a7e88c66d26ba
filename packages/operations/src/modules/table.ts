import type { NodeData } from "@waggle/template";
import * as z from "zod/mini";
import { borderFields, sideBorderFields } from "../fields/border.ts";
import { field } from "../fields/field.ts";
import { color, fontWeight, pixels } from "../fields/formats.ts";
import { mobilePaddingFields, paddingFields, paddingShorthand } from "../fields/padding.ts";
import { mobileTypographyFields, textAlign, typographyFields } from "../fields/typography.ts";
import { visibilityFields } from "../fields/visibility.ts";
import { boxLeaves } from "./box-leaves.ts";
import type { ModuleSpec } from "./module-spec.ts";

const table = "/descriptor/table";
const style = `${table}/style`;
const computed = `${table}/computedStyle`;

const cellSpace = (side: string) =>
  field({ format: pixels(0, 300), pointers: [`${style}/padding-${side}`], description: "px." });

const tableFields = {
  ...typographyFields(style),
  textAlign: field({ format: textAlign, pointers: [`${style}/text-align`], description: "Alignment in cells." }),
  linkColor: field({ format: color, pointers: [`${computed}/linkColor`], description: "Colour of links in it." }),
  backgroundColor: field({
    format: color,
    pointers: [`${style}/background-color`],
    description: "Fill of cells, like #1a2b3c.",
  }),
  alternateRowBackgroundColor: field({
    format: color,
    pointers: [`${computed}/alternateRowBackgroundColor`],
    description: "Fill of every second row.",
  }),
  ...borderFields(style),
  ...sideBorderFields(style),
  cellPadding: paddingShorthand(style, "Space in cells on all four sides, px. Default 10."),
  cellPaddingTop: cellSpace("top"),
  cellPaddingRight: cellSpace("right"),
  cellPaddingBottom: cellSpace("bottom"),
  cellPaddingLeft: cellSpace("left"),
  headersColor: field({ format: color, pointers: [`${computed}/headersColor`], description: "Header text colour." }),
  headersBackgroundColor: field({
    format: color,
    pointers: [`${computed}/headersBackgroundColor`],
    description: "Header fill.",
  }),
  headersFontSize: field({
    format: pixels(8, 120),
    pointers: [`${computed}/headersFontSize`],
    description: "px.",
  }),
  headersFontWeight: field({
    format: fontWeight,
    pointers: [`${computed}/headersFontWeight`],
    description: "400 normal, 700 bold.",
  }),
  headersTextAlign: field({
    format: textAlign,
    pointers: [`${computed}/headersTextAlign`],
    description: "Alignment in headers.",
  }),
  ...paddingFields("/descriptor/style"),
  ...mobileTypographyFields("/descriptor/mobileStyle"),
  ...mobilePaddingFields("/descriptor/mobileStyle"),
  ...visibilityFields("/descriptor/computedStyle"),
};

const line = "1px solid #dddddd";

/** A table: `mailup-bee-newsletter-modules-table`. */
export const tableModule: ModuleSpec<typeof tableFields> = {
  type: "table",
  fields: tableFields,
  leaves: ({ textColor, linkColor }): NodeData => ({
    [`${style}/color`]: textColor,
    [`${style}/font-size`]: "14px",
    [`${style}/font-family`]: "inherit",
    [`${style}/font-weight`]: "400",
    [`${style}/line-height`]: "120%",
    [`${style}/text-align`]: "left",
    [`${style}/direction`]: "ltr",
    [`${style}/letter-spacing`]: "0px",
    [`${style}/background-color`]: "transparent",
    [`${style}/border-top`]: line,
    [`${style}/border-right`]: line,
    [`${style}/border-bottom`]: line,
    [`${style}/border-left`]: line,
    [`${computed}/linkColor`]: linkColor,
    [`${computed}/headersFontSize`]: "14px",
    [`${computed}/headersFontWeight`]: "700",
    [`${computed}/headersTextAlign`]: "left",
    [`${computed}/headersBackgroundColor`]: "#eaeaea",
    [`${computed}/headersColor`]: "#333333",
    ...boxLeaves,
  }),
};

/** More cells would make a table slow for everyone in the room, and no e-mail has them. */
export const maxCells = 2000;
/** With its JSON around it, a longer table is no text any more once it comes back in. */
export const maxCharacters = 100_000;

const cell = z
  .union([z.string().check(z.maxLength(5000)), z.number()], "has to be text of at most 5000 characters, or a number")
  .check(z.describe("Plain text or inline HTML."));

export const headersArgument = z
  .array(cell)
  .check(z.maxLength(20), z.describe("One text a column; [] = no header row. Merge tags stay."));

export const rowsArgument = z
  .array(z.array(cell).check(z.minLength(1), z.maxLength(20)))
  .check(z.minLength(1), z.maxLength(500), z.describe("Rows of cells, each row as long as the others and headers."));
