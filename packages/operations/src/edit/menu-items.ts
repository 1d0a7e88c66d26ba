import type { MenuItem } from "../modules/menu.ts";
import { hasMarkup } from "../text/plain-text.ts";

interface MenuInput {
  readonly items?: readonly MenuItem[] | undefined;
  readonly color?: string | undefined;
  readonly linkColor?: string | undefined;
}

/** All text of a menu is links, whose colour would hide the text's. */
export function withLinkColor<Input extends MenuInput>(input: Input): Input {
  const { color, linkColor = color } = input;
  return linkColor === undefined ? input : { ...input, linkColor };
}

/** Tells of items that do not do what a menu is for. */
export function menuWarnings({ items = [] }: MenuInput): readonly string[] {
  return items.flatMap(({ text, href }, at) => [
    ...(text.trim() === "" ? [`items.${at} has no text: nothing of it shows.`] : []),
    ...(href ? [] : [`items.${at} leads nowhere: give it an href.`]),
    ...(hasMarkup(text) ? [`items.${at}.text holds HTML, which a menu shows as letters.`] : []),
  ]);
}
