import type * as z from "zod/mini";
import { isJsonObject, type JsonObject } from "../../page-json/pointer.ts";
import { converterOf } from "../converter.ts";
import { attached, listed, paddingProperties } from "../properties.ts";
import { menuSchema } from "../schema.ts";
import { lostInEntries, pick } from "./entries.ts";
import { hostProperties, type ModuleConverter, moduleBase, paddingBase, visibleBase } from "./module-converter.ts";

type Menu = z.output<typeof menuSchema>;
type MenuItem = NonNullable<Menu["items"]>[number];

const list = "/descriptor/menuItemsList/items";

function readItem(item: JsonObject): JsonObject {
  const { link } = item;
  const kept = pick(item, ["type", "text", "customAttributes"]);
  return isJsonObject(link) ? { ...kept, link: pick(link, ["title", "href", "target"]) } : kept;
}

/** An id names an item for an editor; nobody else reads it. */
const knownIn = (item: JsonObject): JsonObject => ({ ...readItem(item), ...pick(item, ["id"]) });

const items = listed<MenuItem>(list, readItem);

export const menuConverter: ModuleConverter = {
  type: "menu",
  simpleType: "menu",
  loses: (leaves) => lostInEntries(leaves.get(list), { pointer: list, known: knownIn }),
  ...converterOf<Menu, "type">({
    shape: menuSchema.shape,
    properties: {
      items,
      customAttributes: attached("/descriptor/customAttributes"),
      ...paddingProperties("/descriptor/style"),
      ...hostProperties,
    },
    base: ({ linkColor }) => ({
      ...moduleBase,
      [list]: [],
      "/descriptor/style/color": linkColor,
      "/descriptor/style/font-family": "inherit",
      "/descriptor/style/font-size": "16px",
      "/descriptor/style/text-align": "center",
      ...paddingBase(0),
      "/descriptor/computedStyle/layout": "horizontal",
      "/descriptor/computedStyle/linkColor": linkColor,
      "/descriptor/computedStyle/separator": "",
      "/descriptor/computedStyle/menuItemsSpacing/padding-bottom": "5px",
      "/descriptor/computedStyle/menuItemsSpacing/padding-left": "5px",
      "/descriptor/computedStyle/menuItemsSpacing/padding-right": "5px",
      "/descriptor/computedStyle/menuItemsSpacing/padding-top": "5px",
      ...visibleBase,
    }),
  }),
};
