import { fromOklch, mix, parseHex, type Rgb, toOklch } from "./color.ts";
import type { Stop } from "./layers.ts";

/** The light a picture is drawn in. */
export const lights = ["dawn", "day", "dusk", "night"] as const;
export type Light = (typeof lights)[number];

/** Where the colours of a picture come from: a light, or a colour as `rrggbb`. */
export type Tone = Light | (string & {});

export interface Palette {
  readonly isDark: boolean;
  readonly sky: readonly Stop[];
  readonly sun: Rgb;
  /** What is farthest away, and what is nearest. */
  readonly far: Rgb;
  readonly near: Rgb;
  /** Five colours that go together, for shapes; the first is a ground. */
  readonly set: readonly [Rgb, Rgb, Rgb, Rgb, Rgb];
}

const ink = (lightness: number, chroma: number, hue: number): Rgb => fromOklch({ lightness, chroma, hue });

const palettes: Readonly<Record<Light, Palette>> = {
  dawn: {
    isDark: false,
    sky: [
      [0, ink(0.8, 0.075, 255)],
      [0.55, ink(0.9, 0.05, 340)],
      [1, ink(0.94, 0.065, 70)],
    ],
    sun: ink(0.97, 0.05, 85),
    far: ink(0.8, 0.06, 300),
    near: ink(0.4, 0.075, 265),
    set: [ink(0.95, 0.02, 70), ink(0.8, 0.1, 45), ink(0.72, 0.12, 15), ink(0.62, 0.1, 285), ink(0.4, 0.09, 270)],
  },
  day: {
    isDark: false,
    sky: [
      [0, ink(0.76, 0.1, 235)],
      [1, ink(0.95, 0.035, 205)],
    ],
    sun: ink(0.96, 0.1, 95),
    far: ink(0.82, 0.06, 185),
    near: ink(0.42, 0.085, 155),
    set: [ink(0.96, 0.018, 95), ink(0.85, 0.14, 90), ink(0.7, 0.11, 195), ink(0.6, 0.11, 160), ink(0.38, 0.07, 215)],
  },
  dusk: {
    isDark: true,
    sky: [
      [0, ink(0.4, 0.1, 290)],
      [0.45, ink(0.62, 0.15, 15)],
      [0.8, ink(0.8, 0.13, 60)],
      [1, ink(0.9, 0.1, 85)],
    ],
    sun: ink(0.95, 0.1, 85),
    far: ink(0.62, 0.12, 15),
    near: ink(0.23, 0.065, 295),
    set: [ink(0.93, 0.035, 75), ink(0.8, 0.13, 70), ink(0.66, 0.17, 35), ink(0.5, 0.15, 5), ink(0.3, 0.09, 300)],
  },
  night: {
    isDark: true,
    sky: [
      [0, ink(0.2, 0.06, 275)],
      [0.7, ink(0.36, 0.085, 270)],
      [1, ink(0.5, 0.085, 250)],
    ],
    sun: ink(0.95, 0.03, 95),
    far: ink(0.42, 0.08, 265),
    near: ink(0.15, 0.04, 275),
    set: [ink(0.24, 0.055, 275), ink(0.86, 0.09, 90), ink(0.62, 0.12, 280), ink(0.5, 0.11, 235), ink(0.4, 0.1, 300)],
  },
};

/** Undefined for what is no tone. */
export function paletteOf(tone: Tone): Palette | undefined {
  if (Object.hasOwn(palettes, tone)) return palettes[lights.find((light) => light === tone) ?? "day"];
  const color = parseHex(tone);
  return color && fromColor(color);
}

/** Everything in shades of one colour, with one warm or cool accent across from it. */
function fromColor(color: Rgb): Palette {
  const { lightness, chroma, hue } = toOklch(color);
  const isDark = lightness < 0.35;
  const tint = Math.min(chroma, 0.16);
  const shade = (at: number, share: number): Rgb => ink(at, tint * share, hue);
  const accent = ink(isDark ? 0.82 : 0.9, Math.min(0.11, tint), hue + 150);
  const [top, low, far, near] = isDark ? [0.2, 0.46, 0.4, 0.14] : [0.78, 0.96, 0.82, 0.4];
  return {
    isDark,
    sky: [
      [0, shade(top, 0.8)],
      [1, shade(low, 0.3)],
    ],
    sun: mix(ink(0.985, 0, 0), color, 0.08),
    far: shade(far, 0.7),
    near: shade(near, 0.9),
    set: [shade(isDark ? 0.22 : 0.96, 0.2), color, shade(0.76, 0.8), shade(0.5, 1), accent],
  };
}
