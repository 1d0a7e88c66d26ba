/** Plain JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Marks of a run of text: name → attributes. The names and attributes are those of `rich-text/marks.ts`. */
export type Marks = { readonly [mark: string]: Json };

/** A stretch of text with the same marks. A run without marks has no second member. */
export type Run = readonly [text: string, marks?: Marks];

/**
 * Collaborative rich text as one flat sequence of runs, so that a delta can describe any change of it.
 * A block ends with `blockEnd`; the marks of that character are the block's type, attributes and ancestors.
 * A piece of HTML that has no place in the model is one `atom` character whose marks carry it.
 */
export interface RichText {
  readonly rich: readonly Run[];
  /** The HTML it was parsed from, kept so that an untouched text exports exactly as it came. */
  readonly html?: string;
}

/** What a key of a node holds: a JSON leaf (scalar, array, or empty object), or rich text. */
export type Value = Json | RichText;

/** Ends a block of rich text (U+2029). */
export const blockEnd = "\u2029";
/** Stands for a piece of HTML inside a line (U+FFFC). */
export const atom = "\ufffc";
/** A line break inside a block. */
export const lineBreak = "\n";

export function isRichText(value: Value | undefined): value is RichText {
  return typeof value === "object" && value !== null && !Array.isArray(value) && "rich" in value;
}

/** Deep equality of values; the order of keys does not count. */
export function equalValues(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  return keys.every((key) => Object.hasOwn(right, key) && equalValues(left[key], right[key]));
}
