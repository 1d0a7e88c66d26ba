import { field } from "../fields/field.ts";
import { oneOf, pixels, pixelsOrPercent } from "../fields/formats.ts";
import { line } from "../fields/line.ts";
import { paddingFields } from "../fields/padding.ts";
import { visibilityFields } from "../fields/visibility.ts";
import type { ModuleSpec } from "./module-spec.ts";

const style = "/descriptor/divider/style";

const dividerFields = {
  line: field({
    format: line,
    pointers: [`${style}/border-top`],
    description: 'Width, style and colour. Default "1px solid #dddddd"; none = an empty gap.',
  }),
  width: field({
    format: pixelsOrPercent(1, 2000),
    pointers: [`${style}/width`],
    description: 'Pixels (240), or a share of the column ("50%"). Default "100%".',
  }),
  height: field({
    format: pixels(0, 1000),
    pointers: [`${style}/height`],
    description: "Height of the gap where line is none, px.",
  }),
  align: field({
    format: oneOf(["left", "center", "right"]),
    pointers: ["/descriptor/computedStyle/align"],
    description: "Where a line narrower than the column stands. Default center.",
  }),
  ...paddingFields("/descriptor/style"),
  ...visibilityFields("/descriptor/computedStyle"),
};

/** A line: `mailup-bee-newsletter-modules-divider`. */
export const dividerModule: ModuleSpec<typeof dividerFields> = {
  type: "divider",
  fields: dividerFields,
  leaves: () => ({
    [`${style}/border-top`]: "1px solid #dddddd",
    [`${style}/width`]: "100%",
    "/descriptor/style/padding-top": "10px",
    "/descriptor/style/padding-right": "10px",
    "/descriptor/style/padding-bottom": "10px",
    "/descriptor/style/padding-left": "10px",
    "/descriptor/mobileStyle": {},
    "/descriptor/computedStyle/align": "center",
    "/descriptor/computedStyle/hideContentOnDesktop": false,
    "/descriptor/computedStyle/hideContentOnMobile": false,
  }),
};
