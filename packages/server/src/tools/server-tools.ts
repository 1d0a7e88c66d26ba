import type { RestApp } from "../http/app.ts";
import type { AnyServerTool } from "../mcp/server-tool.ts";
import type { Log } from "../observability/log.ts";
import type { Clock } from "../rooms/clock.ts";
import { DrawnImages } from "./drawn/drawn-images.ts";
import { PictureAddresses } from "./drawn/picture-address.ts";
import { addPictureRoutes } from "./drawn/picture-routes.ts";
import { PictureShelf } from "./drawn/picture-shelf.ts";
import { BrowserKeeper } from "./preview/browser-keeper.ts";
import { findBrowser } from "./preview/find-browser.ts";
import { OwnPictures, WebPictures } from "./preview/picture-source.ts";
import { previewTool } from "./preview/preview-tool.ts";
import { searchStockImages } from "./search-stock-images.ts";
import { Pexels } from "./stock/pexels.ts";

export interface ServerToolsOptions {
  /** Of Pexels; without one pictures are drawn here. */
  readonly pexelsKey?: string | undefined;
  readonly pexelsUrl?: URL | undefined;
  /** The program of a Chromium; looked for when absent. */
  readonly chromePath?: string | undefined;
  /** Of its own, for what the browser writes while it runs. */
  readonly browserFolder: string;
  /** Whether pictures of the web may be loaded to draw an e-mail. */
  readonly mayLoadPictures: boolean;
  /** Signs the addresses of drawn pictures. */
  readonly secret: Uint8Array;
  /** Where this server is reached, without a slash at the end. */
  readonly address: () => string;
  /** Whether others reach it there too. */
  readonly isPublic: boolean;
  readonly clock: Clock;
  readonly log: Log;
}

/** The tools that are no operations on a template, and what stands behind them. */
export interface ServerTools {
  /** To be listed after the operations. */
  readonly tools: readonly AnyServerTool[];
  /** Adds the addresses of the pictures this server draws. */
  addRoutes(app: RestApp): void;
  /** Ends the browser, if one runs. Safe to call again. */
  close(): Promise<void>;
}

/** Starts nothing: a browser runs from the first picture of an e-mail on. */
export function createServerTools(options: ServerToolsOptions): ServerTools {
  const { pexelsKey, pexelsUrl, chromePath, mayLoadPictures, clock, log } = options;
  const drawn = { addresses: new PictureAddresses(options.secret), shelf: new PictureShelf() };
  const images =
    pexelsKey === undefined
      ? new DrawnImages({ ...options, addresses: drawn.addresses })
      : new Pexels({ key: pexelsKey, url: pexelsUrl, clock, log });
  const browsers = new BrowserKeeper({
    findProgram: () => findBrowser({ chromePath, path: process.env.PATH ?? "" }),
    clock,
    folder: options.browserFolder,
  });
  const pictures = [new OwnPictures(drawn), ...(mayLoadPictures ? [new WebPictures()] : [])];
  return {
    tools: [searchStockImages(images), previewTool({ browsers, pictures, mayLoadPictures })],
    addRoutes: (app) => addPictureRoutes(app, drawn),
    close: () => browsers.close(),
  };
}
