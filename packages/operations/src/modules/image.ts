import type { Value } from "@waggle/template";
import * as z from "zod/mini";
import { type Field, type FieldTarget, field } from "../fields/field.ts";
import { oneOf, pixels } from "../fields/formats.ts";
import { paddingFields } from "../fields/padding.ts";
import { pictureAddress } from "../fields/picture.ts";
import { plainText } from "../fields/plain-text.ts";
import { visibilityFields } from "../fields/visibility.ts";
import { link } from "../text/link.ts";
import type { ModuleSpec } from "./module-spec.ts";

const image = "/descriptor/image";
const classKey = "/descriptor/computedStyle/class";
const percentKey = `${image}/percWidth`;
/** Where some templates say the alignment once more. */
const alignKey = "/align";

const alignments = oneOf(["left", "center", "right"]);

/** Several facts share the class: "center autowidth fullwidthOnMobile". */
const alignment: Field<"left" | "center" | "right"> = field({
  format: {
    schema: alignments.schema,
    toJson: (argument, current) => withClass(current, /^(left|center|right)$/, argument),
    fromJson: (json) => classesOf(json).map(alignments.fromJson).find(Boolean),
  },
  pointers: [classKey],
  description: "Where it stands in the column.",
});

const widestPixels = 2000;
const widthRule = `has to be a number of pixels, 1 to ${widestPixels}, or a share of the column, like "50%"`;

/** 320 is pixels, "50%" a share of the column. Both are stored as pixels, "100%" as it is. */
export type ImageWidth = number | string;

const width: Field<ImageWidth> = field<ImageWidth>({
  format: {
    schema: z.union(
      [
        z.number().check(z.gte(1, widthRule), z.lte(widestPixels, widthRule)),
        z.string().check(z.regex(/^([1-9]\d?|100)%$/, widthRule)),
      ],
      widthRule,
    ),
    toJson: (argument) => (typeof argument === "number" ? `${argument}px` : argument),
    fromJson: (json) => (json === "100%" ? json : pixels(1, widestPixels).fromJson(json)),
  },
  pointers: ["/descriptor/computedStyle/width"],
  description: 'Pixels (320), or a share of the column ("50%"). "100%" fills it; never wider than the column.',
});

const imageFields = {
  src: field({
    format: pictureAddress,
    pointers: [`${image}/src`],
    description: "Address of the picture: https, a path, or a merge tag.",
  }),
  alt: field({
    format: plainText(1000),
    pointers: [`${image}/alt`],
    description: "What it shows, for those who do not see it; empty for decoration.",
  }),
  href: field({
    format: link,
    pointers: [`${image}/href`],
    description: "Where a click leads: an address or a merge tag.",
  }),
  target: field({
    format: oneOf(["_blank", "_self"]),
    pointers: [`${image}/target`],
    description: "_blank opens a new tab.",
  }),
  width,
  align: alignment,
  borderRadius: field({
    format: pixels(0, 1000),
    pointers: ["/descriptor/style/border-radius"],
    description: "Roundness of corners, px.",
  }),
  ...paddingFields("/descriptor/style"),
  ...visibilityFields("/descriptor/computedStyle"),
};

/** A picture: `mailup-bee-newsletter-modules-image`. */
export const imageModule: ModuleSpec<typeof imageFields> = {
  type: "image",
  fields: imageFields,
  leaves: () => ({
    [`${image}/alt`]: "",
    [`${image}/href`]: "",
    [`${image}/src`]: "",
    [`${image}/target`]: "_blank",
    [`${image}/prefix`]: "",
    "/descriptor/style/border-radius": "0px",
    "/descriptor/style/width": "100%",
    "/descriptor/style/padding-top": "0px",
    "/descriptor/style/padding-right": "0px",
    "/descriptor/style/padding-bottom": "0px",
    "/descriptor/style/padding-left": "0px",
    "/descriptor/mobileStyle": {},
    [classKey]: "center autowidth",
    "/descriptor/computedStyle/width": "100%",
    "/descriptor/computedStyle/hideContentOnDesktop": false,
    "/descriptor/computedStyle/hideContentOnMobile": false,
  }),
};

/** What the sender fills in per reader in place of `src`. */
export const dynamicSourceKey = `${image}/dynamicSrc`;

/** Where an image is written, with the removal of what no longer holds. */
export interface ImageTarget extends FieldTarget {
  remove(pointer: string): void;
}

interface ImageChange {
  /** Names of the arguments that changed something. */
  readonly changed: readonly string[];
  /** The width that was asked for, before it was made pixels. */
  readonly width: ImageWidth | undefined;
}

/** Brings what templates note beside an argument in line with it. */
export function settleImage(target: ImageTarget, { changed, width: asked }: ImageChange): void {
  if (changed.includes("width")) settleWidth(target, asked);
  const align = alignment.fromJson(target.get(classKey) ?? "");
  if (changed.includes("align") && align && target.get(alignKey) !== undefined) target.set(alignKey, align);
  if (!changed.includes("src")) return;
  // The size of the file that was there before.
  for (const side of ["width", "height"]) target.remove(`${image}/${side}`);
}

function settleWidth(target: ImageTarget, asked: ImageWidth | undefined): void {
  const fills = asked === "100%";
  const fitting = fills ? "autowidth" : "fixedwidth";
  target.set(classKey, withClass(target.get(classKey), /^(autowidth|fixedwidth)$/, fitting));
  if (typeof asked === "string" && !fills) target.set(percentKey, Number.parseInt(asked, 10));
  else target.remove(percentKey);
}

/** A share of the column as pixels; templates count it of the column with its padding. */
export function pixelWidth(asked: ImageWidth | undefined, columnPixels: number): ImageWidth | undefined {
  if (typeof asked !== "string" || asked === "100%") return asked;
  return Math.round(columnPixels * Number.parseInt(asked, 10)) / 100;
}

const classesOf = (value: Value | undefined): readonly string[] =>
  typeof value === "string" ? value.split(/\s+/).filter(Boolean) : [];

/** The class with one word in place of the one that matches; at the end when none does. */
function withClass(current: Value | undefined, replaced: RegExp, word: string): string {
  const classes = classesOf(current);
  const at = classes.findIndex((each) => replaced.test(each));
  return (at < 0 ? [...classes, word] : classes.with(at, word)).join(" ");
}
