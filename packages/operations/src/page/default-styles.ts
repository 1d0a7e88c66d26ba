import { field } from "../fields/field.ts";
import { color, fontFamily, oneOf, pixels } from "../fields/formats.ts";

const content = "/page/body/content";

/** What blocks and sections look like where they say nothing themselves. */
export const defaultStyleFields = {
  contentAreaWidth: field({
    format: pixels(320, 1440),
    pointers: [`${content}/computedStyle/messageWidth`],
    description: "Width of the content, px; 600 fits most mail programs.",
  }),
  contentAreaAlignment: field({
    format: oneOf(["left", "center"]),
    pointers: [`${content}/computedStyle/align`],
    description: "Where the content stands in a wider window.",
  }),
  backgroundColor: field({
    format: color,
    pointers: ["/page/body/container/style/background-color"],
    description: "Fill around the content, like #f5f5f5.",
  }),
  contentAreaBackgroundColor: field({
    format: color,
    pointers: [`${content}/computedStyle/messageBackgroundColor`],
    description: "Fill behind the content, like #ffffff or transparent.",
  }),
  fontFamily: field({
    format: fontFamily,
    pointers: [`${content}/style/font-family`],
    description: "Font names, best first, like Georgia, serif.",
  }),
  linkColor: field({
    format: color,
    pointers: [`${content}/computedStyle/linkColor`],
    description: "Colour of links, and fill of new buttons.",
  }),
};
