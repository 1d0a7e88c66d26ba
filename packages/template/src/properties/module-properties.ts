import type { ModuleType } from "../modules/module-types.ts";
import { formHiding, hiding, padding } from "./boxes.ts";
import {
  addon,
  carouselModule,
  divider,
  formModule,
  htmlModule,
  icons,
  imageModule,
  menu,
  mergeContent,
  social,
  spacer,
  videoModule,
} from "./other-properties.ts";
import { content, flag, list, opaque, type PropertyTable, unseen } from "./property.ts";
import { buttonModule, heading, listModule, paragraph, tableModule, text } from "./text-properties.ts";

/** What every module has besides its own: the space around it, who sees it, and what programs keep with it. */
const common = (type: ModuleType): PropertyTable => ({
  ...hiding("/descriptor/computedStyle", {
    strays: ["", "/computedStyle", "/descriptor", "/descriptor/style", `/descriptor/${type}/computedStyle`],
  }),
  ...formHiding("/descriptor/computedStyle"),
  anchor: content("/descriptor/id", opaque),
  moduleAlign: content("/align", opaque, unseen),
  customFields: content("/customFields", opaque, unseen),
  customAttributes: content("/descriptor/customAttributes", list, unseen),
  locked: content("/locked", flag, { ...unseen, fallback: false }),
});

const space = padding("/descriptor/style", { mobile: "/descriptor/mobileStyle" });

const padded = (type: ModuleType, own: PropertyTable): PropertyTable => ({ ...own, ...space, ...common(type) });

/** The properties of each module type. A type without its table does not compile. */
export const moduleProperties: Readonly<Record<ModuleType, PropertyTable>> = {
  heading: padded("heading", heading),
  paragraph: padded("paragraph", paragraph),
  text: padded("text", text),
  list: padded("list", listModule),
  image: padded("image", imageModule),
  button: padded("button", buttonModule),
  divider: padded("divider", divider),
  spacer: { ...spacer, ...common("spacer") },
  social: padded("social", social),
  icons: padded("icons", icons),
  menu: padded("menu", menu),
  html: padded("html", htmlModule),
  video: padded("video", videoModule),
  table: padded("table", tableModule),
  form: padded("form", formModule),
  carousel: padded("carousel", carouselModule),
  "merge-content": padded("merge-content", mergeContent),
  addon: padded("addon", addon),
  empty: padded("empty", {}),
  unknown: padded("unknown", {}),
};
