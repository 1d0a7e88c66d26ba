import type { ModuleType } from "../../modules/module-types.ts";
import type { SimpleModule } from "../schema.ts";
import { buttonConverter } from "./button.ts";
import { dividerConverter } from "./divider.ts";
import { htmlConverter } from "./html.ts";
import { iconsConverter } from "./icons.ts";
import { imageConverter } from "./image.ts";
import { legacyTextConverter } from "./legacy-text.ts";
import { listConverter } from "./list.ts";
import { menuConverter } from "./menu.ts";
import type { ModuleConverter } from "./module-converter.ts";
import { paragraphConverter } from "./paragraph.ts";
import { titleConverter } from "./title.ts";

/** The converter of each module type that Simple Schema writes. */
export const convertersBySimpleType: Readonly<Record<SimpleModule["type"], ModuleConverter>> = {
  title: titleConverter,
  heading: titleConverter,
  paragraph: paragraphConverter,
  list: listConverter,
  button: buttonConverter,
  divider: dividerConverter,
  html: htmlConverter,
  image: imageConverter,
  icons: iconsConverter,
  menu: menuConverter,
};

/** The converter of each module type of page JSON; undefined for those that Simple Schema does not have. */
export const convertersByType: Readonly<Record<ModuleType, ModuleConverter | undefined>> = {
  heading: titleConverter,
  paragraph: paragraphConverter,
  text: legacyTextConverter,
  list: listConverter,
  image: imageConverter,
  button: buttonConverter,
  divider: dividerConverter,
  spacer: undefined,
  social: undefined,
  icons: iconsConverter,
  menu: menuConverter,
  html: htmlConverter,
  video: undefined,
  table: undefined,
  form: undefined,
  carousel: undefined,
  "merge-content": undefined,
  addon: undefined,
  empty: undefined,
  unknown: undefined,
};
