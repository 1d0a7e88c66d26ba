import type { Json } from "../document/value.ts";
import type { Leaf } from "../page-json/pointer.ts";
import type { Leaves } from "./leaves.ts";
import type { Property } from "./properties.ts";

const sides = ["top", "right", "bottom", "left"] as const;

/** What a border without a line looks like in page JSON. */
export const noBorder = "0 solid transparent";

interface Line {
  readonly width: number;
  readonly color: string;
}

/** The four sides of a box as leaves; all alike. */
export function borderLeaves(style: string, border: string): { readonly [pointer: string]: Json } {
  return Object.fromEntries(sides.map((side) => [`${style}/border-${side}`, border]));
}

interface BorderNames {
  readonly width: string;
  readonly color: string;
}

/**
 * The width and colour of a border around a box: Simple Schema has one for all four sides. A colour alone draws a line of one
 * pixel, a width alone a black one.
 */
export function borderProperties(style: string, names: BorderNames) {
  const toFull = (_value: unknown, element: object): readonly Leaf[] => {
    const given = element as { readonly [name: string]: number | string | undefined };
    const [width = 1, color = "#000000"] = [given[names.width], given[names.color]];
    return Object.entries(borderLeaves(style, width === 0 ? noBorder : `${width}px solid ${color}`));
  };
  const pointers = sides.map((side) => `${style}/border-${side}`);
  const width: Property<number> = { pointers, toFull, fromFull: (leaves) => borderOf(leaves, style)?.width };
  const color: Property<string> = {
    pointers,
    toFull,
    fromFull: (leaves) => {
      const line = borderOf(leaves, style);
      return line && line.width > 0 ? line.color : undefined;
    },
  };
  return { width, color };
}

/** The line all four sides share. */
function borderOf(leaves: Leaves, style: string): Line | undefined {
  const lines = sides.map((side) => leaves.get(`${style}/border-${side}`));
  if (lines.every((line) => line === undefined)) return undefined;
  const [first, ...others] = lines.map(readLine);
  const isSame = others.every((line) => line && first && line.width === first.width && line.color === first.color);
  return isSame ? first : undefined;
}

/** "2px solid #fff"; undefined for other styles of line. A line without width has no colour. */
export function readLine(border: Json | undefined): Line | undefined {
  if (isNoLine(border)) return { width: 0, color: "" };
  const match = typeof border === "string" ? /^(\d+(?:\.\d+)?)px\s+solid\s+(\S.*)$/.exec(border.trim()) : null;
  return match ? { width: Number(match[1]), color: match[2] ?? "" } : undefined;
}

/** Whether a border draws nothing: no width, whatever the style and colour. */
export function isNoLine(border: Json | undefined): boolean {
  return (
    border === undefined || border === 0 || (typeof border === "string" && /^\s*(none\b|0+(px)?(\s|$)|$)/.test(border))
  );
}
