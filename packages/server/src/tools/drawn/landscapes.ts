import { mix, type Rgb } from "./color.ts";
import { backdrop, band, type Layer, polygon, rectangle, shape } from "./layers.ts";
import { coolDistance, distance, type Scene, type Sheet, skyOf, unitOf } from "./scene.ts";
import { between, pick, type Seeded } from "./seeded.ts";

export const hills: Scene = (sheet) => {
  const { height, palette } = sheet;
  const sheets = 5;
  return [
    ...skyOf(sheet, { horizon: 0.8, sunAt: between(sheet.random, 0.26, 0.4) }),
    ...Array.from({ length: sheets }, (_, at) => {
      const share = at / (sheets - 1);
      const color = distance(palette, share);
      const top = waves(sheet, { level: 0.47 + 0.4 * share, swing: 0.055 + 0.03 * share, length: 1.5 - 0.3 * share });
      return band({ top, color, fade: { color: mix(color, palette.near, 0.35), reach: height * 0.35 } });
    }),
  ];
};

export const mountains: Scene = (sheet) => {
  const { height, palette, random } = sheet;
  const snow = palette.isDark ? mix(palette.far, palette.sun, 0.55) : mix(palette.sun, [255, 255, 255], 0.6);
  const layers: Layer[] = [...skyOf(sheet, { horizon: 0.8, sunAt: between(random, 0.2, 0.32) })];
  for (const share of [0, 0.32]) {
    const top = peaks(sheet, { level: 0.6 + 0.2 * share, rise: 0.34 - 0.16 * share });
    const color = distance(palette, 0.12 + share);
    layers.push(band({ top, color, fade: { color: mix(color, palette.far, 0.4), reach: height * 0.4 } }));
    layers.push(band({ top, bottom: snowLine(sheet, top, 0.4 + 0.22 * share), color: snow, opacity: 0.92 }));
  }
  for (const share of [0.62, 0.82, 1]) {
    const top = waves(sheet, { level: 0.36 + 0.52 * share, swing: 0.045, length: 1.2 });
    layers.push(band({ top, color: distance(palette, share) }));
  }
  return layers;
};

export const sea: Scene = (sheet) => {
  const { width, height, palette, random } = sheet;
  const horizon = between(random, 0.52, 0.6);
  const sunAt = horizon - between(random, 0.08, 0.2);
  const water = coolDistance(palette, 0.3);
  const deep = coolDistance(palette, 0.75);
  const layers: Layer[] = [...skyOf(sheet, { horizon, sunAt })];
  layers.push(islands(sheet, horizon, mix(palette.far, palette.near, 0.18)));
  layers.push(
    backdrop(
      [
        [0, mix(water, palette.sky.at(-1)?.[1] ?? water, 0.35)],
        [0.35, water],
        [1, deep],
      ],
      { from: Math.round(height * horizon), to: height },
    ),
  );
  for (let at = 0; at < 26; at++) {
    const depth = random() ** 1.5;
    const y = height * (horizon + 0.02 + depth * (0.94 - horizon));
    const thick = Math.max(1, height * (0.002 + 0.006 * depth));
    const long = unitOf(sheet) * between(random, 0.05, 0.2) * (0.4 + depth);
    layers.push(ripple({ x: width * random(), y, thick, long }, mix(palette.sun, water, 0.45)));
  }
  layers.push(...sail(sheet, horizon));
  const top = waves(sheet, { level: 0.92, swing: 0.03, length: 1.8 });
  layers.push(band({ top, color: palette.near }));
  return layers;
};

export const city: Scene = (sheet) => {
  const { palette, random } = sheet;
  const layers: Layer[] = [...skyOf(sheet, { horizon: 0.85, sunAt: between(random, 0.3, 0.46) })];
  for (const share of [0.1, 0.45, 0.85]) {
    const color = coolDistance(palette, share);
    layers.push(...houses(sheet, { level: 0.58 + 0.3 * share, rise: 0.34 - 0.08 * share, color, share }));
  }
  return layers;
};

export const forest: Scene = (sheet) => {
  const { palette, random } = sheet;
  const layers: Layer[] = [...skyOf(sheet, { horizon: 0.8, sunAt: between(random, 0.24, 0.36) })];
  layers.push(band({ top: waves(sheet, { level: 0.5, swing: 0.07, length: 1.6 }), color: distance(palette, 0.05) }));
  for (const share of [0.25, 0.5, 0.75, 1]) {
    const ground = waves(sheet, { level: 0.56 + 0.34 * share, swing: 0.05, length: 1.4 });
    const top = spruces(sheet, ground, 0.09 + 0.13 * share);
    const color = distance(palette, share);
    layers.push(band({ top, color, fade: { color: mix(color, palette.near, 0.3), reach: sheet.height * 0.5 } }));
  }
  return layers;
};

interface Curve {
  /** Shares of the height; `length` is that of a wave. */
  readonly level: number;
  readonly swing: number;
  readonly length: number;
}

function waves(sheet: Sheet, { level, swing, length }: Curve): Float32Array {
  const { width, height, random } = sheet;
  const unit = unitOf(sheet);
  const parts = [1, 0.45, 0.2].map((share, at) => ({
    share,
    turn: random() * Math.PI * 2,
    step: ((Math.PI * 2) / (unit * length)) * (at + 1) * between(random, 0.85, 1.15),
  }));
  return Float32Array.from({ length: width }, (_, x) => {
    const sum = parts.reduce((total, { share, turn, step }) => total + share * Math.sin(x * step + turn), 0);
    return height * level + sum * unit * swing * 0.75;
  });
}

/** Straight slopes between peaks and passes, roughened. */
function peaks(sheet: Sheet, { level, rise }: { level: number; rise: number }): Float32Array {
  const { width, height, random } = sheet;
  const unit = unitOf(sheet);
  const corners: [number, number][] = [];
  for (let x = -unit * random() * 0.5, up = true; x < width + unit; up = !up) {
    const high = up ? between(random, 0.6, 1) : between(random, 0.1, 0.32);
    corners.push([x, height * level - unit * rise * high]);
    x += unit * between(random, 0.14, 0.34);
  }
  const rough = roughness(random, unit);
  return alongCorners(corners, width).map((y, x) => y + rough(x) * unit * 0.011);
}

function roughness(random: Seeded, unit: number): (x: number) => number {
  const size = Math.max(2, unit / 36);
  const steps = Array.from({ length: 997 }, () => random() * 2 - 1);
  return (x) => {
    const place = x / size;
    const at = Math.floor(place);
    const [left, right] = [steps[at % steps.length] ?? 0, steps[(at + 1) % steps.length] ?? 0];
    return left + (right - left) * (place - at);
  };
}

function alongCorners(corners: readonly (readonly [number, number])[], width: number): Float32Array {
  let at = 0;
  return Float32Array.from({ length: width }, (_, x) => {
    while (at < corners.length - 2 && (corners[at + 1]?.[0] ?? 0) < x) at += 1;
    const [left, right] = [corners[at] ?? [0, 0], corners[at + 1] ?? [1, 0]];
    return left[1] + ((right[1] - left[1]) * (x - left[0])) / Math.max(1, right[0] - left[0]);
  });
}

/** Where snow ends: in teeth, at about the same height everywhere. */
function snowLine(sheet: Sheet, top: Float32Array, level: number): Float32Array {
  const unit = unitOf(sheet);
  const teeth = roughness(sheet.random, unit * 1.4);
  return top.map((y, x) => Math.max(y, sheet.height * level + teeth(x) * unit * 0.035));
}

function islands(sheet: Sheet, horizon: number, color: Rgb): Layer {
  const top = waves(sheet, { level: horizon + 0.012, swing: 0.05, length: 2.2 });
  const bottom = new Float32Array(sheet.width).fill(sheet.height * horizon);
  return band({ top, bottom, color });
}

interface Ripple {
  readonly x: number;
  readonly y: number;
  readonly thick: number;
  readonly long: number;
}

function ripple({ x, y, thick, long }: Ripple, color: Rgb): Layer {
  const box = { left: x - long / 2, right: x + long / 2, top: y - thick / 2, bottom: y + thick / 2 + 1 };
  const inside = (px: number, py: number): number =>
    (thick / 2) * (1 - Math.abs((px - x) / (long / 2)) ** 2) - Math.abs(py - y);
  return shape({ box, inside, color, opacity: 0.5 });
}

function sail(sheet: Sheet, horizon: number): readonly Layer[] {
  const { width, height, palette, random } = sheet;
  const size = unitOf(sheet) * between(random, 0.09, 0.13);
  const [x, y] = [width * pick(random, [0.2, 0.3, 0.7, 0.8]), height * (horizon + 0.1)];
  const white = mix(palette.sun, [255, 255, 255], 0.5);
  return [
    polygon(
      [
        [x + size * 0.04, y - size * 1.15],
        [x + size * 0.62, y - size * 0.14],
        [x + size * 0.04, y - size * 0.14],
      ],
      white,
    ),
    polygon(
      [
        [x - size * 0.04, y - size * 0.95],
        [x - size * 0.04, y - size * 0.14],
        [x - size * 0.42, y - size * 0.14],
      ],
      mix(white, palette.far, 0.35),
    ),
    polygon(
      [
        [x - size * 0.55, y - size * 0.08],
        [x + size * 0.66, y - size * 0.08],
        [x + size * 0.48, y + size * 0.12],
        [x - size * 0.4, y + size * 0.12],
      ],
      palette.near,
    ),
  ];
}

interface Row {
  readonly level: number;
  readonly rise: number;
  readonly color: Rgb;
  /** Lights are seen in what is near. */
  readonly share: number;
}

function houses(sheet: Sheet, { level, rise, color, share }: Row): readonly Layer[] {
  const { width, height, palette, random } = sheet;
  const unit = unitOf(sheet);
  const layers: Layer[] = [];
  for (let x = -unit * 0.05 * random(); x < width; ) {
    const wide = Math.round(unit * between(random, 0.075, 0.16));
    const top = Math.round(height * level - unit * rise * random() ** 1.4);
    const right = Math.round(x) + wide;
    layers.push(rectangle({ left: Math.round(x), top, right, bottom: height }, color));
    if (random() < 0.25) layers.push(mast({ x: x + wide / 2, top, size: unit * 0.06 }, color));
    if (share > 0.3)
      layers.push(
        ...windows(sheet, { left: Math.round(x), top, wide }, mix(color, palette.set[1], 0.25 + 0.5 * share)),
      );
    x = right + (random() < 0.3 ? unit * 0.012 : 0);
  }
  return layers;
}

function mast({ x, top, size }: { x: number; top: number; size: number }, color: Rgb): Layer {
  const half = Math.max(1, size * 0.04);
  return rectangle({ left: x - half, right: x + half, top: top - size, bottom: top + 1 }, color);
}

interface House {
  readonly left: number;
  readonly top: number;
  readonly wide: number;
}

function windows(sheet: Sheet, { left, top, wide }: House, light: Rgb): readonly Layer[] {
  const { height, random } = sheet;
  const columns = pick(random, [3, 4, 5]);
  const size = wide / (columns * 2 + 1);
  const layers: Layer[] = [];
  const bottom = Math.min(height, top + unitOf(sheet) * 0.42);
  for (let y = top + size * 1.4; y + size * 1.3 < bottom; y += size * 2.4) {
    for (let column = 0; column < columns; column++) {
      if (random() < 0.5) continue;
      const x = left + size * (column * 2 + 1);
      layers.push(rectangle({ left: x, right: x + size, top: y, bottom: y + size * 1.3 }, light));
    }
  }
  return layers;
}

/** Treetops over a ground. */
function spruces(sheet: Sheet, ground: Float32Array, size: number): Float32Array {
  const { width, random } = sheet;
  const unit = unitOf(sheet);
  const top = ground.slice();
  const step = unit * size * 0.34;
  for (let middle = -step; middle < width + step; middle += step * between(random, 0.55, 1.5)) {
    const tall = unit * size * between(random, 0.6, 1.1);
    const foot = ground[Math.min(width - 1, Math.max(0, Math.round(middle)))] ?? 0;
    const half = tall * 0.24;
    for (let x = Math.max(0, Math.floor(middle - half)); x < Math.min(width, middle + half); x++) {
      top[x] = Math.min(top[x] ?? 0, foot - spruceHeight(Math.abs(x - middle) / half) * tall);
    }
  }
  return top;
}

/** How high a spruce is at a distance from its stem, both from 0 to 1: three skirts over each other. */
function spruceHeight(away: number): number {
  const skirts = [
    { wide: 1, from: 0.12, to: 0.62 },
    { wide: 0.72, from: 0.34, to: 0.82 },
    { wide: 0.44, from: 0.58, to: 1 },
  ];
  return skirts.reduce(
    (high, { wide, from, to }) => (away < wide ? Math.max(high, from + (to - from) * (1 - away / wide)) : high),
    0,
  );
}
