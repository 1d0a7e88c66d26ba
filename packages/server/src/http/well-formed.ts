/** How half of a character beyond the basic plane can be written in JSON; UTF-8 has no other way to hold one. */
const halfCharacter = /\\u[dD][89a-fA-F]/;
/** Runs of such halves; an escaped backslash is taken first, for what follows it is no escape. */
const halves = /\\\\|(?:\\u[dD][89a-fA-F][\da-fA-F]{2})+/g;

/**
 * JSON text with each half of a character that lacks its other half replaced by U+FFFD, as UTF-8 would write it: a document
 * that held one would differ from its own bytes on disk. The text has to be JSON.
 */
export function wellFormedJson(text: string): string {
  if (!halfCharacter.test(text)) return text;
  return text.replaceAll(halves, (run) => {
    if (run.startsWith("\\\\")) return run;
    const characters: string = JSON.parse(`"${run}"`);
    return characters.toWellFormed();
  });
}
