import type { Rgb } from "culori/fn";
import { black, over, type Paint, type Palette, white } from "./colors.ts";
import { boldness, type Declarations, fontPixels } from "./css.ts";

/** Where the colour of a text was chosen: by its module, by the rule for links, or inside the text itself. */
export type ColorSource = "default" | "link" | "inline";

/** How text looks at one place, everything around it taken into account. */
export interface Look {
  readonly color: Paint;
  readonly colorSource: ColorSource;
  readonly background: Paint;
  /** Opaque, because what is see-through was painted over what is below. */
  readonly opacity: number;
  readonly fontSize: number;
  /** On narrow screens; the same unless a rule for them says otherwise. */
  readonly mobileFontSize: number;
  readonly isBold: boolean;
  readonly isHidden: boolean;
  /** Colour of links below. */
  readonly linkColor: string;
}

/** Text in a browser that nothing was said about. */
export const plainLook: Look = {
  color: black,
  colorSource: "default",
  background: white,
  opacity: 1,
  fontSize: 16,
  mobileFontSize: 16,
  isBold: false,
  isHidden: false,
  linkColor: "#0000ee",
};

/** What an element adds to the look of its text. */
export interface Dress {
  readonly tag: string;
  readonly styles: Declarations;
  readonly isLink?: boolean;
  /** Size that a rule for narrow screens gives it. */
  readonly mobileSize?: string | undefined;
  /** Whether it stands in the markup of a text, not in the template. */
  readonly isInline?: boolean;
}

const headingSizes: Readonly<Record<string, number>> = { h1: 2, h2: 1.5, h3: 1.17, h4: 1, h5: 0.83, h6: 0.67 };
const tagSizes: Readonly<Record<string, number>> = { ...headingSizes, small: 1 / 1.2, big: 1.2 };
const boldTags: ReadonlySet<string> = new Set(["b", "strong", "th", ...Object.keys(headingSizes)]);

/** The look of text inside an element. The same object when the element changes nothing. */
export function dressed(look: Look, dress: Dress, palette: Palette): Look {
  const { tag, styles } = dress;
  const fontSize = sizeIn(dress, look.fontSize) ?? look.fontSize;
  const mobileFontSize = mobileSizeIn(dress, look.mobileFontSize) ?? look.mobileFontSize;
  const weight = styles["font-weight"];
  const isBold = (weight === undefined ? undefined : boldness(weight)) ?? (look.isBold || boldTags.has(tag));
  const isHidden = look.isHidden || isConcealed(styles);
  const opacity = look.opacity * (styles.opacity === undefined ? 1 : opacityOf(styles.opacity));
  const background = backgroundIn(styles, look.background, palette) ?? look.background;
  const { color, colorSource } = colorIn(look, dress, palette) ?? look;
  const isSame =
    fontSize === look.fontSize &&
    mobileFontSize === look.mobileFontSize &&
    isBold === look.isBold &&
    isHidden === look.isHidden &&
    opacity === look.opacity &&
    background === look.background &&
    color === look.color &&
    colorSource === look.colorSource;
  if (isSame) return look;
  const { linkColor } = look;
  return { color, colorSource, background, opacity, fontSize, mobileFontSize, isBold, isHidden, linkColor };
}

function opacityOf(value: string): number {
  const opacity = Number.parseFloat(value);
  return opacity >= 0 && opacity < 1 ? opacity : 1;
}

function sizeIn({ tag, styles }: Dress, parent: number): number | undefined {
  const own = styles["font-size"];
  const share = Object.hasOwn(tagSizes, tag) ? tagSizes[tag] : undefined;
  return (own === undefined ? undefined : fontPixels(own, parent)) ?? (share && share * parent);
}

function mobileSizeIn(dress: Dress, parent: number): number | undefined {
  const { mobileSize } = dress;
  return (mobileSize === undefined ? undefined : fontPixels(mobileSize, parent)) ?? sizeIn(dress, parent);
}

function isConcealed(styles: Declarations): boolean {
  return (
    styles.display === "none" ||
    styles.visibility === "hidden" ||
    styles["mso-hide"] === "all" ||
    (styles["font-size"]?.startsWith("0") === true && /^0(px|%|em)?$/.test(styles["font-size"]))
  );
}

const nothing: ReadonlySet<string> = new Set(["", "none", "transparent", "inherit", "initial", "unset", "revert"]);

function backgroundIn(styles: Declarations, below: Paint, palette: Palette): Paint | undefined {
  const { background = "" } = styles;
  if (background === "" && styles["background-color"] === undefined && styles["background-image"] === undefined)
    return undefined;
  const shorthand = /url\s*\(|gradient\s*\(/i.test(background) ? "unknown" : background;
  const color = styles["background-color"] ?? shorthand;
  const image = (styles["background-image"] ?? "").toLowerCase();
  // A picture lies over the colour of its own element: nobody can say how light it is.
  if (!nothing.has(image) || shorthand === "unknown") return "unknown";
  if (nothing.has(color.toLowerCase())) return undefined;
  const top = palette.find(color);
  if (!top) return "unknown";
  if (below === "unknown") return (top.alpha ?? 1) === 1 ? top : "unknown";
  return over(top, below);
}

function colorIn(look: Look, dress: Dress, palette: Palette): Pick<Look, "color" | "colorSource"> | undefined {
  const named = dress.styles.color?.toLowerCase();
  if (named === "inherit" || named === "currentcolor") return undefined;
  if (named !== undefined && named !== "") {
    return { color: palette.find(named) ?? "unknown", colorSource: dress.isInline ? "inline" : "default" };
  }
  if (!dress.isLink) return undefined;
  return { color: palette.find(look.linkColor) ?? "unknown", colorSource: "link" };
}

/** The colours people see: both opaque. Undefined when one of them can't be told. */
export function visibleColors({ color, background, opacity }: Look): { text: Rgb; background: Rgb } | undefined {
  if (color === "unknown" || background === "unknown") return undefined;
  return { text: over(color, background, opacity), background };
}
