import { mix, type Rgb } from "./color.ts";

/** One sheet of a picture. Rows are painted from the top, each sheet over those before. */
export interface Layer {
  /** Blends into a row of red, green and blue from 0 to 255. */
  paint(row: Float32Array, y: number): void;
}

/** A colour somewhere on the way, from 0 to 1. */
export type Stop = readonly [at: number, color: Rgb];

/** A colour at a place between stops, which are in order. */
export function colorAt(stops: readonly Stop[], at: number): Rgb {
  const next = stops.findIndex(([place]) => place >= at);
  const after = stops[next === -1 ? stops.length - 1 : next];
  const before = stops[Math.max(0, (next === -1 ? stops.length : next) - 1)];
  if (!before || !after) return [255, 255, 255];
  const way = after[0] - before[0];
  return way <= 0 ? after[1] : mix(before[1], after[1], Math.min(1, Math.max(0, (at - before[0]) / way)));
}

/** Fills everything from the top to the bottom of a picture, or from `from` to `to`. */
export function backdrop(stops: readonly Stop[], { from = 0, to }: { from?: number; to: number }): Layer {
  return {
    paint: (row, y) => {
      if (y < from || y >= to) return;
      const [red, green, blue] = colorAt(stops, (y - from) / Math.max(1, to - from - 1));
      for (let at = 0; at < row.length; at += 3) {
        row[at] = red;
        row[at + 1] = green;
        row[at + 2] = blue;
      }
    },
  };
}

/** A gradient at an angle. */
export function slope(stops: readonly Stop[], place: (x: number, y: number) => number): Layer {
  const steps = 512;
  const table = Array.from({ length: steps }, (_, at) => colorAt(stops, at / (steps - 1)));
  return {
    paint: (row, y) => {
      for (let at = 0, x = 0; at < row.length; at += 3, x++) {
        const step = Math.round(Math.min(1, Math.max(0, place(x, y))) * (steps - 1));
        const [red, green, blue] = table[step] ?? [255, 255, 255];
        row[at] = red;
        row[at + 1] = green;
        row[at + 2] = blue;
      }
    },
  };
}

export interface Band {
  /** Where it begins, for each column of pixels. */
  readonly top: Float32Array;
  /** Where it ends; at the bottom of the picture when absent. */
  readonly bottom?: Float32Array;
  readonly color: Rgb;
  /** What the colour becomes `reach` pixels below the highest point. */
  readonly fade?: { readonly color: Rgb; readonly reach: number };
  readonly opacity?: number;
}

/** What lies below a curve: hills, mountains, water, roofs. */
export function band({ top, bottom, color, fade, opacity = 1 }: Band): Layer {
  const highest = top.reduce((least, each) => Math.min(least, each), Number.POSITIVE_INFINITY);
  return {
    paint: (row, y) => {
      if (y + 1 < highest) return;
      const ink = fade ? mix(color, fade.color, Math.min(1, Math.max(0, (y - highest) / fade.reach))) : color;
      for (let x = 0; x < top.length; x++) {
        const covered = clamp(y + 0.5 - (top[x] ?? 0) + 0.5);
        const left = bottom ? clamp((bottom[x] ?? 0) - y) : 1;
        blend(row, x, { ink, share: Math.min(covered, left) * opacity });
      }
    },
  };
}

export interface Shape {
  /** Nothing outside of it is painted. */
  readonly box: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
  /** How far inside a point is, in pixels; negative outside. */
  readonly inside: (x: number, y: number) => number;
  readonly color: Rgb;
  readonly opacity?: number;
}

/** A shape with smooth edges. */
export function shape({ box, inside, color, opacity = 1 }: Shape): Layer {
  const { left, top, right, bottom } = box;
  return {
    paint: (row, y) => {
      const height = Math.min(y + 1, bottom) - Math.max(y, top);
      if (height <= 0) return;
      const end = Math.min(Math.ceil(right), row.length / 3);
      for (let x = Math.max(0, Math.floor(left)); x < end; x++) {
        const width = Math.min(x + 1, right) - Math.max(x, left);
        blend(row, x, { ink: color, share: clamp(inside(x + 0.5, y + 0.5) + 0.5) * width * height * opacity });
      }
    },
  };
}

export interface Round {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly color: Rgb;
  readonly opacity?: number;
}

export function disc({ x, y, radius, ...paint }: Round): Layer {
  const box = { left: x - radius - 1, top: y - radius - 1, right: x + radius + 1, bottom: y + radius + 1 };
  return shape({ box, inside: (px, py) => radius - Math.sqrt((px - x) ** 2 + (py - y) ** 2), ...paint });
}

/** Light around something, weaker outwards. */
export function glow({ x, y, radius, color, opacity = 1 }: Round): Layer {
  return {
    paint: (row, at) => {
      const dy = at - y;
      const half = Math.sqrt(Math.max(0, radius * radius - dy * dy));
      const end = Math.min(Math.ceil(x + half), row.length / 3);
      for (let px = Math.max(0, Math.floor(x - half)); px < end; px++) {
        const rest = Math.max(0, 1 - ((px - x) ** 2 + dy * dy) / (radius * radius));
        blend(row, px, { ink: color, share: rest * rest * rest * opacity });
      }
    },
  };
}

/** A shape with straight edges and no dents; corners in the order of the clock. */
export function polygon(corners: readonly (readonly [number, number])[], color: Rgb): Layer {
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  const edges = corners.map(([x, y], at) => {
    const [nextX, nextY] = corners[(at + 1) % corners.length] ?? [x, y];
    const length = Math.hypot(nextX - x, nextY - y) || 1;
    return { x, y, nx: -(nextY - y) / length, ny: (nextX - x) / length };
  });
  const inside = (px: number, py: number): number =>
    edges.reduce((least, { x, y, nx, ny }) => Math.min(least, (px - x) * nx + (py - y) * ny), Number.POSITIVE_INFINITY);
  const box = { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
  return shape({ box, inside, color });
}

export function rectangle(box: Shape["box"], color: Rgb): Layer {
  return shape({ box, inside: () => 1, color });
}

interface Ink {
  readonly ink: Rgb;
  readonly share: number;
}

function blend(row: Float32Array, x: number, { ink, share }: Ink): void {
  if (share <= 0) return;
  const at = x * 3;
  row[at] = (row[at] ?? 0) + (ink[0] - (row[at] ?? 0)) * share;
  row[at + 1] = (row[at + 1] ?? 0) + (ink[1] - (row[at + 1] ?? 0)) * share;
  row[at + 2] = (row[at + 2] ?? 0) + (ink[2] - (row[at + 2] ?? 0)) * share;
}

function clamp(share: number): number {
  return share < 0 ? 0 : Math.min(share, 1);
}
