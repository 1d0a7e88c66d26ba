import type { Json, NodeData, Value } from "@waggle/template";
import * as z from "zod/mini";
import { type Format, field } from "../fields/field.ts";
import { oneOf, pixels } from "../fields/formats.ts";
import { paddingFields } from "../fields/padding.ts";
import { pictureAddress } from "../fields/picture.ts";
import { typographyFields } from "../fields/typography.ts";
import { visibilityFields } from "../fields/visibility.ts";
import { link } from "../text/link.ts";
import { type Entry, entriesOf, isEntry, textAt } from "./entry-list.ts";
import type { ModuleSpec } from "./module-spec.ts";

/** Pointer of its list. */
export const iconsKey = "/descriptor/iconsList/icons";
const computed = "/descriptor/computedStyle";
const spacing = `${computed}/iconSpacing`;

const positions = oneOf(["left", "right", "top", "bottom"]);
const words = z.string().check(z.maxLength(300));
const side = z.number().check(z.gte(1), z.lte(10_000));

const iconSchema = z.strictObject({
  src: pictureAddress.schema,
  text: z.optional(words),
  textPosition: z.optional(positions.schema),
  alt: z.optional(words),
  href: z.optional(link.schema),
  width: z.optional(side),
  height: z.optional(side),
});

/** A small picture with its words, as tools say it. */
export type Icon = z.output<typeof iconSchema>;

const sourceOf = (icon: Entry): string => (isEntry(icon.image) ? textAt(icon.image, "src") : textAt(icon, "image"));

const given = (name: string, value: unknown) => (value === "" || value === undefined ? {} : { [name]: value });

function readIcon(icon: Entry): Icon {
  const [text, alt] = [textAt(icon, "text"), textAt(icon, "alt")];
  const sizes = ["width", "height"].map((name) => given(name, pixels(1, 10_000).fromJson(icon[name] ?? "")));
  return Object.assign(
    { src: sourceOf(icon) },
    given("text", text),
    given("textPosition", positions.fromJson(textAt(icon, "textPosition"))),
    given("alt", alt),
    given("href", textAt(icon, "href")),
    ...sizes,
  );
}

/** The icon in the JSON of the one it continues, whose other keys stay. */
function writeIcon(icon: Icon, model: Entry | undefined): Entry {
  const { src, text, textPosition, alt, href, width, height } = icon;
  const old: Entry = model ?? { alt: "", href: "", target: "_blank", text: "", textPosition: "right", title: "" };
  const label = text ?? textAt(old, "text");
  // Words and alt text that were one stay one.
  const followed = model === undefined || (textAt(old, "alt") === textAt(old, "text") && textAt(old, "alt") !== "");
  return {
    ...old,
    image: isEntry(old.image) ? { ...old.image, src: src.trim() } : src.trim(),
    text: label,
    alt: alt ?? (followed ? label : textAt(old, "alt")),
    ...(textPosition === undefined ? {} : { textPosition }),
    ...(href === undefined ? {} : { href: href.trim() }),
    ...(width === undefined ? {} : { width: `${width}px` }),
    ...(height === undefined ? {} : { height: `${height}px` }),
  };
}

/** The new list icon by icon: a picture that stays keeps what is not said, wherever it stood. */
function writeIcons(list: readonly Icon[], current: Value | undefined): Json {
  const left = [...entriesOf(current)];
  return list.map((icon) => {
    const at = left.findIndex((old) => sourceOf(old) === icon.src.trim());
    const [model] = at < 0 ? [] : left.splice(at, 1);
    return writeIcon(icon, model);
  });
}

const icons: Format<readonly Icon[]> = {
  schema: z.array(iconSchema).check(z.minLength(1), z.maxLength(50)),
  toJson: writeIcons,
  fromJson: (json) => (Array.isArray(json) ? entriesOf(json).map(readIcon) : undefined),
};

const spacingOf = (name: string): string => `${spacing}/padding-${name}`;

const iconsFields = {
  icons: field({
    format: icons,
    pointers: [iconsKey],
    description:
      "In order: src; text beside it, textPosition (default right), alt (default the text), href; width and height of the file where it is no square.",
  }),
  iconHeight: field({
    format: pixels(8, 400),
    pointers: [`${computed}/iconHeight`],
    description: "px. Default 32.",
  }),
  iconSpacing: field({
    format: pixels(0, 100),
    pointers: ["top", "right", "bottom", "left"].map(spacingOf),
    description: "Around each picture, px. Default 5.",
    isShorthand: true,
  }),
  itemsSpacing: field({
    format: pixels(0, 200),
    pointers: [`${computed}/itemsSpacing`],
    description: "Between icons, px. Default 0.",
  }),
  align: field({
    format: oneOf(["left", "center", "right"]),
    pointers: ["/descriptor/style/text-align"],
    description: "Where they stand in the column. Default center.",
  }),
  ...typographyFields("/descriptor/style"),
  ...paddingFields("/descriptor/style"),
  ...visibilityFields(computed),
};

/** Small pictures with words: `mailup-bee-newsletter-modules-icons`. */
export const iconsModule: ModuleSpec<typeof iconsFields> = {
  type: "icons",
  fields: iconsFields,
  leaves: ({ textColor }): NodeData => ({
    [iconsKey]: [],
    "/descriptor/style/color": textColor,
    "/descriptor/style/font-family": "inherit",
    "/descriptor/style/font-size": "14px",
    "/descriptor/style/font-weight": "400",
    "/descriptor/style/letter-spacing": "0px",
    "/descriptor/style/text-align": "center",
    "/descriptor/style/padding-top": "10px",
    "/descriptor/style/padding-right": "10px",
    "/descriptor/style/padding-bottom": "10px",
    "/descriptor/style/padding-left": "10px",
    "/descriptor/mobileStyle": {},
    [`${computed}/iconHeight`]: "32px",
    ...Object.fromEntries(["top", "right", "bottom", "left"].map((name) => [spacingOf(name), "5px"])),
    [`${computed}/itemsSpacing`]: "0px",
    [`${computed}/hideContentOnDesktop`]: false,
    [`${computed}/hideContentOnMobile`]: false,
  }),
};
