import { field } from "../fields/field.ts";
import { color, fontFamily, lineHeightFactor, pixels } from "../fields/formats.ts";
import { mobilePaddingFields, paddingFields } from "../fields/padding.ts";
import { mobileTypographyFields, textAlign, typographyFields } from "../fields/typography.ts";
import { visibilityFields } from "../fields/visibility.ts";
import type { TextShape } from "../text/write-text.ts";
import { boxLeaves } from "./box-leaves.ts";
import type { TextModuleSpec } from "./module-spec.ts";

const paragraph = "/descriptor/paragraph";

const boxFields = {
  ...paddingFields("/descriptor/style"),
  ...mobilePaddingFields("/descriptor/mobileStyle"),
  ...visibilityFields("/descriptor/computedStyle"),
};

const paragraphFields = {
  ...typographyFields(`${paragraph}/style`),
  textAlign: field({ format: textAlign, pointers: [`${paragraph}/style/text-align`], description: "Alignment." }),
  linkColor: field({
    format: color,
    pointers: [`${paragraph}/computedStyle/linkColor`],
    description: "Colour of links in it.",
  }),
  paragraphSpacing: field({
    format: pixels(0, 100),
    pointers: [`${paragraph}/computedStyle/paragraphSpacing`],
    description: "Space between its paragraphs, px.",
  }),
  ...mobileTypographyFields("/descriptor/mobileStyle"),
  mobileLineHeight: field({
    format: lineHeightFactor,
    pointers: ["/descriptor/mobileStyle/line-height"],
    description: "On phones.",
  }),
  ...boxFields,
};

const shape: TextShape = { argument: "html", isSingleBlock: false, wrap: (inline) => `<p>${inline}</p>` };

/** A paragraph: `mailup-bee-newsletter-modules-paragraph`. */
export const paragraphModule: TextModuleSpec<typeof paragraphFields> = {
  type: "paragraph",
  shape,
  fields: paragraphFields,
  leaves: ({ textColor, linkColor }) => ({
    [`${paragraph}/html`]: "",
    [`${paragraph}/style/color`]: textColor,
    [`${paragraph}/style/direction`]: "ltr",
    [`${paragraph}/style/font-family`]: "inherit",
    [`${paragraph}/style/font-size`]: "16px",
    [`${paragraph}/style/font-weight`]: "400",
    [`${paragraph}/style/letter-spacing`]: "0px",
    [`${paragraph}/style/line-height`]: "150%",
    [`${paragraph}/style/text-align`]: "left",
    [`${paragraph}/computedStyle/linkColor`]: linkColor,
    [`${paragraph}/computedStyle/paragraphSpacing`]: "16px",
    ...boxLeaves,
  }),
};

const legacyText = "/descriptor/text";

const legacyTextFields = {
  color: field({ format: color, pointers: [`${legacyText}/style/color`], description: "Text colour, like #1a2b3c." }),
  fontFamily: field({ format: fontFamily, pointers: [`${legacyText}/style/font-family`], description: "Font names." }),
  lineHeight: field({
    format: lineHeightFactor,
    pointers: [`${legacyText}/style/line-height`],
    description: "Factor of the font size.",
  }),
  linkColor: field({
    format: color,
    pointers: [`${legacyText}/computedStyle/linkColor`],
    description: "Colour of links in it.",
  }),
  ...boxFields,
};

/** What older templates have in place of paragraphs and titles. It is changed, never added. */
export const legacyTextModule: TextModuleSpec<typeof legacyTextFields> = {
  type: "text",
  shape,
  fields: legacyTextFields,
  leaves: () => ({}),
};
