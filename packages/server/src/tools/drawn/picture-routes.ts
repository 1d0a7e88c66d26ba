import { WaggleError } from "@waggle/contract";
import * as z from "zod";
import type { RestApp } from "../../http/app.ts";
import { type PictureAddresses, picturesRoute } from "./picture-address.ts";
import type { PictureShelf } from "./picture-shelf.ts";

export interface PictureRoutesOptions {
  readonly addresses: PictureAddresses;
  readonly shelf: PictureShelf;
}

/** `GET /v2/pictures/<name>.png`: what `search_stock_images` offers where there is no key of Pexels. Public: mail clients have no key. */
export function addPictureRoutes(app: RestApp, { addresses, shelf }: PictureRoutesOptions): void {
  const schema = { hide: true, params: z.object({ name: z.string().max(200) }) };
  app.get(`${picturesRoute}/:name`, { schema }, async ({ params: { name }, headers }, reply) => {
    const picture = addresses.find(name);
    if (!picture) throw noPicture();
    // A name says all there is to know of its picture.
    const tag = `"${name}"`;
    reply.headers({
      "cache-control": "public, max-age=31536000, immutable",
      etag: tag,
      // Pages and mail clients of other origins show it.
      "cross-origin-resource-policy": "cross-origin",
    });
    if (headers["if-none-match"] === tag) return reply.code(304).send();
    const png = await shelf.png(picture);
    return reply.type("image/png").send(png);
  });
}

function noPicture(): WaggleError {
  const message =
    "There is no such picture. Addresses of drawn pictures can't be made up or changed: ask for another size or colour with search_stock_images.";
  return new WaggleError("NOT_FOUND", { message });
}
