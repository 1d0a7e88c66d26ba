/** One attribute as this package writes it. */
export const attributePattern = /[a-z_:@][\w:.@-]*=(?:"[^"]*"|'[^']*')/;

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
