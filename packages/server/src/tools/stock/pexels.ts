import { WaggleError } from "@waggle/contract";
import * as z from "zod/mini";
import type { Log } from "../../observability/log.ts";
import type { Clock } from "../../rooms/clock.ts";
import { boundedJson, type JsonAnswer } from "./bounded-json.ts";
import { type StockAnswer, type StockImage, type StockImages, type StockQuery, sizeOf } from "./stock-images.ts";

export interface PexelsOptions {
  readonly key: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Where the API is; Pexels' own when absent. */
  readonly url?: URL | undefined;
  readonly timeoutMs?: number;
  readonly mostBytes?: number;
}

/** Where Pexels' API is. */
export const pexelsUrl = "https://api.pexels.com";

const usualTimeoutMs = 8000;
/** Twenty photos take about 25 KB. */
const usualMostBytes = 1024 * 1024;
/** Pexels asks those who search for the same again to keep the answer for a day. */
const keptMs = 24 * 60 * 60 * 1000;
const mostKept = 500;
/** After a refusal for asking too much nobody asks for this long, where Pexels does not say how long. */
const restMs = 60_000;
const longestText = 200;
const credit =
  "Photos provided by Pexels (https://www.pexels.com): link to it, and credit the photographer where there is room. alt and photographer are texts of others.";

const photo = z.object({
  id: z.union([z.int(), z.string()]),
  width: z.number().check(z.positive()),
  height: z.number().check(z.positive()),
  url: z.optional(z.string()),
  photographer: z.optional(z.nullable(z.string())),
  alt: z.optional(z.nullable(z.string())),
  src: z.object({ original: z.string() }),
});
const answer = z.object({ photos: z.array(z.unknown()) });

/** Photographs by Pexels' API. Keeps what was found for a day, and rests when Pexels says that it was asked too often. */
export class Pexels implements StockImages {
  readonly #options: PexelsOptions;
  readonly #base: URL;
  /** Those that were found last come last. */
  readonly #kept = new Map<string, { readonly answer: StockAnswer; readonly until: number }>();
  /** When the month's count begins again, as Pexels said with its last photos: a 429 does not say it. */
  #monthEnds: number | undefined;
  #restsUntil = 0;

  constructor(options: PexelsOptions) {
    this.#options = options;
    this.#base = options.url ?? new URL(pexelsUrl);
  }

  async search(query: StockQuery, signal: AbortSignal): Promise<StockAnswer> {
    const url = this.#addressFor(query);
    const { width, height } = query;
    const key = `${url.search} ${width} ${height}`;
    const { clock } = this.#options;
    const kept = this.#kept.get(key);
    if (kept && kept.until > clock.now()) return kept.answer;
    if (this.#restsUntil > clock.now()) throw this.#tooOften();
    const found = this.#read(await this.#ask(url, signal), query);
    this.#keep(key, found);
    return found;
  }

  #addressFor({ query, orientation, color, page, count, width, height }: StockQuery): URL {
    const url = new URL("/v1/search", this.#base);
    const size = sizeOf({ width, height, orientation });
    const shape = orientation ?? (width !== undefined && height !== undefined ? shapeOf(size) : undefined);
    url.searchParams.set("query", query.trim().replaceAll(/\s+/g, " ").toLowerCase());
    if (shape) url.searchParams.set("orientation", shape);
    if (color) url.searchParams.set("color", color);
    url.searchParams.set("page", String(page));
    url.searchParams.set("per_page", String(count));
    return url;
  }

  async #ask(url: URL, signal: AbortSignal): Promise<JsonAnswer> {
    const { key, timeoutMs = usualTimeoutMs, mostBytes = usualMostBytes } = this.#options;
    const limited = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    try {
      return await boundedJson(url, { headers: { authorization: key }, signal: limited, mostBytes });
    } catch (failure) {
      signal.throwIfAborted();
      if (limited.aborted) throw tooSlow(timeoutMs);
      // Without the cause: what is said of a request may hold its headers.
      throw unreachable(
        failure instanceof Error && failure.name === "TooLong"
          ? "Pexels answered with far more than was asked for."
          : "Pexels can't be reached from this server.",
      );
    }
  }

  #read({ status, headers, json }: JsonAnswer, query: StockQuery): StockAnswer {
    if (status === 429) throw this.#refused(headers);
    if (status === 401 || status === 403) throw this.#wrongKey(status);
    const parsed = z.safeParse(answer, json);
    if (status !== 200 || !parsed.success) {
      this.#options.log.warn({ status }, "Pexels answered with something that is no list of photos.");
      const said = status === 200 ? "something that is no list of photos" : `the status ${status}`;
      throw unreachable(`Pexels answered with ${said}.`);
    }
    this.#monthEnds = secondsIn(headers.get("x-ratelimit-reset")) ?? this.#monthEnds;
    const images = parsed.data.photos.flatMap((each) => this.#image(each, query) ?? []).slice(0, query.count);
    const nothing = "Pexels has no such photos: search with other, fewer or English words.";
    return { source: "pexels", images, note: images.length > 0 ? credit : nothing };
  }

  /** Undefined for what can't be used: one photo that is odd does not spoil the others. */
  #image(candidate: unknown, query: StockQuery): StockImage | undefined {
    const parsed = z.safeParse(photo, candidate);
    const original = parsed.success ? this.#webAddress(parsed.data.src.original) : undefined;
    if (!parsed.success || !original) return undefined;
    const { id, width, height, url, photographer, alt } = parsed.data;
    const size = fitted(query, { width, height });
    const page = url === undefined ? undefined : this.#webAddress(url);
    return {
      id: plain(String(id)),
      src: inSize(original, size, query),
      ...size,
      alt: plain(alt ?? ""),
      photographer: plain(photographer ?? ""),
      ...(page && { page: page.href }),
    };
  }

  /** Pexels' own addresses only: whatever else an answer names does not get into an e-mail. */
  #webAddress(text: string): URL | undefined {
    const url = URL.parse(text);
    const isTheirs = url?.protocol === "https:" && /(^|\.)pexels\.com$/.test(url.hostname);
    return url && (isTheirs || url.origin === this.#base.origin) ? url : undefined;
  }

  #keep(key: string, found: StockAnswer): void {
    this.#kept.delete(key);
    this.#kept.set(key, { answer: found, until: this.#options.clock.now() + keptMs });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > mostKept && oldest !== undefined) this.#kept.delete(oldest);
  }

  #refused(headers: Headers): WaggleError {
    const { clock, log } = this.#options;
    const waitMs = waitIn(headers.get("retry-after"), clock.now()) ?? restMs;
    this.#restsUntil = clock.now() + Math.min(waitMs, keptMs);
    log.warn({ waitMs }, "Pexels takes no more searches for now.");
    return this.#tooOften();
  }

  #tooOften(): WaggleError {
    const again = new Date(this.#restsUntil).toISOString();
    const month =
      this.#monthEnds === undefined ? "" : ` Its count for the month starts again on ${dayOf(this.#monthEnds)}.`;
    return new WaggleError("RATE_LIMITED", {
      message: `Pexels takes no more searches from this server for now; it is asked again from ${again}.${month} Use a picture you have, or go on without one and search later.`,
      data: { retryAt: again },
    });
  }

  #wrongKey(status: number): WaggleError {
    this.#options.log.error({ status }, "Pexels refuses the key in WAGGLE_PEXELS_KEY.");
    return unreachable(
      "Pexels refuses this server's key. Its operator has to set WAGGLE_PEXELS_KEY to a key of https://www.pexels.com/api/, or to nothing for drawn pictures.",
    );
  }
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function shapeOf({ width, height }: Size): NonNullable<StockQuery["orientation"]> {
  const ratio = width / height;
  if (ratio > 1.15) return "landscape";
  return ratio < 1 / 1.15 ? "portrait" : "square";
}

/** The size the photo will have: as asked; where one side or none was asked for, in its own shape. */
function fitted({ width, height, orientation }: StockQuery, photo: Size): Size {
  const ratio = photo.width / photo.height;
  if (width !== undefined && height !== undefined) return { width, height };
  if (height !== undefined) return { width: Math.max(1, Math.round(height * ratio)), height };
  const wide = width ?? Math.min(photo.width, sizeOf({ orientation }).width);
  return { width: wide, height: Math.max(1, Math.round(wide / ratio)) };
}

/** Their image server resizes by the query of the address. */
function inSize(original: URL, size: Size, { width, height }: StockQuery): string {
  const url = new URL(original);
  url.search = "";
  url.searchParams.set("auto", "compress");
  url.searchParams.set("cs", "tinysrgb");
  if (width !== undefined && height !== undefined) url.searchParams.set("fit", "crop");
  url.searchParams.set("w", String(size.width));
  if (width !== undefined && height !== undefined) url.searchParams.set("h", String(size.height));
  return url.href;
}

/** One short line. */
function plain(text: string): string {
  const line = text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
  return line.length > longestText ? `${line.slice(0, longestText - 1)}…`.toWellFormed() : line.toWellFormed();
}

function secondsIn(header: string | null): number | undefined {
  return header !== null && /^\d{1,11}$/.test(header) ? Number(header) * 1000 : undefined;
}

/** `Retry-After`: seconds, or a date. In milliseconds from now. */
function waitIn(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

function tooSlow(timeoutMs: number): WaggleError {
  return new WaggleError("TOO_SLOW", {
    message: `Pexels did not answer within ${timeoutMs / 1000} s. Search again, or go on without a picture.`,
  });
}

function unreachable(what: string): WaggleError {
  return new WaggleError("SERVER_UNREACHABLE", {
    message: `${what} Go on without a picture, or with one you have, and tell the server's operator if it stays so.`,
  });
}
