import { atom, isRichText, type Value } from "../document/value.ts";
import { plainText } from "./text-delta.ts";

const excerptLength = 40;

/** At most 40 characters of a text on one line. */
export function excerpt(text: string): string {
  return shortened(oneLine(text));
}

function shortened(line: string): string {
  if (line.length <= excerptLength) return line;
  // A character is one or two code units; what lies behind is not looked at.
  const characters = [...line.slice(0, 2 * excerptLength + 2)];
  if (characters.length <= excerptLength) return line;
  return `${characters
    .slice(0, excerptLength - 1)
    .join("")
    .trimEnd()}…`;
}

/** What happened to a text: “Buy” → “Order now”; of longer texts only the part that changed. */
export function describeText(before: Value | undefined, after: Value | undefined): string {
  if (!isRichText(before) || !isRichText(after)) return "changed";
  const [old, next] = [oneLine(plainText(before)), oneLine(plainText(after))];
  if (old === next) return "formatted";
  const isShort = Math.max(old.length, next.length) <= excerptLength;
  const [removed, added] = isShort ? [old, next] : changedPart(old, next);
  if (removed === "") return `“${shortened(added)}” added`;
  if (added === "") return `“${shortened(removed)}” removed`;
  return `“${shortened(removed)}” → “${shortened(added)}”`;
}

/** Ends of lines and blocks are white space too; a single space is left where it is. */
function oneLine(text: string): string {
  return text
    .replaceAll(atom, "")
    .replace(/\s{2,}|[^\S ]/g, " ")
    .trim();
}

/** Both texts without the words they begin and end with in common. */
function changedPart(old: string, next: string): readonly [string, string] {
  const [left, right] = [old.split(" "), next.split(" ")];
  const shortest = Math.min(left.length, right.length);
  let start = 0;
  while (start < shortest && left[start] === right[start]) start++;
  let end = 0;
  while (end < shortest - start && left.at(-1 - end) === right.at(-1 - end)) end++;
  return [left.slice(start, left.length - end).join(" "), right.slice(start, right.length - end).join(" ")];
}
