import { findTemplateTags, findUnclosedTags, outsideTags } from "./template-tags.ts";

/** Text as HTML. Template tags are written as they are. */
export function escapeText(text: string): string {
  return outsideTags(text, escapePlain);
}

/** Text without template tags as HTML. */
export function escapePlain(text: string): string {
  // Most pieces of text have nothing to escape.
  if (!/[&<>\u00a0]/.test(text)) return text;
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\u00a0", "&nbsp;");
}

/**
 * An attribute as HTML. Template tags are written as they are: a tag with double quotes in it makes the value stand in
 * single ones. Only a tag with both kinds has to be escaped; `hasMixedQuotes` tells beforehand.
 */
export function attribute(name: string, value: string): string {
  const inTags = quotesInTags(value);
  const quote = inTags.double && !inTags.single ? "'" : '"';
  const escaped = escapeValue(value, quote);
  const safe = inTags.double && inTags.single ? escaped.replaceAll('"', "&quot;") : escaped;
  return `${name}=${quote}${safe}${quote}`;
}

/** A tag that begins in a value and does not end there would take the quote, and what follows, for its inside. */
function escapeValue(value: string, quote: string): string {
  let escaped = "";
  let from = 0;
  for (const at of findUnclosedTags(value)) {
    escaped += escapePart(value.slice(from, at), quote) + value.slice(at, at + 2).replace(/[{*<]/g, numericEntity);
    from = at + 2;
  }
  return escaped + escapePart(value.slice(from), quote);
}

function escapePart(value: string, quote: string): string {
  return outsideTags(value, (part) => escapeQuote(part, quote).replaceAll("\u00a0", "&nbsp;"));
}

function numericEntity(character: string): string {
  return `&#${character.charCodeAt(0)};`;
}

/** Whether the value can't be written as an attribute without touching a template tag. */
export function hasMixedQuotes(value: string): boolean {
  const inTags = quotesInTags(value);
  return inTags.double && inTags.single;
}

function quotesInTags(value: string): { readonly double: boolean; readonly single: boolean } {
  const tags = findTemplateTags(value)
    .filter((tag) => !tag.hasMarkup)
    .map((tag) => value.slice(tag.start, tag.end));
  return { double: tags.some((tag) => tag.includes('"')), single: tags.some((tag) => tag.includes("'")) };
}

function escapeQuote(part: string, quote: string): string {
  const escaped = part.replaceAll("&", "&amp;");
  return quote === '"' ? escaped.replaceAll('"', "&quot;") : escaped.replaceAll("'", "&#39;");
}

const entities: { readonly [entity: string]: string } = {
  "&quot;": '"',
  "&nbsp;": "\u00a0",
  "&amp;": "&",
};

/** The value of an attribute that `attribute` wrote. */
export function unescapeAttribute(value: string): string {
  return outsideTags(value, (part) =>
    part.replace(/&(?:quot|nbsp|amp|#(\d+));/g, (entity, code?: string) =>
      code === undefined ? (entities[entity] ?? entity) : String.fromCharCode(Number(code)),
    ),
  );
}
