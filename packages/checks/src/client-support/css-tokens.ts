export type TokenKind =
  | "space"
  | "comment"
  | "name"
  | "function"
  | "at"
  | "hash"
  | "number"
  | "string"
  | "url"
  | "mark";

/** A piece of CSS: `text` as written, without `(` of a function and `@` of an at-rule. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

const name = "(?:--|-?(?:[a-z_\\u0080-\\uffff]|\\\\[^\\n]))(?:[\\w\\u0080-\\uffff-]|\\\\[^\\n])*";

/** In this order. Every character belongs to one token, and none is read twice: time grows with the length only. */
const patterns: readonly (readonly [TokenKind | undefined, string])[] = [
  ["space", "[ \\t\\r\\n\\f]+"],
  ["comment", "/\\*[\\s\\S]*?(?:\\*/|$)"],
  // Merge tags are no CSS, and their brackets open nothing.
  [undefined, "\\{\\{[^{}]*\\}\\}|\\{%[^%{}]*%\\}|<!--|-->"],
  ["url", "url\\((?![ \\t\\r\\n\\f]*[\"'])[^)]*\\)?"],
  ["function", `${name}\\(`],
  ["name", name],
  ["number", `[+-]?(?:\\d+(?:\\.\\d+)?|\\.\\d+)(?:e[+-]?\\d+)?(?:%|${name})?`],
  [
    "string",
    "\"[^\"\\\\\\n\\r\\f]*(?:\\\\[\\s\\S][^\"\\\\\\n\\r\\f]*)*\"?|'[^'\\\\\\n\\r\\f]*(?:\\\\[\\s\\S][^'\\\\\\n\\r\\f]*)*'?",
  ],
  ["at", `@${name}`],
  ["hash", "#[\\w\\u0080-\\uffff-]+"],
  ["mark", "[\\s\\S]"],
];
const token = new RegExp(patterns.map(([, pattern]) => `(${pattern})`).join("|"), "gi");

/** The tokens of any string, as CSS Syntax cuts it but for rarities; merge tags are left out. */
export function cssTokens(css: string): Token[] {
  const found: Token[] = [];
  for (const match of css.matchAll(token)) {
    const kind = patterns[match.indexOf(match[0], 1) - 1]?.[0];
    if (kind !== undefined) found.push({ kind, text: textOf(kind, match[0]) });
  }
  return found;
}

function textOf(kind: TokenKind, text: string): string {
  if (kind === "function") return text.slice(0, -1).toLowerCase();
  return kind === "at" ? text.slice(1).toLowerCase() : text;
}

/** The address inside a `url(…)` token. */
export const addressIn = (url: string): string => url.slice("url(".length).replace(/\)$/, "").trim();

/** The unit of a number, in lower case: `%`, `px`, "" when there is none. */
export const unitOf = (number: string): string => /[a-z%]+$/i.exec(number)?.[0].toLowerCase() ?? "";
