/**
 * The declarations of a style attribute, trimmed and in order, cut where a browser cuts them: semicolons in quotes,
 * brackets and comments don't count. `undefined` when a quote, bracket or comment is never closed.
 */
export function splitDeclarations(style: string): string[] | undefined {
  const declarations: string[] = [];
  const open: string[] = [];
  let from = 0;
  for (const token of style.matchAll(tokens)) {
    const [text] = token;
    if (text === ";" && open.length === 0) {
      declarations.push(style.slice(from, token.index));
      from = token.index + 1;
    } else if (text === open.at(-1)) open.pop();
    else if (text in brackets) open.push(brackets[text] ?? "");
    else if (isUnclosed(text)) return undefined;
  }
  if (open.length > 0) return undefined;
  return [...declarations, style.slice(from)].map((part) => part.trim()).filter((part) => part !== "");
}

// Comments and strings as wholes (or their unclosed beginnings), escaped characters, and what cuts.
const tokens = /\/\*(?:[\s\S]*?\*\/)?|"(?:[^"\\\n\r\f]|\\[\s\S])*"?|'(?:[^'\\\n\r\f]|\\[\s\S])*'?|\\[\s\S]|[()[\]{};]/g;

const brackets: { readonly [open: string]: string } = { "(": ")", "[": "]", "{": "}" };

function isUnclosed(token: string): boolean {
  if (token.startsWith("/*")) return token.length === 2;
  return /^["']/.test(token) && (token.length === 1 || token.at(-1) !== token[0]);
}

/** `color:RED;; font-family:"A",b` → `color: RED; font-family: 'A', b;`. Order and values stay. */
export function canonicalStyle(style: string): string {
  const declarations = splitDeclarations(style);
  // Nobody can say where its declarations end, so it stays as it is.
  if (!declarations) return style.trim();
  return declarations.map((declaration) => `${canonicalDeclaration(declaration)};`).join(" ");
}

function canonicalDeclaration(declaration: string): string {
  const colon = declaration.indexOf(":");
  if (colon < 0) return declaration;
  const name = declaration.slice(0, colon).trim();
  const property = name.startsWith("--") ? name : name.toLowerCase();
  return `${property}: ${canonicalValue(declaration.slice(colon + 1).trim())}`;
}

function canonicalValue(value: string): string {
  return value
    .replace(/\s+/g, " ")
    .replace(/"([^"'\\]*)"/g, "'$1'")
    .replace(/('[^']*'|"[^"]*"|\([^)]*\))|\s*,\s*/g, (_match, kept: string | undefined) => kept ?? ", ");
}
