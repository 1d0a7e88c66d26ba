import * as z from "zod/mini";
import {
  anyObject,
  borderRadius,
  borderWidth,
  flag,
  lineHeight,
  noAnchorTags,
  oneOf,
  padding,
  strict,
  text,
  urlOrMergeTags,
  urlOrMergeTagsOrEmpty,
  whole,
} from "./formats.ts";

const { optional } = z;

const paddings = {
  "padding-top": optional(padding),
  "padding-right": optional(padding),
  "padding-bottom": optional(padding),
  "padding-left": optional(padding),
};

const hostFields = { locked: optional(flag), customFields: optional(anyObject) };

const target = optional(oneOf(["_blank", "_self", "_top"]));

const attributes = optional(
  z.array(
    strict("an attribute with key, name, target and value", {
      key: optional(text),
      name: optional(text),
      target: optional(text),
      value: optional(text),
    }),
    "a list of attributes",
  ),
);

const typography = {
  underline: optional(flag),
  italic: optional(flag),
  bold: optional(flag),
  html: optional(text),
  text: optional(text),
  size: optional(whole(1)),
  color: optional(text),
  linkColor: optional(text),
  "letter-spacing": optional(whole(-99, 99)),
  "line-height": optional(lineHeight),
  direction: optional(oneOf(["ltr", "rtl"])),
};

export const titleSchema = strict("a title", {
  type: oneOf(["title", "heading"]),
  ...typography,
  align: optional(oneOf(["left", "center", "right", "justify"])),
  title: optional(oneOf(["h1", "h2", "h3", "h4", "h5", "h6"])),
  ...paddings,
  ...hostFields,
});

export const paragraphSchema = strict("a paragraph", {
  type: oneOf(["paragraph"]),
  ...typography,
  align: optional(oneOf(["left", "center", "right", "justify"])),
  ...paddings,
  ...hostFields,
});

export const listSchema = strict("a list module", {
  type: oneOf(["list"]),
  ...typography,
  align: optional(oneOf(["left", "center", "right"])),
  tag: optional(oneOf(["ol", "ul"])),
  ...paddings,
  ...hostFields,
});

export const buttonSchema = strict("a button", {
  type: oneOf(["button"]),
  label: optional(noAnchorTags),
  text: optional(noAnchorTags),
  align: optional(oneOf(["left", "center", "right"])),
  href: optional(text),
  target,
  size: optional(whole(1)),
  color: optional(text),
  "background-color": optional(text),
  ...paddings,
  contentPaddingTop: optional(padding),
  contentPaddingRight: optional(padding),
  contentPaddingLeft: optional(padding),
  contentPaddingBottom: optional(padding),
  hoverBackgroundColor: optional(text),
  hoverColor: optional(text),
  hoverBorderColor: optional(text),
  hoverBorderWidth: optional(borderWidth),
  "border-radius": optional(borderRadius),
  "border-color": optional(text),
  "border-width": optional(borderWidth),
  ...hostFields,
});

export const dividerSchema = strict("a divider", {
  type: oneOf(["divider"]),
  color: optional(text),
  height: optional(whole(1, 30)),
  width: optional(whole(1, 100)),
  ...paddings,
  ...hostFields,
});

export const htmlSchema = strict("an HTML module", { type: oneOf(["html"]), html: optional(text), ...hostFields });

export const imageSchema = strict("an image", {
  type: oneOf(["image"]),
  alt: optional(text),
  title: optional(text),
  href: optional(text),
  src: optional(urlOrMergeTags),
  dynamicSrc: optional(text),
  target,
  ...paddings,
  ...hostFields,
});

const iconSchema = strict("an icon with image, width, height and textPosition", {
  alt: optional(text),
  text: optional(text),
  title: optional(text),
  image: urlOrMergeTags,
  href: optional(urlOrMergeTagsOrEmpty),
  height: text,
  width: text,
  target,
  textPosition: oneOf(["left", "right", "top", "bottom"]),
  customAttributes: attributes,
});

export const iconsSchema = strict("an icons module", {
  type: oneOf(["icons"]),
  icons: optional(z.array(iconSchema, "a list of icons")),
  ...paddings,
  ...hostFields,
  customAttributes: attributes,
});

const menuItemSchema = strict("a menu item with text and link", {
  type: optional(oneOf(["menu-item"])),
  text: optional(text),
  link: optional(
    strict("a link with title, href, target", { title: optional(text), href: optional(urlOrMergeTagsOrEmpty), target }),
  ),
  customAttributes: attributes,
});

export const menuSchema = strict("a menu", {
  type: oneOf(["menu"]),
  items: optional(z.array(menuItemSchema, "a list of menu items")),
  ...paddings,
  ...hostFields,
  customAttributes: attributes,
});

export const moduleSchema = z.discriminatedUnion(
  "type",
  [
    titleSchema,
    paragraphSchema,
    listSchema,
    buttonSchema,
    dividerSchema,
    htmlSchema,
    imageSchema,
    iconsSchema,
    menuSchema,
  ],
  "a module with a type: title, heading, paragraph, list, image, button, divider, icons, menu or html",
);

export const columnSchema = strict("a column with weight and modules", {
  weight: whole(1, 12),
  "background-color": optional(text),
  ...paddings,
  "border-color": optional(text),
  "border-width": optional(borderWidth),
  modules: z.array(moduleSchema, "a list of modules"),
  customFields: optional(anyObject),
});

const columnsRule = "a list of 1 to 12 columns";

export const rowSchema = strict("a row with name and columns", {
  name: text,
  locked: optional(flag),
  colStackOnMobile: optional(flag),
  rowReverseColStackOnMobile: optional(flag),
  contentAreaBackgroundColor: optional(text),
  "background-color": optional(text),
  "background-image": optional(text),
  "background-position": optional(text),
  "background-repeat": optional(text),
  customFields: optional(anyObject),
  "border-radius": optional(borderRadius),
  "border-color": optional(text),
  "border-width": optional(borderWidth),
  columnsBorderRadius: optional(borderRadius),
  columnsSpacing: optional(whole(0, 99)),
  "vertical-align": optional(oneOf(["top", "middle", "bottom"])),
  "display-condition": optional(
    z.catchall(
      z.object(
        {
          type: text,
          label: optional(text),
          description: optional(text),
          before: optional(text),
          after: optional(text),
        },
        "a condition with type, label, description, before and after",
      ),
      z.json(),
    ),
  ),
  metadata: optional(anyObject),
  ...paddings,
  columns: z.array(columnSchema, columnsRule).check(z.minLength(1, columnsRule), z.maxLength(12, columnsRule)),
});

export const settingsSchema = strict("an object with the settings", {
  linkColor: optional(text),
  "background-color": optional(text),
  contentAreaBackgroundColor: optional(text),
  width: optional(whole(320, 1440)),
});

export const metadataSchema = strict("an object with the metadata", {
  lang: optional(text),
  title: optional(text),
  description: optional(text),
  subject: optional(text),
  preheader: optional(text),
});

const rowsRule = "a list of rows, at least one";

export const templateSchema = strict("an object with the template in “template”", {
  template: strict("an object with type and rows", {
    type: oneOf(["email", "page", "popup"]),
    rows: z.array(rowSchema, rowsRule).check(z.minLength(1, rowsRule)),
    settings: optional(settingsSchema),
    metadata: optional(metadataSchema),
  }),
});

/** A whole document in Simple Schema: what agents and hosts write when page JSON is too much. */
export type SimpleDocument = z.output<typeof templateSchema>;
export type SimpleRow = z.output<typeof rowSchema>;
export type SimpleColumn = z.output<typeof columnSchema>;
export type SimpleModule = z.output<typeof moduleSchema>;
export type SimpleSettings = z.output<typeof settingsSchema>;
export type SimpleMetadata = z.output<typeof metadataSchema>;
