import type { Actor } from "@waggle/contract";

/** 0 is the honey of the person at this editor; 1 to 8 are the actor colours of the style sheet. */
export type ActorColor = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** The fills behind the classes `a1` to `a8`, in OKLab: what a colour given by a host is matched against. */
const palette: readonly (readonly [color: ActorColor, hex: string])[] = [
  [6, "#6d22b5"],
  [5, "#089eb7"],
  [2, "#b7260b"],
  [3, "#0f6947"],
  [1, "#3a57f7"],
  [4, "#925489"],
  [8, "#374252"],
  [7, "#a48270"],
];

/**
 * Gives every participant one of the eight colours and keeps it for as long as the editor lives, so that the history
 * still shows who left. The nearest free colour to the one asked for; without one, in an order that tells them apart best.
 */
export class ActorColors {
  readonly #given = new Map<string, ActorColor>();
  // A person gets another id in every room; all of them stay "you" in the history.
  readonly #self = new Set<string>();

  /** This id is the person at this editor: shown in honey. */
  addSelf(actorId: string): void {
    this.#self.add(actorId);
  }

  isSelf(actorId: string): boolean {
    return this.#self.has(actorId);
  }

  colorOf(actor: Pick<Actor, "id">, wanted?: string): ActorColor {
    if (this.isSelf(actor.id)) return 0;
    const known = this.#given.get(actor.id);
    if (known !== undefined) return known;
    const color = this.#choose(wanted);
    this.#given.set(actor.id, color);
    return color;
  }

  #choose(wanted: string | undefined): ActorColor {
    const taken = new Set(this.#given.values());
    const free = palette.filter(([color]) => !taken.has(color));
    const choice = free.length > 0 ? free : palette;
    const target = wanted === undefined ? undefined : toOklab(wanted);
    if (!target) return choice[this.#given.size % choice.length]?.[0] ?? 6;
    return nearest(choice, target);
  }
}

function nearest(choice: typeof palette, target: Oklab): ActorColor {
  let best: ActorColor = 6;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const [color, hex] of choice) {
    const candidate = toOklab(hex);
    const distance = candidate
      ? Math.hypot(...candidate.map((part, index) => part - (target[index] ?? 0)))
      : bestDistance;
    if (distance < bestDistance) [best, bestDistance] = [color, distance];
  }
  return best;
}

type Oklab = readonly [lightness: number, a: number, b: number];

/** Perceived colour of `#rgb` or `#rrggbb`; other notations have none here and count as not asked for. */
function toOklab(hex: string): Oklab | undefined {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(hex);
  const long = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})/i.exec(hex);
  const parts = short ? short.slice(1).map((digit) => digit + digit) : long?.slice(1);
  if (!parts) return undefined;
  const [red = 0, green = 0, blue = 0] = parts.map((part) => toLinear(Number.parseInt(part, 16) / 255));
  const longCone = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const middleCone = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const shortCone = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return [
    0.2104542553 * longCone + 0.793617785 * middleCone - 0.0040720468 * shortCone,
    1.9779984951 * longCone - 2.428592205 * middleCone + 0.4505937099 * shortCone,
    0.0259040371 * longCone + 0.7827717662 * middleCone - 0.808675766 * shortCone,
  ];
}

function toLinear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}
