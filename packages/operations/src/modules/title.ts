import { field } from "../fields/field.ts";
import { color, oneOf } from "../fields/formats.ts";
import { mobilePaddingFields, paddingFields } from "../fields/padding.ts";
import { mobileTypographyFields, textAlign, typographyFields } from "../fields/typography.ts";
import { visibilityFields } from "../fields/visibility.ts";
import { boxLeaves } from "./box-leaves.ts";
import type { TextModuleSpec } from "./module-spec.ts";

const heading = "/descriptor/heading";

const titleFields = {
  headingLevel: field({
    format: oneOf(["h1", "h2", "h3"]),
    pointers: [`${heading}/title`],
    description: "h1 for the one main title, h2 for sections, h3 below.",
  }),
  ...typographyFields(`${heading}/style`),
  textAlign: field({ format: textAlign, pointers: [`${heading}/style/text-align`], description: "Alignment." }),
  linkColor: field({ format: color, pointers: [`${heading}/style/link-color`], description: "Colour of links in it." }),
  ...paddingFields("/descriptor/style"),
  ...mobileTypographyFields("/descriptor/mobileStyle"),
  ...mobilePaddingFields("/descriptor/mobileStyle"),
  ...visibilityFields("/descriptor/computedStyle"),
};

/** A title: `mailup-bee-newsletter-modules-heading`. */
export const titleModule: TextModuleSpec<typeof titleFields> = {
  type: "heading",
  shape: { argument: "text", isSingleBlock: true, wrap: (inline) => inline },
  fields: titleFields,
  leaves: ({ textColor, linkColor }) => ({
    [`${heading}/title`]: "h2",
    [`${heading}/text`]: "",
    [`${heading}/style/color`]: textColor,
    [`${heading}/style/direction`]: "ltr",
    [`${heading}/style/font-family`]: "inherit",
    [`${heading}/style/font-size`]: "24px",
    [`${heading}/style/font-weight`]: "700",
    [`${heading}/style/letter-spacing`]: "0px",
    [`${heading}/style/line-height`]: "120%",
    [`${heading}/style/link-color`]: linkColor,
    [`${heading}/style/text-align`]: "left",
    "/descriptor/style/width": "100%",
    "/descriptor/style/text-align": "center",
    ...boxLeaves,
  }),
};

/** Sizes for a title whose size was not given. */
export const titleSizes: Readonly<Record<string, number>> = { h1: 32, h2: 24, h3: 18 };
