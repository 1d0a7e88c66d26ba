import { equalValues, type Snapshot, settingsId } from "@waggle/template";
import type { Styles } from "./tree.ts";
import { background } from "./values/css.ts";
import { ElementReader, textOf } from "./values/element-reader.ts";
import { safeUrl } from "./values/url.ts";

/** A font the page loads. */
export interface WebFont {
  readonly name: string;
  readonly url: string;
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
    direction: content.direction === "rtl" ? "rtl" : "ltr",
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
    language: reader.text(`${meta}/lang`) || "en",
    preheader: reader.text(`${meta}/preheader`),
    description: reader.text(`${meta}/description`, "/page/description"),
    customTags: reader.text("/page/head/customTags"),
  };
}

/** Below this width of the window the mobile rules hold. */
export function breakpointOf(page: Page): number {
  return page.width + 20;
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
    if (url !== undefined && isStylesheetUrl(url)) loaded.set(url, { name, url });
  }
  return [...loaded.values()];
}

const isStylesheetUrl = (url: string): boolean => /^(https?:\/\/|\/)/i.test(url);

/** Pixels of a box inside another, never less than one. */
export function innerWidth(width: number, taken: number): number {
  return Math.max(1, width - taken);
}
