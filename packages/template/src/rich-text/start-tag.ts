import { attributePattern } from "./attribute-list.ts";
import { unescapeAttribute } from "./escape.ts";

/** An attribute as a name and its unescaped value. */
export type Attribute = readonly [name: string, value: string];

/** The attributes that stand in a start tag: `class="x" dir="rtl"`. They come from the text, so only harmless ones may reach a DOM: see `safeAttribute`. */
export function readAttributes(rest: string | null): Attribute[] {
  if (rest === null) return [];
  const pairs = rest.matchAll(new RegExp(attributePattern, "g"));
  return Array.from(pairs, ([pair]): Attribute => {
    const equals = pair.indexOf("=");
    return [pair.slice(0, equals), unescapeAttribute(pair.slice(equals + 2, -1))];
  });
}

/** Name and attributes of the inside of a start tag. */
export function readStartTag(tag: string): { readonly name: string; readonly attributes: readonly Attribute[] } {
  const space = tag.indexOf(" ");
  if (space < 0) return { name: tag, attributes: [] };
  return { name: tag.slice(0, space), attributes: readAttributes(tag.slice(space + 1)) };
}
