import { mix, type Rgb } from "./color.ts";
import { backdrop, disc, glow, type Layer } from "./layers.ts";
import type { Palette } from "./palette.ts";
import { between, type Seeded } from "./seeded.ts";

/** What a picture is drawn on and with. */
export interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly palette: Palette;
  readonly random: Seeded;
}

/** Draws one kind of picture, from the back to the front. */
export type Scene = (sheet: Sheet) => readonly Layer[];

/** The measure of things: pictures of all shapes show hills of the same steepness. */
export function unitOf({ width, height }: Sheet): number {
  return Math.min(height, width * 1.5);
}

/** The sky down to the horizon, with sun or moon, and stars in the dark. `horizon` and `sunAt` are shares of the height. */
export function skyOf(sheet: Sheet, { horizon, sunAt }: { horizon: number; sunAt: number }): readonly Layer[] {
  const { width, height, palette, random } = sheet;
  const sun = {
    x: width * between(random, 0.24, 0.76),
    y: height * sunAt,
    radius: unitOf(sheet) * between(random, 0.075, 0.105),
    color: palette.sun,
  };
  return [
    backdrop(palette.sky, { to: Math.ceil(height * horizon) }),
    backdrop([[0, lastOf(palette)]], { from: Math.ceil(height * horizon), to: height }),
    ...(palette.isDark ? stars(sheet, horizon * 0.7) : []),
    glow({ ...sun, radius: sun.radius * 4.5, opacity: 0.42 }),
    disc(sun),
  ];
}

/** The colour of something at a distance, from 0 (far) to 1 (near). */
export function distance({ far, near }: Palette, share: number): Rgb {
  return mix(far, near, share);
}

/** The same of what is no meadow: water and walls take their colour from the sky. */
export function coolDistance(palette: Palette, share: number): Rgb {
  const top = palette.sky[0]?.[1] ?? palette.near;
  return mix(distance(palette, share), mix(top, palette.near, 0.25 + 0.35 * share), 0.6);
}

function lastOf({ sky, far }: Palette): Rgb {
  return sky.at(-1)?.[1] ?? far;
}

function stars(sheet: Sheet, depth: number): readonly Layer[] {
  const { width, height, palette, random } = sheet;
  const unit = unitOf(sheet);
  const count = Math.min(90, Math.round((36 * width) / height));
  return Array.from({ length: count }, () =>
    disc({
      x: width * random(),
      y: height * depth * random() ** 1.6,
      radius: Math.max(0.6, unit * between(random, 0.0012, 0.0032)),
      color: palette.sun,
      opacity: between(random, 0.25, 0.8),
    }),
  );
}
