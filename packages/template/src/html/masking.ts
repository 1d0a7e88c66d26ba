import { findTemplateTags } from "../rich-text/template-tags.ts";

/**
 * HTML with its template tags hidden from the parser. Each tag is replaced by as many characters that mean nothing to HTML
 * (Unicode noncharacters), so that every position in the masked source is a position in the original.
 */
export interface MaskedHtml {
  readonly masked: string;
  /** Puts the tags back into a piece of the masked source, or into what the parser made of it. */
  unmask(piece: string): string;
}

const first = 0xfdd0;
const digits = 30;
const tagStart = String.fromCharCode(first + digits);
const padding = String.fromCharCode(first + digits + 1);
const maxTags = digits ** 3;

/** One hidden tag. Tags have four characters at least: the start and three digits. */
export const hiddenTag = /\ufdee[\ufdd0-\ufded]{3}\ufdef*/g;

/** What hides tags, written out or as an entity: in a source it would be taken for a hidden tag. */
const forged = /[\ufdd0-\ufdef]|&#(?:x0*fd[de][0-9a-f]|0*(?:649|650)\d\d)/i;

/** The source without characters that could be taken for a hidden tag. No text has them. */
export function withoutForgedMasks(html: string): string {
  return forged.test(html) ? html.replace(new RegExp(forged, "gi"), "\ufffd") : html;
}

/** Why the tags of a source can't all be hidden, or undefined when they can. */
export function whyNotMaskable(html: string): string | undefined {
  if (forged.test(html)) return "Unicode noncharacters";
  const tags = findTemplateTags(html);
  if (tags.some((tag) => tag.hasMarkup)) return "markup inside a template tag";
  return tags.length > maxTags ? `more than ${maxTags} template tags` : undefined;
}

/** Hides the template tags that can be hidden; the others are HTML like any other. */
export function maskTemplateTags(html: string): MaskedHtml {
  const tags = findTemplateTags(html)
    .filter((tag) => !tag.hasMarkup)
    .slice(0, maxTags);
  let masked = "";
  let at = 0;
  tags.forEach(({ start, end }, index) => {
    masked += html.slice(at, start) + maskOf(index, end - start);
    at = end;
  });
  masked += html.slice(at);
  const sources = tags.map(({ start, end }) => html.slice(start, end));
  return { masked, unmask: (piece) => piece.replace(hiddenTag, (mask) => sources[indexOf(mask)] ?? "") };
}

function maskOf(index: number, length: number): string {
  const places = [index / digits ** 2, (index / digits) % digits, index % digits].map(Math.floor);
  return (tagStart + places.map((digit) => String.fromCharCode(first + digit)).join("")).padEnd(length, padding);
}

function indexOf(mask: string): number {
  return [1, 2, 3].reduce((index, place) => index * digits + mask.charCodeAt(place) - first, 0);
}
