/** Red, green and blue from 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** Lightness from 0 to 1, chroma from 0 to about 0.35, hue in degrees: equal steps look equal. */
export interface Oklch {
  readonly lightness: number;
  readonly chroma: number;
  readonly hue: number;
}

type Triple = readonly [number, number, number];

/** The colour; where screens can't show so much chroma, with less of it. */
export function fromOklch({ lightness, chroma, hue }: Oklch): Rgb {
  const angle = (hue * Math.PI) / 180;
  for (let tried = chroma; tried > 0.002; tried *= 0.92) {
    const linear = linearOf([lightness, tried * Math.cos(angle), tried * Math.sin(angle)]);
    if (linear.every((part) => part >= -0.0005 && part <= 1.0005)) return toRgb(linear);
  }
  return toRgb(linearOf([lightness, 0, 0]));
}

export function toOklch(color: Rgb): Oklch {
  const [lightness, a, b] = labOf(color);
  return { lightness, chroma: Math.hypot(a, b), hue: ((Math.atan2(b, a) * 180) / Math.PI + 360) % 360 };
}

/** The colour that lies between two, as the eye sees it. `share` of 1 is `to`. */
export function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const [first, second] = [labOf(from), labOf(to)];
  const part = (at: 0 | 1 | 2): number => first[at] + (second[at] - first[at]) * share;
  return toRgb(linearOf([part(0), part(1), part(2)]));
}

/** `#rrggbb` or `rrggbb`. Undefined for anything else. */
export function parseHex(text: string): Rgb | undefined {
  const digits = /^#?([\da-f]{6})$/i.exec(text)?.[1];
  if (digits === undefined) return undefined;
  const part = (at: number): number => Number.parseInt(digits.slice(at, at + 2), 16);
  return [part(0), part(2), part(4)];
}

// The matrices are those of OKLab's definition.
function linearOf([lightness, a, b]: Triple): Triple {
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ];
}

function labOf(color: Rgb): Triple {
  const [red, green, blue] = [linear(color[0]), linear(color[1]), linear(color[2])];
  const long = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const medium = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const short = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return [
    0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short,
    1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short,
    0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short,
  ];
}

function linear(part: number): number {
  const share = part / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

function toRgb([red, green, blue]: Triple): Rgb {
  return [encoded(red), encoded(green), encoded(blue)];
}

function encoded(part: number): number {
  const share = Math.min(1, Math.max(0, part));
  return 255 * (share <= 0.0031308 ? share * 12.92 : 1.055 * share ** (1 / 2.4) - 0.055);
}
