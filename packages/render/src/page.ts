import { equalValues, type Snapshot, settingsId } from "@waggle/template";
import type { Styles } from "./tree.ts";
import { alignment, background, cssValue } from "./values/css.ts";
import { ElementReader, isJsonObject, textOf } from "./values/element-reader.ts";
import { safeUrl } from "./values/url.ts";

/** A font the page loads. */
export interface WebFont {
  readonly name: string;
  readonly url: string;
  /** The font and what stands in for it, as CSS; "" when the template names none. */
  readonly family: string;
}

/** What the page decides for all its rows. Two equal pages are drawn alike, so rows are kept by it. */
export interface Page {
  /** Pixels of the message, and of every row's content. */
  readonly width: number;
  /** The page behind the message. */
  readonly background: Styles;
  readonly messageBackground: Styles;
  readonly color: string;
  readonly linkColor: string;
  readonly fontFamily: string;
  readonly direction: "ltr" | "rtl";
  /** Where the message stands in a window wider than it. */
  readonly align: "left" | "center" | "right";
  readonly webFonts: readonly WebFont[];
}

/** What only the complete document says. */
export interface PageHead {
  readonly title: string;
  readonly language: string;
  readonly preheader: string;
  readonly description: string;
  /** Raw tags of the author, by contract written as they are. */
  readonly customTags: string;
  /** The sign of a page in the browser. */
  readonly favicon: string | undefined;
}

const body = "/page/body";
const defaultWidth = 600;
const defaultFont = "Arial, 'Helvetica Neue', Helvetica, sans-serif";
const defaultLinkColor = "#0068A5";

/** The page of a snapshot. Pass the last one to get it back when nothing that shows has changed. */
export function pageOf(snapshot: Snapshot, previous?: Page): Page {
  const reader = settingsReader(snapshot);
  const content = reader.styles(`${body}/content/style`);
  const messageColor = reader.css(`${body}/content/computedStyle/messageBackgroundColor`);
  const page: Page = {
    width: messageWidth(reader),
    background: background(reader.styles(`${body}/container/style`)),
    messageBackground: background(messageColor === undefined ? {} : { "background-color": messageColor }),
    color: content.color ?? "#000000",
    linkColor: reader.css(`${body}/content/computedStyle/linkColor`) ?? defaultLinkColor,
    fontFamily: content["font-family"] ?? defaultFont,
    direction: directionOf(reader, content.direction),
    align: pageAlign(reader),
    webFonts: webFontsOf(reader),
  };
  return previous && equalValues(previous, page) ? previous : page;
}

/** The head of a snapshot's document. */
export function pageHeadOf(snapshot: Snapshot): PageHead {
  const reader = settingsReader(snapshot);
  const meta = "/page/head/meta";
  return {
    title: reader.text(`${meta}/subject`, `${meta}/title`, "/page/title"),
    language: languageOf(reader),
    preheader: reader.text(`${meta}/preheader`),
    description: reader.text(`${meta}/description`, "/page/description"),
    customTags: reader.text("/page/head/customTags"),
    favicon: faviconOf(reader.value(`${meta}/favicon`)),
  };
}

/** The language the document says it is in. */
function languageOf(reader: ElementReader): string {
  const named = reader.text("/page/head/meta/lang", "/page/language/value", "/page/language").trim();
  return /^[a-z]{2,3}([-_][a-z0-9]{2,8})*$/i.test(named) ? named.replaceAll("_", "-") : "en";
}

const rightToLeft = /^(ar|arc|ckb|dv|fa|ha|he|iw|ks|ku|ps|sd|ug|ur|yi)(-|$)/i;

/** The way a language is written. */
export function directionOfLanguage(language: string): "ltr" | "rtl" {
  return rightToLeft.test(language) && !/-latn\b/i.test(language) ? "rtl" : "ltr";
}

function directionOf(reader: ElementReader, named: string | undefined): "ltr" | "rtl" {
  return named === "rtl" || named === "ltr" ? named : directionOfLanguage(languageOf(reader));
}

function pageAlign(reader: ElementReader): Page["align"] {
  const align = alignment(reader.value(`${body}/content/computedStyle/align`), "center");
  return align === "justify" ? "center" : align;
}

/** Below this width of the window the mobile rules hold. */
export function breakpointOf(page: Page): number {
  return page.width + 20;
}

function faviconOf(value: unknown): string | undefined {
  const [first] = Array.isArray(value) ? value : [value];
  return safeUrl(isJsonObject(first) ? (first.href ?? first.url ?? first.src) : first) || undefined;
}

function settingsReader(snapshot: Snapshot): ElementReader {
  return new ElementReader(snapshot.nodes.get(settingsId) ?? {});
}

function messageWidth(reader: ElementReader): number {
  const width = reader.pixels(`${body}/content/computedStyle/messageWidth`);
  return width === undefined || width <= 0 ? defaultWidth : width;
}

function webFontsOf(reader: ElementReader): readonly WebFont[] {
  const fonts = [...reader.objects(`${body}/webFonts`), ...reader.objects("/page/webFonts")];
  const loaded = new Map<string, WebFont>();
  for (const font of fonts) {
    const url = safeUrl(font.url);
    const name = textOf(font.name) || textOf(font.fontName) || textOf(font.fontFamily) || textOf(font.family);
    const family = cssValue("font-family", font.fontFamily ?? font.family) ?? "";
    if (url !== undefined && isStylesheetUrl(url)) loaded.set(url, { name, url, family });
  }
  return [...loaded.values()];
}

const isStylesheetUrl = (url: string): boolean => /^(https?:\/\/|\/)/i.test(url);

/** Pixels of a box inside another, never less than one. */
export function innerWidth(width: number, taken: number): number {
  return Math.max(1, width - taken);
}
