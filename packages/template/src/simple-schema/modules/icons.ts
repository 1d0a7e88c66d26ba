import type * as z from "zod/mini";
import type { Json } from "../../document/value.ts";
import type { JsonObject } from "../../page-json/pointer.ts";
import { converterOf } from "../converter.ts";
import { attached, listed, paddingProperties } from "../properties.ts";
import { iconsSchema } from "../schema.ts";
import { lostInEntries, pick } from "./entries.ts";
import { hostProperties, type ModuleConverter, moduleBase, paddingBase, visibleBase } from "./module-converter.ts";

type Icons = z.output<typeof iconsSchema>;
type Icon = NonNullable<Icons["icons"]>[number];

const list = "/descriptor/iconsList/icons";
const known = [
  "alt",
  "text",
  "title",
  "image",
  "href",
  "height",
  "width",
  "target",
  "textPosition",
  "customAttributes",
];

/** The properties Simple Schema knows; sizes are texts there and may be numbers in page JSON. */
function readIcon(icon: JsonObject): Json {
  const kept = Object.entries(pick(icon, known));
  const sized = kept.map(([name, value]): [string, Json] => [name, typeof value === "number" ? String(value) : value]);
  return Object.fromEntries([["textPosition", "right"], ...sized]);
}

const icons = listed<Icon>(list, readIcon);

export const iconsConverter: ModuleConverter = {
  type: "icons",
  simpleType: "icons",
  loses: (leaves) => lostInEntries(leaves.get(list), { pointer: list, known: (icon) => pick(icon, [...known, "id"]) }),
  ...converterOf<Icons, "type">({
    shape: iconsSchema.shape,
    properties: {
      icons,
      customAttributes: attached("/descriptor/customAttributes"),
      ...paddingProperties("/descriptor/style"),
      ...hostProperties,
    },
    base: () => ({
      ...moduleBase,
      [list]: [],
      "/descriptor/style/color": "#000000",
      "/descriptor/style/font-family": "inherit",
      "/descriptor/style/font-size": "14px",
      "/descriptor/style/font-weight": "400",
      "/descriptor/style/text-align": "center",
      ...paddingBase(0),
      "/descriptor/computedStyle/iconHeight": "32px",
      "/descriptor/computedStyle/iconSpacing/padding-bottom": "5px",
      "/descriptor/computedStyle/iconSpacing/padding-left": "5px",
      "/descriptor/computedStyle/iconSpacing/padding-right": "5px",
      "/descriptor/computedStyle/iconSpacing/padding-top": "5px",
      "/descriptor/computedStyle/itemsSpacing": "0px",
      ...visibleBase,
    }),
  }),
};
