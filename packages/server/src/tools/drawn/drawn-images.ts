import {
  type Size,
  type StockAnswer,
  type StockImage,
  type StockImages,
  type StockQuery,
  sizeOf,
} from "../stock/stock-images.ts";
import type { Picture, SceneName } from "./draw-picture.ts";
import { type Light, lights, type Tone } from "./palette.ts";
import type { PictureAddresses } from "./picture-address.ts";
import { hashOf, pick, seeded } from "./seeded.ts";

export interface DrawnImagesOptions {
  readonly addresses: PictureAddresses;
  /** Where this server is reached, without a slash at the end. */
  readonly address: () => string;
  /** Whether mail clients elsewhere reach it there. */
  readonly isPublic: boolean;
}

/** Words that say what a picture is to show. */
const sceneWords: readonly (readonly [SceneName, string])[] = [
  ["mountains", "mountain alp alpine peak summit ski skiing snow hike hiking climb glacier winter"],
  ["sea", "sea ocean beach coast wave sail sailing boat ship summer island water lake harbor harbour cruise vacation"],
  ["city", "city cities urban skyline street office building business town architecture tech downtown"],
  ["forest", "forest tree woods woodland pine jungle christmas camping"],
  ["hills", "hill field meadow valley landscape country countryside farm nature garden vineyard desert dune travel"],
  ["gradient", "gradient blur soft background texture"],
  ["papers", "paper layer flow curve fabric"],
  ["tiles", "pattern geometric geometry tile mosaic bauhaus shape"],
  ["discs", "abstract circle dot bubble modern minimal sale party"],
];
const lightWords: readonly (readonly [Light, string])[] = [
  ["night", "night dark moon star midnight"],
  ["dusk", "sunset dusk evening autumn fall warm"],
  ["dawn", "dawn morning sunrise spring calm"],
  ["day", "day daylight summer sun sunny bright fresh"],
];

/** Scenes for what no word is known of: one of each kind in a row. */
const anything: readonly [SceneName, ...SceneName[]] = ["papers", "hills", "tiles", "gradient", "sea", "discs"];

const colorOfName: Readonly<Record<string, string>> = {
  red: "d64541",
  orange: "ec8a3a",
  yellow: "f0c63d",
  green: "3f9b63",
  turquoise: "2fb3ac",
  blue: "3674c9",
  violet: "7b5bc4",
  pink: "e377a6",
  brown: "8b5e3c",
  black: "202024",
  gray: "8a9099",
  white: "e9ecef",
};

const sceneTexts: Readonly<Record<SceneName, string>> = {
  hills: "rolling hills",
  mountains: "snow-capped mountains",
  sea: "a sailing boat on a calm sea",
  city: "a city skyline",
  forest: "a forest of spruces",
  tiles: "a pattern of geometric tiles",
  discs: "overlapping discs",
  gradient: "a soft gradient",
  papers: "waves of layered paper",
};
const lightTexts: Readonly<Record<Light, string>> = {
  dawn: "at dawn",
  day: "in daylight",
  dusk: "at sunset",
  night: "at night",
};

/** Pictures this server draws itself: for trying things out, and for where nobody has a key of Pexels. */
export class DrawnImages implements StockImages {
  readonly #options: DrawnImagesOptions;

  constructor(options: DrawnImagesOptions) {
    this.#options = options;
  }

  async search(query: StockQuery): Promise<StockAnswer> {
    const size = sizeOf(query);
    const first = (query.page - 1) * query.count;
    const images = Array.from({ length: query.count }, (_, at) => this.#image(pictureFor(query, size, first + at)));
    return { source: "drawn", images, note: this.#note() };
  }

  #image(picture: Picture): StockImage {
    const { addresses, address } = this.#options;
    return {
      id: `${picture.scene}-${picture.seed.toString(16)}`,
      src: address() + addresses.pathOf(picture),
      width: picture.width,
      height: picture.height,
      alt: altOf(picture),
      photographer: "drawn by this server",
    };
  }

  #note(): string {
    const drawn = "Drawn pictures, no photographs: the server has no key of Pexels (WAGGLE_PEXELS_KEY).";
    if (this.#options.isPublic) return drawn;
    return `${drawn} They are seen only where this server is reached; before the email is sent, its operator has to set WAGGLE_PUBLIC_URL.`;
  }
}

function pictureFor(query: StockQuery, { width, height }: Size, at: number): Picture {
  const words = query.query.normalize("NFKC").toLowerCase().trim().replaceAll(/\s+/g, " ");
  const seed = hashOf(`${words} ${at}`);
  return { scene: sceneFor(words, at), tone: toneFor(query, { words, seed, at }), width, height, seed };
}

function sceneFor(words: string, at: number): SceneName {
  const meant = sceneWords.filter(([, known]) => isAmong(words, known)).map(([scene]) => scene);
  if (meant.length > 0) return meant[at % meant.length] ?? "hills";
  return anything[(hashOf(words) + at) % anything.length] ?? "hills";
}

function isAmong(words: string, known: string): boolean {
  const given = words.split(/[^\p{L}\d]+/u);
  return known.split(" ").some((word) => given.includes(word) || given.includes(`${word}s`));
}

interface Choice {
  readonly words: string;
  readonly seed: number;
  readonly at: number;
}

function toneFor({ color }: StockQuery, { words, seed, at }: Choice): Tone {
  if (color !== undefined) return colorOfName[color] ?? color.replace("#", "").toLowerCase();
  const meant = lightWords.find(([, known]) => isAmong(words, known))?.[0];
  if (meant && at % 3 !== 2) return meant;
  return pick(seeded(seed), lights);
}

function altOf({ scene, tone }: Picture): string {
  const light = lights.find((each) => each === tone);
  const hasLight = ["hills", "mountains", "sea", "city", "forest"].includes(scene) && light !== undefined;
  return `Illustration: ${sceneTexts[scene]}${hasLight ? ` ${lightTexts[light]}` : ""}`;
}
