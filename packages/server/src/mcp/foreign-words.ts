/** Looks like an id or a name, and is too short to say anything. */
const plain = /^[\w.:/#%-]{0,80}$/;
/** Says nothing, and may stand anywhere in a message. */
const shortest = 4;
const stand = "(see data)";
/** Members of `data` that hold ids, which whoever made the template chose, or names that an agent sent. */
const foreign: ReadonlySet<string> = new Set(["elementId", "nearest", "inside", "tool", "protectedElements"]);

/**
 * The message of an error without words that are not ours: ids that stand in `data` as well and do not look like ids. Agents
 * read messages as what the server tells them.
 */
export function withoutForeignWords(message: string, data: unknown): string {
  // The longest first: one may be a part of another.
  const texts = foreignTexts(data, false).sort((a, b) => b.length - a.length);
  return texts.reduce((own, text) => own.replaceAll(text, stand), message);
}

function foreignTexts(value: unknown, isForeign: boolean): string[] {
  if (typeof value === "string")
    return isForeign && !plain.test(value) && value.trim().length >= shortest ? [value] : [];
  if (typeof value !== "object" || value === null) return [];
  const isList = Array.isArray(value);
  return Object.entries(value).flatMap(([key, each]) => foreignTexts(each, isList ? isForeign : foreign.has(key)));
}
