import {
  modeHsl,
  modeHwb,
  modeLab,
  modeLch,
  modeLrgb,
  modeOklab,
  modeOklch,
  modeRgb,
  modeXyz50,
  modeXyz65,
  parse,
  type Rgb,
  useMode,
  wcagContrast,
  wcagLuminance,
} from "culori/fn";

// Only the notations that style sheets use: the library has many more, which would all be sent to browsers.
const rgb = useMode(modeRgb);
for (const mode of [modeLrgb, modeHsl, modeHwb, modeXyz50, modeXyz65, modeLab, modeLch, modeOklab, modeOklch])
  useMode(mode);

/** A colour on the screen: opaque, or unknown because no one can tell before the e-mail is sent or drawn. */
export type Paint = Rgb | "unknown";

export const white: Rgb = { mode: "rgb", r: 1, g: 1, b: 1 };
export const black: Rgb = { mode: "rgb", r: 0, g: 0, b: 0 };

/** Reads colours once each: a template repeats a handful of them. */
export class Palette {
  readonly #read = new Map<string, Rgb | undefined>();
  readonly #contrasts = new Map<Rgb, Map<Rgb, number>>();

  /** The colour a CSS value names, with its alpha; undefined when it names none. */
  find(value: string): Rgb | undefined {
    if (this.#read.has(value)) return this.#read.get(value);
    const color = colorOf(value);
    this.#read.set(value, color);
    return color;
  }

  /** Contrast of two opaque colours as WCAG counts it, 1 to 21. */
  contrast(text: Rgb, background: Rgb): number {
    const ofText = this.#contrasts.get(text) ?? new Map<Rgb, number>();
    this.#contrasts.set(text, ofText);
    const contrast = ofText.get(background) ?? wcagContrast(text, background);
    ofText.set(background, contrast);
    return contrast;
  }
}

/** Longer than any colour in any notation; what is longer is not read. */
const longestColor = 64;

function colorOf(value: string): Rgb | undefined {
  if (value.length > longestColor) return undefined;
  const text = value.trim().toLowerCase();
  const color = rgb(parse(text));
  return color && [color.r, color.g, color.b].every(Number.isFinite) ? inGamut(color) : undefined;
}

const unit = (channel: number): number => Math.min(1, Math.max(0, channel));

function inGamut({ r, g, b, alpha = 1 }: Rgb): Rgb {
  return { mode: "rgb", r: unit(r), g: unit(g), b: unit(b), alpha: unit(alpha) };
}

/** A colour painted over an opaque one. */
export function over(top: Rgb, bottom: Rgb, opacity = 1): Rgb {
  const alpha = (top.alpha ?? 1) * opacity;
  if (alpha === 1) return top;
  const mix = (a: number, b: number): number => a * alpha + b * (1 - alpha);
  return { mode: "rgb", r: mix(top.r, bottom.r), g: mix(top.g, bottom.g), b: mix(top.b, bottom.b) };
}

/** `#rrggbb`. */
export function hex({ r, g, b }: Rgb): string {
  const pair = (channel: number): string =>
    Math.round(channel * 255)
      .toString(16)
      .padStart(2, "0");
  return `#${pair(r)}${pair(g)}${pair(b)}`;
}

/**
 * The colour nearest to this one that reads well with the other. It stays on its side, the darker or the lighter one, unless
 * `mayFlip`; undefined when nothing on that side would do.
 */
export function readableColor(
  color: Rgb,
  other: Rgb,
  { wanted, mayFlip }: { readonly wanted: number; readonly mayFlip: boolean },
): string | undefined {
  const ends = luminanceOrder(color, other);
  const end = (mayFlip ? ends : ends.slice(0, 1)).find((each) => wcagContrast(each, other) >= wanted);
  if (!end) return undefined;
  let [low, high] = [0, 1];
  for (let step = 0; step < 8; step++) {
    const middle = (low + high) / 2;
    if (wcagContrast(rounded(mixed(color, end, middle)), other) >= wanted) high = middle;
    else low = middle;
  }
  return hex(mixed(color, end, high));
}

/** Where to move a colour away from another: first on towards the end it is nearer to. */
function luminanceOrder(color: Rgb, other: Rgb): readonly Rgb[] {
  return wcagLuminance(color) <= wcagLuminance(other) ? [black, white] : [white, black];
}

function mixed(from: Rgb, to: Rgb, share: number): Rgb {
  return over({ ...to, alpha: share }, from);
}

/** As it will be written: rounding may cost the last hundredth of contrast. */
function rounded(color: Rgb): Rgb {
  const step = (channel: number): number => Math.round(channel * 255) / 255;
  return { mode: "rgb", r: step(color.r), g: step(color.g), b: step(color.b) };
}
