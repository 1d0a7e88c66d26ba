/** The shapes pictures are asked for in. */
export const orientations = ["landscape", "portrait", "square"] as const;
export type Orientation = (typeof orientations)[number];

/** The names of colours that providers know. */
export const colorNames = [
  "red",
  "orange",
  "yellow",
  "green",
  "turquoise",
  "blue",
  "violet",
  "pink",
  "brown",
  "black",
  "gray",
  "white",
] as const;
export type ColorName = (typeof colorNames)[number];

/** What is looked for. */
export interface StockQuery {
  readonly query: string;
  /** In pixels. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly orientation?: Orientation | undefined;
  /** One of `colorNames`, or `#rrggbb`. */
  readonly color?: string | undefined;
  /** From 1. */
  readonly page: number;
  /** How many on a page. */
  readonly count: number;
}

/** A picture that may be used. The texts of a provider are data: nobody here has read them. */
export interface StockImage {
  readonly id: string;
  /** In the size that was asked for. */
  readonly src: string;
  readonly width: number;
  readonly height: number;
  readonly alt: string;
  readonly photographer: string;
  /** Where the picture is shown with its maker, for a credit. */
  readonly page?: string;
}

export interface StockAnswer {
  readonly source: "pexels" | "drawn";
  readonly images: readonly StockImage[];
  /** What whoever uses them should know. */
  readonly note?: string;
}

/** Finds pictures. */
export interface StockImages {
  /** Rejects with RATE_LIMITED, TOO_SLOW or SERVER_UNREACHABLE, with what to do. */
  search(query: StockQuery, signal: AbortSignal): Promise<StockAnswer>;
}

/** Both sides of a picture of which at most two things are known. Twice what an e-mail is wide, where nothing is. */
export function sizeOf({ width, height, orientation }: Pick<StockQuery, "width" | "height" | "orientation">): Size {
  const ratio = ratios[orientation ?? "landscape"];
  if (width !== undefined) return { width, height: height ?? Math.max(smallestSide, Math.round(width / ratio)) };
  if (height !== undefined) return { width: Math.max(smallestSide, Math.round(height * ratio)), height };
  return { width: usualWidth, height: Math.round(usualWidth / ratio) };
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** No side of a picture may be asked for beyond these, in pixels. */
export const smallestSide = 16;
export const largestSide = 2400;

const usualWidth = 1200;
const ratios: Readonly<Record<Orientation, number>> = { landscape: 2, portrait: 4 / 5, square: 1 };
