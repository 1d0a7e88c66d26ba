import { safeStyle } from "@waggle/template";
import type { Styles } from "../tree.ts";

/** Properties whose bare numbers are no pixels. */
const unitless: ReadonlySet<string> = new Set(["font-weight", "line-height", "opacity"]);
// Most values are this plain and need no further look.
const plain = /^[\w\s#%.,+-]*$/;

/**
 * A value as CSS, or undefined when it isn't one that may stand in a declaration. Numbers become pixels where the
 * property measures; text may hold colours, lengths, font lists and pictures by a safe URL.
 */
export function cssValue(property: string, value: unknown): string | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? withUnit(property, String(value)) : undefined;
  if (typeof value !== "string") return undefined;
  const text = value.replace(/[\t\n\r\f ]+/g, " ").trim();
  if (text === "") return undefined;
  if (/^-?(\d+\.?\d*|\.\d+)$/.test(text)) return withUnit(property, text);
  return plain.test(text) || isSafeValue(text) ? text : undefined;
}

function withUnit(property: string, digits: string): string {
  return unitless.has(property) || Number(digits) === 0 ? digits : `${digits}px`;
}

// Whether a value is safe doesn't depend on its property, so any allowed one may ask.
function isSafeValue(value: string): boolean {
  const declaration = `color: ${value}`;
  return safeStyle(declaration) === declaration;
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

/** The padding of a box, four sides at most. */
export function padding(styles: Styles): Styles {
  return pick(styles, ["padding", "padding-top", "padding-right", "padding-bottom", "padding-left"]);
}

/** The borders of a box; those of no width are left out, with `0 solid transparent` among them. */
export function borders(styles: Styles): Styles {
  const sides = pick(styles, ["border", "border-top", "border-right", "border-bottom", "border-left"]);
  return Object.fromEntries(Object.entries(sides).filter(([, value]) => borderWidth(value) > 0));
}

/** The width of a border as `1px solid red` says it; 0 when it shows nothing. */
export function borderWidth(border: string | undefined): number {
  if (border === undefined || /\b(none|hidden)\b/.test(border)) return 0;
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
  const image = styles["background-image"];
  if (image === undefined || image === "none") return colored;
  const placed = pick(styles, ["background-position", "background-repeat", "background-size"]);
  return { ...colored, "background-image": image, ...placed };
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

/** How text looks. Alignments that only one browser knows are given their common name. */
export function typography(styles: Styles): Styles {
  const picked = pick(styles, typographic);
  const align = styles["text-align"];
  return align === undefined ? picked : { ...picked, "text-align": alignment(align, "left") };
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
  return Object.entries(styles)
    .map(([property, value]) => `${property}:${value}${suffix}`)
    .join(";");
}
