import type { RichText } from "../document/value.ts";

export interface SanitiseOptions {
  /** Comments that are conditions to Outlook stay, with what in them is on the allow-list. Texts need none. */
  readonly keepsConditions?: boolean;
}

/** Turns the HTML of text fields into rich text and back. `@waggle/template/html` has the one there is, with its parser. */
export interface TextCodec {
  /** The rich text, or undefined when it could not be written back without loss: then the field stays a string. */
  parse(html: string): RichText | undefined;
  /** Why `parse` leaves HTML a string, in words that complete "This text can only be replaced as a whole: …". */
  explain(html: string): string | undefined;
  /** HTML of a text: its source as it came while untouched; after an edit only the edited blocks are written anew. */
  serialise(text: RichText): string;
  /** The HTML without anything that could do harm where it is shown. Template tags stay as they are. */
  sanitise(html: string, options?: SanitiseOptions): string;
}
