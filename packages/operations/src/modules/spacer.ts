import { field } from "../fields/field.ts";
import { color, pixels } from "../fields/formats.ts";
import { visibilityFields } from "../fields/visibility.ts";
import type { ModuleSpec } from "./module-spec.ts";

const style = "/descriptor/spacer/style";
const height = pixels(0, 1000);

const spacerFields = {
  height: field({ format: height, pointers: [`${style}/height`], description: "px. Default 20." }),
  mobileHeight: field({ format: height, pointers: ["/descriptor/mobileStyle/height"], description: "On phones, px." }),
  backgroundColor: field({
    format: color,
    pointers: [`${style}/background-color`],
    description: "Fill, like #f5f5f5. Default transparent.",
  }),
  ...visibilityFields("/descriptor/computedStyle"),
};

/** Empty height: `mailup-bee-newsletter-modules-spacer`. */
export const spacerModule: ModuleSpec<typeof spacerFields> = {
  type: "spacer",
  fields: spacerFields,
  leaves: () => ({
    [`${style}/height`]: "20px",
    "/descriptor/mobileStyle": {},
    "/descriptor/computedStyle/hideContentOnDesktop": false,
    "/descriptor/computedStyle/hideContentOnMobile": false,
  }),
};
