/** How half of a character beyond the basic plane can be written in JSON; UTF-8 has no other way to hold one. */
const halfCharacter = /\\u[dD][89a-fA-F]/;

/**
 * A parsed JSON value with each half character replaced by U+FFFD, as UTF-8 writes it: kept as it is, a document would
 * differ from its own bytes on disk. `text` is what was parsed.
 */
export function wellFormed(value: unknown, text: string): unknown {
  // Whole characters may be escaped as well, so this is only a sign to look closer.
  if (!halfCharacter.test(text)) return value;
  return JSON.parse(text.replaceAll(/(\\\\)|((?:\\u[dD][89a-fA-F][\da-fA-F]{2})+)/g, mend));
}

function mend(match: string, backslash: string | undefined): string {
  if (backslash !== undefined) return match;
  return JSON.stringify(String(JSON.parse(`"${match}"`)).toWellFormed()).slice(1, -1);
}
