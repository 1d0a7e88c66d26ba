import { discs, gradient, papers, tiles } from "./abstracts.ts";
import { city, forest, hills, mountains, sea } from "./landscapes.ts";
import { paletteOf, type Tone } from "./palette.ts";
import { encodePng } from "./png.ts";
import type { Scene } from "./scene.ts";
import { seeded } from "./seeded.ts";

const scenes = { hills, mountains, sea, city, forest, tiles, discs, gradient, papers } satisfies Record<string, Scene>;

/** What can be drawn. */
export type SceneName = keyof typeof scenes;

/** Everything a picture depends on: the same words, the same picture. */
export interface Picture {
  readonly scene: SceneName;
  readonly tone: Tone;
  readonly width: number;
  readonly height: number;
  /** 32 bits. */
  readonly seed: number;
}

export function isScene(name: string): name is SceneName {
  return Object.hasOwn(scenes, name);
}

/** Pixels painted before others get their turn: about two milliseconds. */
const slice = 40_000;

/** The picture as a PNG. Draws in slices, so that nobody waits for it who does not want it. */
export async function drawPicture({ scene, tone, width, height, seed }: Picture): Promise<Buffer> {
  const palette = paletteOf(tone) ?? paletteOf("day");
  if (!palette) throw new Error("There is no palette.");
  const layers = scenes[scene]({ width, height, palette, random: seeded(seed) });
  const rgb = new Uint8Array(width * height * 3);
  const row = new Float32Array(width * 3);
  const rowsAtOnce = Math.max(1, Math.floor(slice / width));
  for (let y = 0; y < height; y++) {
    if (y % rowsAtOnce === rowsAtOnce - 1) await new Promise((resolve) => setImmediate(resolve));
    row.fill(255);
    for (const layer of layers) layer.paint(row, y);
    const start = y * row.length;
    for (let at = 0; at < row.length; at++) rgb[start + at] = Math.round(row[at] ?? 0);
  }
  return encodePng({ width, height, rgb });
}
