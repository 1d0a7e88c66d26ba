import { borderFields } from "../fields/border.ts";
import { field } from "../fields/field.ts";
import { automaticOrPercent, color, oneOf, pixels } from "../fields/formats.ts";
import { mobilePaddingFields, paddingFields } from "../fields/padding.ts";
import { mobileTypographyFields, typographyFields } from "../fields/typography.ts";
import { visibilityFields } from "../fields/visibility.ts";
import { link } from "../text/link.ts";
import { boxLeaves } from "./box-leaves.ts";
import type { TextModuleSpec } from "./module-spec.ts";
import { readableOn } from "./page-defaults.ts";

const button = "/descriptor/button";

const innerSpace = (side: string, name: string) =>
  field({
    format: pixels(0, 100),
    pointers: [`${button}/style/padding-${side}`],
    description: `Space between text and ${name} edge, px.`,
  });

const buttonFields = {
  href: field({
    format: link,
    pointers: [`${button}/href`],
    description: "Where it leads: an address or a merge tag.",
  }),
  target: field({
    format: oneOf(["_blank", "_self"]),
    pointers: [`${button}/target`],
    description: "_blank opens a new tab.",
  }),
  ...typographyFields(`${button}/style`),
  backgroundColor: field({
    format: color,
    pointers: [`${button}/style/background-color`],
    description: "Fill, like #1a2b3c.",
  }),
  borderRadius: field({
    format: pixels(0, 1000),
    pointers: [`${button}/style/border-radius`],
    description: "Roundness of corners, px.",
  }),
  ...borderFields(`${button}/style`),
  width: field({
    format: automaticOrPercent,
    pointers: [`${button}/style/width`],
    description: "auto = as wide as its text, or % of the column.",
  }),
  align: field({
    format: oneOf(["left", "center", "right"]),
    pointers: ["/descriptor/style/text-align"],
    description: "Where it stands in the column.",
  }),
  contentPaddingTop: innerSpace("top", "top"),
  contentPaddingRight: innerSpace("right", "right"),
  contentPaddingBottom: innerSpace("bottom", "bottom"),
  contentPaddingLeft: innerSpace("left", "left"),
  ...paddingFields("/descriptor/style"),
  mobileWidth: field({
    format: automaticOrPercent,
    pointers: [`${button}/mobileStyle/width`],
    description: "On phones: auto, or % of the column.",
  }),
  ...mobileTypographyFields("/descriptor/mobileStyle"),
  ...mobilePaddingFields("/descriptor/mobileStyle"),
  ...visibilityFields("/descriptor/computedStyle"),
};

const noLine = "0px solid transparent";

/** A button: `mailup-bee-newsletter-modules-button`. */
export const buttonModule: TextModuleSpec<typeof buttonFields> = {
  type: "button",
  shape: {
    argument: "text",
    isSingleBlock: true,
    wrap: (inline) => `<div class="txtTinyMce-wrapper"><p style="word-break: break-word;">${inline}</p></div>`,
  },
  fields: buttonFields,
  leaves: ({ linkColor }) => ({
    [`${button}/label`]: "",
    [`${button}/href`]: "",
    [`${button}/target`]: "_blank",
    [`${button}/style/background-color`]: linkColor,
    [`${button}/style/border-top`]: noLine,
    [`${button}/style/border-right`]: noLine,
    [`${button}/style/border-bottom`]: noLine,
    [`${button}/style/border-left`]: noLine,
    [`${button}/style/border-radius`]: "4px",
    [`${button}/style/color`]: readableOn(linkColor),
    [`${button}/style/direction`]: "ltr",
    [`${button}/style/font-family`]: "inherit",
    [`${button}/style/font-size`]: "16px",
    [`${button}/style/font-weight`]: "400",
    [`${button}/style/line-height`]: "200%",
    [`${button}/style/padding-top`]: "5px",
    [`${button}/style/padding-right`]: "20px",
    [`${button}/style/padding-bottom`]: "5px",
    [`${button}/style/padding-left`]: "20px",
    [`${button}/style/width`]: "auto",
    "/descriptor/style/text-align": "left",
    ...boxLeaves,
  }),
};
