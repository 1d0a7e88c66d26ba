import type { IncomingMessage } from "node:http";
import { type Guard, openGuarded, publicGuard } from "../../reachability/guarded-request.ts";
import { Turnstile } from "../../reachability/turnstile.ts";
import type { PictureAddresses } from "../drawn/picture-address.ts";
import { picturesRoute } from "../drawn/picture-address.ts";
import type { PictureShelf } from "../drawn/picture-shelf.ts";

/** A picture as it came. */
export interface LoadedPicture {
  readonly type: string;
  readonly bytes: Buffer;
}

/** Where pictures of an e-mail come from when it is drawn. */
export interface PictureSource {
  /** Undefined for what is not there, or may not be gone to. */
  find(url: URL, signal: AbortSignal): Promise<LoadedPicture | undefined>;
}

/** Pictures this server draws itself. Their addresses are signed, so it does not matter under which name it is reached. */
export class OwnPictures implements PictureSource {
  readonly #addresses: PictureAddresses;
  readonly #shelf: PictureShelf;

  constructor({ addresses, shelf }: { readonly addresses: PictureAddresses; readonly shelf: PictureShelf }) {
    this.#addresses = addresses;
    this.#shelf = shelf;
  }

  async find({ pathname }: URL): Promise<LoadedPicture | undefined> {
    if (!pathname.startsWith(`${picturesRoute}/`)) return undefined;
    const picture = this.#addresses.find(pathname.slice(picturesRoute.length + 1));
    return picture && { type: "image/png", bytes: await this.#shelf.png(picture) };
  }
}

export interface WebPicturesOptions {
  readonly guard?: Guard;
  readonly timeoutMs?: number;
  readonly mostBytes?: number;
}

const atOnce = 6;
const mostRedirects = 5;

/** Pictures of the web, from public addresses only: each redirect is checked like the first address. */
export class WebPictures implements PictureSource {
  readonly #options: Required<WebPicturesOptions>;
  readonly #turnstile = new Turnstile(atOnce);

  constructor(options: WebPicturesOptions = {}) {
    this.#options = { guard: publicGuard(), timeoutMs: 5000, mostBytes: 4 * 1024 * 1024, ...options };
  }

  async find(url: URL, signal: AbortSignal): Promise<LoadedPicture | undefined> {
    return this.#turnstile.run(async () => {
      if (signal.aborted) return undefined;
      const limited = AbortSignal.any([signal, AbortSignal.timeout(this.#options.timeoutMs)]);
      try {
        return await this.#follow(url, limited);
      } catch {
        // Broken, slow, refused: the place of the picture stays grey, and the answer says how many there are.
        return undefined;
      }
    });
  }

  async #follow(first: URL, signal: AbortSignal): Promise<LoadedPicture | undefined> {
    let url: URL | null = first;
    for (let redirects = 0; redirects <= mostRedirects; redirects++) {
      if (!url || !/^https?:$/.test(url.protocol)) return undefined;
      const response = await openGuarded(url, {
        method: "GET",
        guard: this.#options.guard,
        signal,
        headers: { "user-agent": "Mozilla/5.0 (compatible; Waggle)", accept: "image/*" },
      });
      const { location } = response.headers;
      const status = response.statusCode ?? 0;
      if (status < 300 || status >= 400 || location === undefined) return await this.#read(response);
      response.on("error", () => {}).destroy();
      url = URL.parse(location, url.href);
    }
    return undefined;
  }

  async #read(response: IncomingMessage): Promise<LoadedPicture | undefined> {
    const type = response.headers["content-type"]?.split(";", 1)[0]?.trim().toLowerCase() ?? "";
    const isPicture = response.statusCode === 200 && /^image\/[\w.+-]+$/.test(type);
    if (!isPicture) {
      response.on("error", () => {}).destroy();
      return undefined;
    }
    const parts: Buffer[] = [];
    let bytes = 0;
    for await (const part of response) {
      bytes += part.length;
      // Leaving the loop ends the connection.
      if (bytes > this.#options.mostBytes) return undefined;
      parts.push(part);
    }
    return { type, bytes: Buffer.concat(parts) };
  }
}
