import { field } from "../fields/field.ts";
import { paddingFields } from "../fields/padding.ts";
import { plainText } from "../fields/plain-text.ts";
import { visibilityFields } from "../fields/visibility.ts";
import type { ModuleSpec } from "./module-spec.ts";

/** Longer e-mails are cut off by Gmail, whatever else is in them. */
const longest = 100_000;

const htmlFields = {
  html: field({
    format: plainText(longest),
    pointers: ["/descriptor/html/html"],
    description:
      "Markup with inline styles; tables for layout. Scripts, forms and style sheets are removed. Merge tags stay.",
  }),
  ...paddingFields("/descriptor/style"),
  ...visibilityFields("/descriptor/computedStyle"),
};

/** Markup of the author's own: `mailup-bee-newsletter-modules-html`. */
export const htmlModule: ModuleSpec<typeof htmlFields> = {
  type: "html",
  fields: htmlFields,
  leaves: () => ({
    "/descriptor/html/html": "",
    "/descriptor/style/padding-top": "0px",
    "/descriptor/style/padding-right": "0px",
    "/descriptor/style/padding-bottom": "0px",
    "/descriptor/style/padding-left": "0px",
    "/descriptor/mobileStyle": {},
    "/descriptor/computedStyle/hideContentOnDesktop": false,
    "/descriptor/computedStyle/hideContentOnMobile": false,
  }),
};
