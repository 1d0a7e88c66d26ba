import * as z from "zod/mini";
import type { Browser } from "./browser.ts";
import { type BrowserEvent, BrowserFailure, type DevTools, pageGone } from "./dev-tools.ts";
import type { PictureSource } from "./picture-source.ts";

/** What is to be drawn, and how. */
export interface ShotRequest {
  readonly html: string;
  /** Of the window, in CSS pixels. */
  readonly width: number;
  readonly isMobile: boolean;
  /** Asked in order. */
  readonly pictures: readonly PictureSource[];
  readonly signal: AbortSignal;
}

export interface Shot {
  /** PNG files, from the top of the e-mail down, one pixel to a CSS pixel; smaller only where it is very wide. */
  readonly pngs: readonly Buffer[];
  /** In CSS pixels. */
  readonly width: number;
  /** How high the whole e-mail is, and how much of it is in the picture, in CSS pixels. */
  readonly fullHeight: number;
  readonly shownHeight: number;
  /** Pictures that are not shown. */
  readonly leftOut: number;
}

/** Models shrink longer pictures until nobody can read them: a long e-mail becomes several. */
const longestSide = 1500;
/** What is below is cut off. */
const mostPngs = 3;
const mostWidth = 3000;
const firstHeight = 16;
const mostPictures = 100;
const pageUrl = "http://email.invalid/";

// No scripts, frames, forms, fonts, films: what mail clients don't show either.
const policy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src http: https: data:";

const greyPicture = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="400" viewBox="0 0 600 400"><path fill="#e6e8eb" d="M0 0h600v400H0z"/><path fill="#c3c8ce" d="M225 258l52-74 38 52 22-28 38 50zM352 150a18 18 0 1 1 0 36 18 18 0 0 1 0-36z"/></svg>',
);

const nothing = z.unknown();
const paused = z.object({
  requestId: z.string(),
  resourceType: z.string(),
  request: z.object({ url: z.string() }),
});

/** Draws an HTML document in a page of its own, which is gone afterwards whatever happened. Rejects with the signal's reason. */
export async function shoot({ devTools }: Browser, request: ShotRequest): Promise<Shot> {
  const { signal } = request;
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => aborted.reject(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  const drawn = drawApart(devTools, request);
  drawn.catch(() => undefined);
  try {
    return await Promise.race([drawn, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

/** In a context of its own: nothing of one e-mail is left for the next. */
async function drawApart(devTools: DevTools, request: ShotRequest): Promise<Shot> {
  const context = z.object({ browserContextId: z.string() });
  const { browserContextId } = await devTools.send({ method: "Target.createBrowserContext" }, context);
  const end = (): void => {
    const command = { method: "Target.disposeBrowserContext", params: { browserContextId } };
    devTools.send(command, nothing).catch(() => undefined);
  };
  request.signal.addEventListener("abort", end, { once: true });
  try {
    request.signal.throwIfAborted();
    return await drawIn(browserContextId, devTools, request);
  } finally {
    request.signal.removeEventListener("abort", end);
    end();
  }
}

async function drawIn(browserContextId: string, devTools: DevTools, request: ShotRequest): Promise<Shot> {
  const { width, isMobile } = request;
  const { targetId } = await devTools.send(
    { method: "Target.createTarget", params: { url: "about:blank", browserContextId } },
    z.object({ targetId: z.string() }),
  );
  const { sessionId } = await devTools.send(
    { method: "Target.attachToTarget", params: { targetId, flatten: true } },
    z.object({ sessionId: z.string() }),
  );
  const page = new Page(devTools, sessionId, request);
  const stopListening = devTools.listen(sessionId, (event) => page.hear(event));
  try {
    await page.send("Emulation.setScriptExecutionDisabled", { value: true });
    await page.resize({ width, height: firstHeight, isMobile });
    await page.load();
    return await page.capture();
  } finally {
    stopListening();
  }
}

interface WindowSize {
  readonly width: number;
  readonly height: number;
  readonly isMobile: boolean;
}

class Page {
  readonly #devTools: DevTools;
  readonly #sessionId: string;
  readonly #request: ShotRequest;
  readonly #loaded = Promise.withResolvers<void>();
  #hasDocument = false;
  #asked = 0;
  #leftOut = 0;

  constructor(devTools: DevTools, sessionId: string, request: ShotRequest) {
    // It may go before anybody waits.
    this.#loaded.promise.catch(() => undefined);
    this.#devTools = devTools;
    this.#sessionId = sessionId;
    this.#request = request;
  }

  send<Schema extends z.ZodMiniType>(
    method: string,
    params: Readonly<Record<string, unknown>> = {},
    schema?: Schema,
  ): Promise<z.output<Schema>> {
    // Without a schema nobody looks at the result.
    return this.#devTools.send(
      { method, params, sessionId: this.#sessionId },
      schema ?? (nothing as unknown as Schema),
    );
  }

  hear({ method, params }: BrowserEvent): void {
    if (method === "Page.loadEventFired" && this.#hasDocument) this.#loaded.resolve();
    if (method === pageGone || method === "Inspector.targetCrashed") {
      this.#loaded.reject(new BrowserFailure("The page is gone."));
    }
    if (method !== "Fetch.requestPaused") return;
    const parsed = z.safeParse(paused, params);
    // A page that is gone needs no answer.
    if (parsed.success) this.#answer(parsed.data).catch(() => undefined);
  }

  async resize({ width, height, isMobile }: WindowSize): Promise<void> {
    const params = { width, height, deviceScaleFactor: 1, mobile: isMobile };
    await this.send("Emulation.setDeviceMetricsOverride", params);
  }

  async load(): Promise<void> {
    await this.send("Fetch.enable", { patterns: [{ urlPattern: "*" }] });
    await this.send("Page.enable");
    await this.send("Page.navigate", { url: pageUrl });
    await this.#loaded.promise;
  }

  async capture(): Promise<Shot> {
    const { cssContentSize } = await this.send(
      "Page.getLayoutMetrics",
      {},
      z.object({ cssContentSize: z.object({ width: z.number(), height: z.number() }) }),
    );
    const { width: window, isMobile } = this.#request;
    const width = Math.min(mostWidth, Math.max(window, Math.ceil(cssContentSize.width)));
    const scale = Math.min(1, longestSide / width);
    const fullHeight = Math.max(1, Math.ceil(cssContentSize.height));
    const shownHeight = Math.min(fullHeight, Math.floor((mostPngs * longestSide) / scale));
    const count = Math.ceil((shownHeight * scale) / longestSide);
    const height = Math.ceil(shownHeight / count);
    await this.resize({ width: window, height, isMobile });
    const pngs: Buffer[] = [];
    for (let y = 0; y < shownHeight; y += height) {
      pngs.push(await this.#cut({ x: 0, y, width, height: Math.min(height, shownHeight - y), scale }));
    }
    return { pngs, width, fullHeight, shownHeight, leftOut: this.#leftOut };
  }

  async #cut(clip: Readonly<Record<"x" | "y" | "width" | "height" | "scale", number>>): Promise<Buffer> {
    const params = { format: "png", captureBeyondViewport: true, clip };
    const { data } = await this.send("Page.captureScreenshot", params, z.object({ data: z.string() }));
    return Buffer.from(data, "base64");
  }

  async #answer({ requestId, resourceType, request }: z.output<typeof paused>): Promise<void> {
    if (resourceType === "Document" && !this.#hasDocument) {
      this.#hasDocument = true;
      await this.#fulfil(requestId, { type: "text/html; charset=utf-8", bytes: Buffer.from(this.#request.html) });
      return;
    }
    if (resourceType === "Image") {
      await this.#fulfil(requestId, await this.#picture(request.url));
      return;
    }
    // To go elsewhere is given up rather than failed: the e-mail stays on the screen.
    const errorReason = resourceType === "Document" ? "Aborted" : "BlockedByClient";
    await this.send("Fetch.failRequest", { requestId, errorReason });
  }

  async #picture(address: string): Promise<{ readonly type: string; readonly bytes: Buffer }> {
    const url = URL.parse(address);
    this.#asked += 1;
    if (url && this.#asked <= mostPictures) {
      for (const source of this.#request.pictures) {
        const found = await source.find(url, this.#request.signal).catch(() => undefined);
        if (found) return found;
      }
    }
    this.#leftOut += 1;
    return { type: "image/svg+xml", bytes: greyPicture };
  }

  async #fulfil(requestId: string, { type, bytes }: { readonly type: string; readonly bytes: Buffer }): Promise<void> {
    const responseHeaders = [
      { name: "content-type", value: type },
      { name: "content-security-policy", value: policy },
    ];
    const body = bytes.toString("base64");
    await this.send("Fetch.fulfillRequest", { requestId, responseCode: 200, responseHeaders, body });
  }
}
