import type { ElementId } from "@waggle/template";
import type { Palette } from "./colors.ts";
import { readDeclarations, urlIn } from "./css.ts";
import { type Attributes, type MarkupReader, scanHtml } from "./html-scan.ts";
import { type Dress, dressed, type Look } from "./look.ts";
import type { Seen, SeenHeading, SeenLink, SeenPicture, SeenText } from "./seen.ts";

/** A heading or link that is still being read. */
interface Open {
  text: string;
}

/** Where in the template we are, and how text looks there. */
export interface Place {
  readonly elementId: ElementId;
  readonly look: Look;
  readonly heading?: Open & SeenHeading;
  readonly link?: Open & SeenLink;
  readonly isTableHead?: boolean;
}

/** An element on the way down: its tag and attributes, and what is known of its look. */
export interface Entered {
  readonly dress: Dress;
  readonly href?: string | undefined;
  readonly src?: string | undefined;
  readonly alt?: string | undefined;
}

// White space and characters that only join, part or mark others can't be seen.
const visible = /[^\s\p{Cf}\p{Mn}\u3164]/u;

/** Notes what a reader sees while someone walks through the markup. */
export class Onlooker {
  readonly #palette: Palette;
  readonly #texts: SeenText[] = [];
  readonly #headings: SeenHeading[] = [];
  readonly #links: SeenLink[] = [];
  readonly #pictures: SeenPicture[] = [];

  constructor(palette: Palette) {
    this.#palette = palette;
  }

  get seen(): Seen {
    return {
      texts: this.#texts,
      headings: this.#headings.filter(({ text }) => visible.test(text)),
      links: this.#links,
      pictures: this.#pictures,
    };
  }

  /** The place inside an element. */
  enter(place: Place, { dress, href, src, alt }: Entered): Place {
    const { elementId } = place;
    const look = dressed(place.look, { ...dress, isLink: href !== undefined }, this.#palette);
    const inside: { -readonly [key in keyof Place]: Place[key] } = { ...place, look };
    if (look.isHidden) return inside;
    if (dress.tag === "img" && src) this.#picture(place, { src, alt });
    const level = /^h[1-6]$/.test(dress.tag) ? Number(dress.tag[1]) : undefined;
    if (level !== undefined) {
      inside.heading = { elementId, level, text: "" };
      this.#headings.push(inside.heading);
    }
    if (href !== undefined) {
      inside.link = { elementId, href, text: "" };
      this.#links.push(inside.link);
    }
    if (dress.tag === "th") inside.isTableHead = true;
    this.#background(elementId, dress.styles["background-image"] ?? dress.styles.background);
    return inside;
  }

  text({ elementId, look, heading, link, isTableHead = false }: Place, text: string): void {
    if (look.isHidden || !visible.test(text)) return;
    this.#texts.push({ elementId, text, look, isTableHead });
    if (heading) heading.text += text;
    if (link) link.text += text;
  }

  /** Reads markup that stands inside a text. */
  html(place: Place, html: string): void {
    scanHtml(html, new Insight(this, place));
  }

  #picture({ elementId, heading, link }: Place, { src, alt = "" }: { src: string; alt?: string | undefined }): void {
    this.#pictures.push({ elementId, src });
    // A logo in a heading is its text, for those who do not see it too.
    if (heading) heading.text += alt;
    if (link) link.text += alt;
  }

  #background(elementId: ElementId, value: string | undefined): void {
    const src = value === undefined ? "" : urlIn(value);
    if (src !== "") this.#pictures.push({ elementId, src });
  }
}

/** Follows markup, keeping the place of each element that is open. */
class Insight implements MarkupReader {
  readonly #onlooker: Onlooker;
  readonly #places: Place[];

  constructor(onlooker: Onlooker, place: Place) {
    this.#onlooker = onlooker;
    this.#places = [place];
  }

  get #here(): Place {
    // The first place is never left: each element is closed as often as it was opened.
    return this.#places.at(-1) as Place;
  }

  open(tag: string, read: () => Attributes): void {
    this.#places.push(this.#onlooker.enter(this.#here, entered(tag, read())));
  }

  close(): void {
    this.#places.pop();
  }

  text(text: string): void {
    this.#onlooker.text(this.#here, text);
  }
}

const unseen: ReadonlySet<string> = new Set(["style", "script", "title", "template", "head", "noscript"]);
const fontSizes = ["10px", "13px", "16px", "18px", "24px", "32px", "48px"];

function entered(tag: string, attributes: Attributes): Entered {
  const { style, bgcolor, color, size, href, src, alt } = attributes;
  const styles: Record<string, string> = {};
  if (bgcolor) styles["background-color"] = bgcolor;
  if (tag === "font" && color) styles.color = color;
  if (tag === "font" && size) styles["font-size"] = fontSizes[Number(size) - 1] ?? "";
  if (unseen.has(tag)) styles.display = "none";
  if (style) Object.assign(styles, readDeclarations(style));
  return { dress: { tag, styles, isInline: true }, href: tag === "a" ? href : undefined, src, alt };
}
