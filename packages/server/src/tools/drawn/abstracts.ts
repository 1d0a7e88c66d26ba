import { mix, type Rgb } from "./color.ts";
import { backdrop, band, disc, glow, type Layer, polygon, rectangle, shape, slope } from "./layers.ts";
import { type Scene, type Sheet, unitOf } from "./scene.ts";
import { between, pick, type Seeded } from "./seeded.ts";

/** Tiles of quarter circles, discs, bars and triangles. */
export const tiles: Scene = (sheet) => {
  const { width, height, palette, random } = sheet;
  const across = Math.max(1, Math.round(width / (Math.min(width, height) / 3)));
  const size = width / across;
  const down = Math.ceil(height / size);
  const shift = (height - down * size) / 2;
  const layers: Layer[] = [backdrop([[0, palette.set[0]]], { to: height })];
  let before: Rgb | undefined;
  for (let row = 0; row < down; row++) {
    for (let column = 0; column < across; column++) {
      const [ground, ink] = twoOf(random, palette.set, before);
      before = ground;
      const left = Math.round(column * size);
      const top = Math.round(row * size + shift);
      const tile = { left, top, size: Math.max(1, Math.round((column + 1) * size) - left) };
      layers.push(...drawTile(tile, { ground, ink, random }));
    }
  }
  return layers;
};

/** Large discs over each other. */
export const discs: Scene = (sheet) => {
  const { width, height, palette, random } = sheet;
  const unit = Math.min(width, height);
  const [ground, ...inks] = palette.set;
  const count = Math.round(between(random, 4, 6) * Math.min(2, Math.max(1, Math.max(width, height) / unit / 1.6)));
  return [
    backdrop([[0, ground]], { to: height }),
    ...Array.from({ length: count }, (_, at) => {
      const share = (at + 0.5) / count;
      const along = share + between(random, -0.06, 0.06);
      const beside = between(random, 0.22, 0.78);
      const [x, y] = width >= height ? [along * width, beside * height] : [beside * width, along * height];
      const ink = inks[at % inks.length] ?? ground;
      return disc({ x, y, radius: unit * between(random, 0.16, 0.38), color: ink, opacity: 0.86 });
    }),
    ring(sheet, inks[2] ?? ground),
  ];
};

/** A soft change of colours at an angle, with light in it. */
export const gradient: Scene = (sheet) => {
  const { width, height, palette, random } = sheet;
  const angle = between(random, 0.25, 1.2) * (random() < 0.5 ? 1 : -1);
  const [dx, dy] = [Math.cos(angle), Math.sin(angle)];
  const reach = Math.abs(dx) * width + Math.abs(dy) * height;
  const [, first, second, third] = palette.set;
  const stops = [
    [0, first],
    [0.5, mix(second, first, 0.3)],
    [1, third],
  ] as const;
  const middle = (x: number, y: number): number => ((x - width / 2) * dx + (y - height / 2) * dy) / reach + 0.5;
  const spot = Math.max(width, height) * 0.6;
  return [
    slope(stops, middle),
    glow({ x: width * random(), y: height * between(random, 0, 0.4), radius: spot, color: palette.sun, opacity: 0.5 }),
    glow({
      x: width * random(),
      y: height * between(random, 0.7, 1.1),
      radius: spot,
      color: palette.set[1],
      opacity: 0.7,
    }),
  ];
};

/** Sheets of paper with waved edges, one colour after the other. */
export const papers: Scene = (sheet) => {
  const { width, height, palette, random } = sheet;
  const [ground, first, second, third] = palette.set;
  const last = palette.near;
  const unit = unitOf(sheet);
  const colors = [first, second, mix(second, third, 0.5), third, mix(third, last, 0.5), last];
  const lean = between(random, -0.3, 0.3);
  return [
    backdrop(
      [
        [0, mix(ground, [255, 255, 255], 0.3)],
        [1, ground],
      ],
      { to: height },
    ),
    ...colors.flatMap((color, at) => {
      const [turn, step] = [random() * 6.3, (Math.PI * 2) / (unit * between(random, 1.1, 1.9))];
      const level = height * (0.2 + (0.72 * at) / (colors.length - 1));
      const top = Float32Array.from(
        { length: width },
        (_, x) => level + unit * 0.1 * Math.sin(x * step + turn) + (x / width - 0.5) * unit * lean,
      );
      // The shadow the sheet throws on the one behind it.
      return [band({ top: top.map((y) => y - unit * 0.012), color: palette.near, opacity: 0.1 }), band({ top, color })];
    }),
  ];
};

interface Point {
  readonly x: number;
  readonly y: number;
}

interface Tile {
  readonly left: number;
  readonly top: number;
  readonly size: number;
}

interface TilePaint {
  readonly ground: Rgb;
  readonly ink: Rgb;
  readonly random: Seeded;
}

function drawTile({ left, top, size }: Tile, { ground, ink, random }: TilePaint): readonly Layer[] {
  const box = { left, top, right: left + size, bottom: top + size };
  const [middleX, middleY] = [left + size / 2, top + size / 2];
  const quarter = ({ x, y }: Point, radius: number, color: Rgb): Layer =>
    shape({ box, inside: (px, py) => radius - Math.sqrt((px - x) ** 2 + (py - y) ** 2), color });
  const corner = { x: left + (random() < 0.5 ? 0 : size), y: top + (random() < 0.5 ? 0 : size) };
  const drawings: readonly [() => readonly Layer[], ...(() => readonly Layer[])[]] = [
    () => [quarter(corner, size, ink)],
    () => [quarter(corner, size, ink), quarter(corner, size * 0.5, ground)],
    () => [quarter({ x: left, y: top }, size / 2, ink), quarter({ x: left + size, y: top + size }, size / 2, ink)],
    () => [disc({ x: middleX, y: middleY, radius: size * 0.32, color: ink })],
    () => [quarter({ x: middleX, y: corner.y }, size / 2, ink)],
    () => [
      polygon(
        [
          [left, top],
          [left + size, top],
          [corner.x, top + size],
        ],
        ink,
      ),
    ],
    () => [rectangle({ ...box, top: middleY }, ink)],
  ];
  // A little over the edge: the next tiles cover it, and no seam shows between two of them.
  const whole = { ...box, right: box.right + 1, bottom: box.bottom + 1 };
  return [rectangle(whole, ground), ...pick(random, drawings)()];
}

/** Two different colours, the first not that of the tile before. */
function twoOf(random: Seeded, set: readonly Rgb[], before: Rgb | undefined): readonly [Rgb, Rgb] {
  const grounds = set.filter((color) => color !== before);
  const ground = grounds[Math.floor(random() * grounds.length)] ?? [255, 255, 255];
  const inks = set.filter((color) => color !== ground);
  return [ground, inks[Math.floor(random() * inks.length)] ?? [0, 0, 0]];
}

function ring(sheet: Sheet, color: Rgb): Layer {
  const { width, height, random } = sheet;
  const radius = Math.min(width, height) * between(random, 0.18, 0.3);
  const thick = radius * 0.09;
  const [x, y] = [width * between(random, 0.25, 0.75), height * between(random, 0.3, 0.7)];
  const reach = radius + thick + 1;
  return shape({
    box: { left: x - reach, top: y - reach, right: x + reach, bottom: y + reach },
    inside: (px, py) => thick - Math.abs(Math.sqrt((px - x) ** 2 + (py - y) ** 2) - radius),
    color,
  });
}
