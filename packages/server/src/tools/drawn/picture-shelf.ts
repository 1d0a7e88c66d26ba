import { WaggleError } from "@waggle/contract";
import { Turnstile } from "../../reachability/turnstile.ts";
import { drawPicture, type Picture } from "./draw-picture.ts";

export interface PictureShelfOptions {
  readonly draw?: (picture: Picture) => Promise<Buffer>;
  /** What is kept in memory, in bytes. */
  readonly keptBytes?: number;
  /** How many pictures may wait to be drawn. */
  readonly mostWaiting?: number;
}

const usualKeptBytes = 32 * 1024 * 1024;
const usualMostWaiting = 64;
const atOnce = 2;

/** Pictures as files, drawn when they are asked for and kept as long as there is room. Nothing is written to disk. */
export class PictureShelf {
  readonly #options: Required<PictureShelfOptions>;
  readonly #turnstile = new Turnstile(atOnce);
  /** Those that were asked for last come last. */
  readonly #kept = new Map<string, Buffer>();
  readonly #drawing = new Map<string, Promise<Buffer>>();
  #bytes = 0;

  constructor(options: PictureShelfOptions = {}) {
    this.#options = { draw: drawPicture, keptBytes: usualKeptBytes, mostWaiting: usualMostWaiting, ...options };
  }

  /** The PNG of a picture. Rejects with RATE_LIMITED when too many are being drawn. */
  async png(picture: Picture): Promise<Buffer> {
    const key = JSON.stringify(picture);
    const kept = this.#kept.get(key);
    if (kept) {
      this.#kept.delete(key);
      this.#kept.set(key, kept);
      return kept;
    }
    return this.#drawing.get(key) ?? this.#draw(key, picture);
  }

  async #draw(key: string, picture: Picture): Promise<Buffer> {
    const { draw, mostWaiting } = this.#options;
    if (this.#drawing.size >= mostWaiting) {
      const message = `${mostWaiting} pictures are being drawn already. Ask again in a moment.`;
      throw new WaggleError("RATE_LIMITED", { message });
    }
    const drawn = this.#turnstile.run(() => draw(picture));
    this.#drawing.set(key, drawn);
    try {
      const png = await drawn;
      this.#keep(key, png);
      return png;
    } finally {
      this.#drawing.delete(key);
    }
  }

  #keep(key: string, png: Buffer): void {
    this.#kept.set(key, png);
    this.#bytes += png.length;
    for (const [oldest, old] of this.#kept) {
      if (this.#bytes <= this.#options.keptBytes) return;
      this.#kept.delete(oldest);
      this.#bytes -= old.length;
    }
  }
}
