import type { Json, NodeData, Value } from "@waggle/template";
import * as z from "zod/mini";
import { alignEntries } from "../fields/align-entries.ts";
import { type Field, type Format, field } from "../fields/field.ts";
import { color, flag, oneOf, pixels } from "../fields/formats.ts";
import { mobilePaddingFields, paddingFields, paddingShorthand } from "../fields/padding.ts";
import { plainText } from "../fields/plain-text.ts";
import { mobileTypographyFields, typographyFields } from "../fields/typography.ts";
import { visibilityFields } from "../fields/visibility.ts";
import { link } from "../text/link.ts";
import type { ModuleSpec } from "./module-spec.ts";

const computed = "/descriptor/computedStyle";
const hamburger = `${computed}/hamburger`;
const spacing = `${computed}/menuItemsSpacing`;

const itemSchema = z.strictObject({
  text: z.string().check(z.maxLength(300)),
  href: z.optional(link.schema),
  target: z.optional(z.enum(["_blank", "_self"])),
  title: z.optional(z.string().check(z.maxLength(300))),
});

/** A link of a menu as tools say it. */
export type MenuItem = z.output<typeof itemSchema>;

type JsonObject = { readonly [key: string]: Json };

const isObject = (json: Value | undefined): json is JsonObject =>
  typeof json === "object" && json !== null && !Array.isArray(json);

const objectsIn = (json: Value | undefined): readonly JsonObject[] =>
  Array.isArray(json) ? json.filter((each: Json) => isObject(each)) : [];

const textAt = (owner: Json | undefined, key: string): string => {
  const value = isObject(owner) ? owner[key] : undefined;
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
};

function readItem(json: JsonObject): MenuItem {
  const [href, title] = [textAt(json.link, "href"), textAt(json.link, "title")];
  const target = oneOf(["_blank", "_self"]).fromJson(textAt(json.link, "target"));
  return {
    text: textAt(json, "text"),
    ...(href === "" ? {} : { href }),
    ...(target ? { target } : {}),
    ...(title === "" ? {} : { title }),
  };
}

const keysOf = ({ text, href = "" }: MenuItem): readonly string[] => [`${text}\n${href}`, text, href];

/** The item in the JSON of the one it continues, whose other keys stay. */
function writeItem({ text, href, target, title }: MenuItem, model: JsonObject | undefined): JsonObject {
  const old = isObject(model?.link) ? model.link : undefined;
  // A tooltip that repeats the text follows it.
  const followed = model && old && textAt(old, "title") === textAt(model, "text") ? text : undefined;
  const newTitle = title ?? (old?.title === undefined || old.title === "" ? undefined : followed);
  return {
    ...(model ?? { type: "menu-item" }),
    text,
    link: {
      ...(old ?? { target: "_blank" }),
      href: href?.trim() ?? "",
      ...(target === undefined ? {} : { target }),
      ...(newTitle === undefined ? {} : { title: newTitle }),
    },
  };
}

/** The new list item by item: one that stays keeps what tools do not say. */
function writeItems(items: readonly MenuItem[], current: Value | undefined): Json {
  const old = objectsIn(current);
  const continued = alignEntries(
    old.map((each) => keysOf(readItem(each))),
    items.map(keysOf),
  );
  return items.map((each, at) => writeItem(each, old[continued[at] ?? -1]));
}

const menuItems: Format<readonly MenuItem[]> = {
  schema: z.array(itemSchema).check(z.minLength(1), z.maxLength(50)),
  toJson: writeItems,
  fromJson: (json) => (Array.isArray(json) ? objectsIn(json).map(readItem) : undefined),
};

const itemSpace = (side: string): Field<number> =>
  field({ format: pixels(0, 300), pointers: [`${spacing}/padding-${side}`], description: "px." });

const menuFields = {
  items: field({
    format: menuItems,
    pointers: ["/descriptor/menuItemsList/items"],
    description: "Links in order: plain text, and href (address or merge tag). target default _blank; title = tooltip.",
  }),
  layout: field({
    format: oneOf(["horizontal", "vertical"]),
    pointers: [`${computed}/layout`],
    description: "Default horizontal.",
  }),
  separator: field({
    format: plainText(20),
    pointers: [`${computed}/separator`],
    description: "Between items of a horizontal menu, like |; empty for none.",
  }),
  align: field({
    format: oneOf(["left", "center", "right"]),
    pointers: ["/descriptor/style/text-align"],
    description: "Where it stands in the column. Default center.",
  }),
  ...typographyFields("/descriptor/style"),
  linkColor: field({
    format: color,
    pointers: [`${computed}/linkColor`],
    description: "Colour of links; follows color unless given.",
  }),
  itemPadding: paddingShorthand(spacing, "Space around each item on all four sides, px. Default 5."),
  itemPaddingTop: itemSpace("top"),
  itemPaddingRight: itemSpace("right"),
  itemPaddingBottom: itemSpace("bottom"),
  itemPaddingLeft: itemSpace("left"),
  hamburgerOnMobile: field({
    format: flag,
    pointers: [`${hamburger}/mobile`],
    description: "Fold into a menu button on phones. Default false.",
  }),
  hamburgerColor: field({
    format: color,
    pointers: [`${hamburger}/foregroundColor`],
    description: "Sign on that button.",
  }),
  hamburgerBackgroundColor: field({
    format: color,
    pointers: [`${hamburger}/backgroundColor`],
    description: "Fill of that button.",
  }),
  hamburgerIconSize: field({
    format: pixels(8, 200),
    pointers: [`${hamburger}/iconSize`],
    description: "Size of that button, px. Default 36.",
  }),
  ...paddingFields("/descriptor/style"),
  ...mobileTypographyFields("/descriptor/mobileStyle"),
  ...mobilePaddingFields("/descriptor/mobileStyle"),
  ...visibilityFields(computed),
};

/** A line of links: `mailup-bee-newsletter-modules-menu`. */
export const menuModule: ModuleSpec<typeof menuFields> = {
  type: "menu",
  fields: menuFields,
  leaves: ({ textColor }): NodeData => ({
    "/descriptor/menuItemsList/items": [],
    "/descriptor/style/color": textColor,
    "/descriptor/style/font-family": "inherit",
    "/descriptor/style/font-size": "16px",
    "/descriptor/style/font-weight": "400",
    "/descriptor/style/letter-spacing": "0px",
    "/descriptor/style/text-align": "center",
    "/descriptor/style/padding-top": "10px",
    "/descriptor/style/padding-right": "10px",
    "/descriptor/style/padding-bottom": "10px",
    "/descriptor/style/padding-left": "10px",
    "/descriptor/mobileStyle": {},
    [`${computed}/layout`]: "horizontal",
    [`${computed}/linkColor`]: textColor,
    [`${computed}/separator`]: "",
    [`${spacing}/padding-top`]: "5px",
    [`${spacing}/padding-right`]: "5px",
    [`${spacing}/padding-bottom`]: "5px",
    [`${spacing}/padding-left`]: "5px",
    [`${hamburger}/mobile`]: false,
    [`${hamburger}/foregroundColor`]: "#ffffff",
    [`${hamburger}/backgroundColor`]: "#000000",
    [`${hamburger}/iconSize`]: "36px",
    [`${hamburger}/iconType`]: "normal",
    [`${computed}/hideContentOnDesktop`]: false,
    [`${computed}/hideContentOnMobile`]: false,
  }),
};
