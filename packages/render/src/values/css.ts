import { findTemplateTags, safeStyle } from "@waggle/template";
import type { Styles } from "../tree.ts";

/** Properties whose bare numbers are no pixels. */
const unitless: ReadonlySet<string> = new Set(["font-weight", "line-height", "opacity"]);
// Most values are this plain and need no further look.
// A length, a share, a colour or a word: nearly every value there is.
const simple = /^(?:-?\d+(?:\.\d+)?(?:px|%|em)|#[0-9a-fA-F]{3,8}|[a-z]+(?:-[a-z]+)*)$/;
const spaced = /[\t\n\r\f]| {2}|^ | $/;
const number = /^-?(\d+\.?\d*|\.\d+)$/;
const plain = /^[\w\s#%.,+-]*$/;

/**
 * A value as CSS, or undefined when it isn't one that may stand in a declaration. Numbers become pixels where the
 * property measures; text may hold colours, lengths, font lists and pictures by a safe URL.
 */
export function cssValue(property: string, value: unknown): string | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? withUnit(property, String(value)) : undefined;
  if (typeof value !== "string") return undefined;
  if (simple.test(value)) return value;
  const text = withoutEnd(spaced.test(value) ? value.replace(/[\t\n\r\f ]+/g, " ").trim() : value);
  if (text === "") return undefined;
  if (number.test(text)) return withUnit(property, text);
  return plain.test(text) || isSafeValue(text) ? text : undefined;
}

/** Some files end values as if declarations followed. */
const withoutEnd = (value: string): string => (value.endsWith(";") ? value.slice(0, -1).trimEnd() : value);

function withUnit(property: string, digits: string): string {
  return unitless.has(property) || Number(digits) === 0 ? digits : `${digits}px`;
}

// Whether a value is safe doesn't depend on its property, so any allowed one may ask.
function isSafeValue(value: string): boolean {
  if (value.includes(";") && withoutTemplateTags(value).includes(";")) return false;
  const declaration = `color: ${value}`;
  return safeStyle(declaration) === declaration;
}

/** What is left is the author's: no honest value has a semicolon there, and after one another declaration begins. */
function withoutTemplateTags(value: string): string {
  let bare = "";
  let at = 0;
  for (const { start, end } of findTemplateTags(value).filter(({ hasMarkup }) => !hasMarkup)) {
    bare += value.slice(at, start);
    at = end;
  }
  return bare + value.slice(at);
}

/** The pixels a value measures: 12, "12px" and "12.5" do, "50%", "auto" and objects don't. */
export function pixels(value: unknown): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  const match = typeof value === "string" ? /^\s*(-?(?:\d+\.?\d*|\.\d+))\s*(?:px)?\s*$/.exec(value) : null;
  return match ? Number(match[1]) : undefined;
}

export type Alignment = "left" | "center" | "right" | "justify";
const alignments: ReadonlyMap<string, Alignment> = new Map([
  ["left", "left"],
  ["start", "left"],
  ["-webkit-left", "left"],
  ["center", "center"],
  ["middle", "center"],
  ["-webkit-center", "center"],
  ["-moz-center", "center"],
  ["right", "right"],
  ["end", "right"],
  ["-webkit-right", "right"],
  ["justify", "justify"],
]);

/** An alignment by any name editors have given it. */
export function alignment(value: unknown, fallback: Alignment): Alignment {
  return (typeof value === "string" ? alignments.get(value.trim().toLowerCase()) : undefined) ?? fallback;
}

/** Only the declarations whose property the list names, in the order of the list. */
export function pick(styles: Styles, properties: readonly string[]): Styles {
  const picked: Record<string, string> = {};
  for (const property of properties) {
    const value = styles[property];
    if (value !== undefined) picked[property] = value;
  }
  return picked;
}

const paddingSides = ["padding", "padding-top", "padding-right", "padding-bottom", "padding-left"] as const;

/** The padding of a box, four sides at most. */
export function padding(styles: Styles): Styles {
  return pick(styles, paddingSides);
}

const borderSides = ["border", "border-top", "border-right", "border-bottom", "border-left"] as const;

/** The borders of a box; those of no width are left out, with `0 solid transparent` among them. */
export function borders(styles: Styles): Styles {
  const shown: Record<string, string> = {};
  for (const side of borderSides) {
    const value = styles[side];
    if (value !== undefined && borderWidth(value) > 0) shown[side] = value;
  }
  return shown;
}

const zeroLine = /^0(px)? |\b(none|hidden)\b/;

/** The width of a border as `1px solid red` says it; 0 when it shows nothing. */
export function borderWidth(border: string | undefined): number {
  if (border === undefined || zeroLine.test(border)) return 0;
  const width = border
    .split(" ")
    .map(pixels)
    .find((size) => size !== undefined);
  return width ?? (/\b(solid|dashed|dotted|double)\b/.test(border) ? 3 : 0);
}

export function radius(styles: Styles): Styles {
  const value = styles["border-radius"];
  return value === undefined || /^0(px)?$/.test(value) ? {} : { "border-radius": value };
}

/** The background of a box, without what only says there is none. */
export function background(styles: Styles): Styles {
  const color = styles["background-color"];
  const colored = color === undefined || color === "transparent" ? {} : { "background-color": color };
  const image = backgroundImage(styles);
  if (image === undefined) return colored;
  const placed = pick(styles, ["background-position", "background-repeat", "background-size"]);
  return { ...colored, "background-image": image, ...placed };
}

/** The picture behind a box; some files name its address alone. */
function backgroundImage(styles: Styles): string | undefined {
  const image = styles["background-image"];
  if (image === undefined || image === "none") return undefined;
  if (image.includes("(")) return image;
  return /^(https?:)?\/\/[^\s'"]+$/i.test(image) ? `url('${image}')` : undefined;
}

const typographic = [
  "color",
  "direction",
  "font-family",
  "font-size",
  "font-style",
  "font-weight",
  "letter-spacing",
  "line-height",
  "text-align",
  "text-decoration",
  "text-transform",
];

/** Values that say what holds anyway. A heading is bold by itself, so weights are not among them. */
const saysNothing: Readonly<Record<string, RegExp>> = {
  "font-family": /^inherit$/,
  "font-style": /^(normal|inherit)$/,
  "letter-spacing": /^(0|0px|normal|inherit)$/,
  "text-decoration": /^inherit$/,
  "text-transform": /^(none|inherit)$/,
  color: /^inherit$/,
};

/** How text looks. Alignments that only one browser knows are given their common name. */
export function typography(styles: Styles): Styles {
  const picked = without(pick(styles, typographic), saysNothing);
  const align = styles["text-align"];
  return align === undefined ? picked : { ...picked, "text-align": alignment(align, "left") };
}

function without(styles: Styles, empty: Readonly<Record<string, RegExp>>): Styles {
  const kept: Record<string, string> = {};
  for (const [property, value] of Object.entries(styles)) if (!empty[property]?.test(value)) kept[property] = value;
  return kept;
}

/** Pixels the sides of a box take from its width. */
export function horizontalExtent(styles: Styles): number {
  const shorthand = pixels(styles.padding) ?? 0;
  const pad = (side: string): number => pixels(styles[`padding-${side}`]) ?? shorthand;
  const edge = (side: string): number => borderWidth(styles[`border-${side}`] ?? styles.border);
  return pad("left") + pad("right") + edge("left") + edge("right");
}

/** Declarations as they stand in a style attribute or a rule; the suffix follows each value. */
export function declarationsText(styles: Styles, suffix = ""): string {
  let text = "";
  for (const property in styles) text += `${text === "" ? "" : ";"}${property}:${styles[property]}${suffix}`;
  return text;
}
