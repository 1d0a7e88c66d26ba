import { attributePattern, unescapeAttribute } from "./escape.ts";

/** An attribute as a name and its unescaped value. */
export type Attribute = readonly [name: string, value: string];

const attributeList = new RegExp(`^(?:${attributePattern.source}(?: (?=[^ ])|$))*$`);

/** Whether a string is attributes as they stand in a start tag: `class="x" dir="rtl"`. */
export function isAttributeList(rest: string): boolean {
  return rest !== "" && attributeList.test(rest);
}

/** Whether a string is the inside of a start tag of one of these elements: `span class="x"`. */
export function isStartTag(tag: string, names: ReadonlySet<string>): boolean {
  const space = tag.indexOf(" ");
  if (space < 0) return names.has(tag);
  return names.has(tag.slice(0, space)) && isAttributeList(tag.slice(space + 1));
}

/** The attributes of such a list. They come from the text, so only harmless ones may reach a DOM: see `safeAttribute`. */
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
