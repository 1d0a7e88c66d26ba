import { createHmac, timingSafeEqual } from "node:crypto";
import { largestSide, smallestSide } from "../stock/stock-images.ts";
import { isScene, type Picture } from "./draw-picture.ts";
import { paletteOf } from "./palette.ts";

/** Where drawn pictures are on the server. */
export const picturesRoute = "/v2/pictures";

const pattern = /^(?<scene>[a-z]+)-(?<tone>[a-z\d]+)-(?<width>\d{2,4})x(?<height>\d{2,4})-(?<seed>[\da-f]{8})$/;
const signatureLength = 16;

/** Names of pictures, signed: strangers can have drawn what this server offered, and nothing else. */
export class PictureAddresses {
  readonly #secret: Uint8Array;

  constructor(secret: Uint8Array) {
    this.#secret = secret;
  }

  /** The path of a picture on this server. */
  pathOf({ scene, tone, width, height, seed }: Picture): string {
    const name = `${scene}-${tone}-${width}x${height}-${seed.toString(16).padStart(8, "0")}`;
    return `${picturesRoute}/${name}.${this.#sign(name)}.png`;
  }

  /** The picture that a file name stands for. Undefined when this server did not make the name up. */
  find(fileName: string): Picture | undefined {
    const [name, signature, ending, ...rest] = fileName.split(".");
    if (name === undefined || signature === undefined || ending !== "png" || rest.length > 0) return undefined;
    if (!isSame(signature, this.#sign(name))) return undefined;
    return readName(name);
  }

  #sign(name: string): string {
    return createHmac("sha256", this.#secret).update(name).digest("base64url").slice(0, signatureLength);
  }
}

function readName(name: string): Picture | undefined {
  const { scene = "", tone = "", width = "", height = "", seed = "" } = pattern.exec(name)?.groups ?? {};
  const size = { width: Number(width), height: Number(height) };
  const isSized = [size.width, size.height].every((side) => side >= smallestSide && side <= largestSide);
  if (!isScene(scene) || paletteOf(tone) === undefined || !isSized) return undefined;
  return { scene, tone, ...size, seed: Number.parseInt(seed, 16) };
}

function isSame(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}
