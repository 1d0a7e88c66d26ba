/** CSS declarations by property, lower case, without `!important`. */
export type Declarations = Readonly<Record<string, string>>;

/** The declarations of a style attribute; what can't be read is left out. */
export function readDeclarations(style: string): Declarations {
  const found: Record<string, string> = Object.create(null);
  for (const declaration of declarationsIn(style)) {
    const colon = declaration.indexOf(":");
    const property = declaration.slice(0, Math.max(colon, 0)).trim().toLowerCase();
    if (/^-?[a-z][a-z-]*$/.test(property)) found[property] = withoutImportance(declaration.slice(colon + 1));
  }
  return found;
}

function withoutImportance(value: string): string {
  const mark = value.lastIndexOf("!");
  return (mark >= 0 && /^!\s*important\s*$/i.test(value.slice(mark)) ? value.slice(0, mark) : value).trim();
}

/** Cut at semicolons outside of quotes and brackets, in one go: people paste styles of any size and shape. */
function declarationsIn(style: string): readonly string[] {
  const found: string[] = [];
  let [from, depth, quote] = [0, 0, ""];
  for (let at = 0; at < style.length; at++) {
    const character = style.charAt(at);
    if (quote !== "") quote = character === quote ? "" : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === "(") depth += 1;
    else if (character === ")") depth -= 1;
    else if (character === ";" && depth <= 0) {
      found.push(style.slice(from, at));
      from = at + 1;
    }
  }
  found.push(style.slice(from));
  return found;
}

/** The address in `url(…)`, without quotes; "" when there is none. */
export function urlIn(value: string): string {
  const start = value.toLowerCase().indexOf("url(");
  const end = start < 0 ? -1 : value.indexOf(")", start);
  if (end < 0) return "";
  const inside = value.slice(start + 4, end).trim();
  const quote = inside.charAt(0);
  return (quote === '"' || quote === "'") && inside.endsWith(quote) ? inside.slice(1, -1).trim() : inside;
}

const keywords: Readonly<Record<string, number>> = {
  "xx-small": 9,
  "x-small": 10,
  small: 13,
  medium: 16,
  large: 18,
  "x-large": 24,
  "xx-large": 32,
  "xxx-large": 48,
};
const rootSize = 16;
/** In characters. */
const longestSize = 32;
const perUnit: Readonly<Record<string, number>> = { px: 1, pt: 4 / 3, pc: 16, in: 96, cm: 96 / 2.54, mm: 9.6 / 2.54 };

/** Pixels of a font size inside text of another size; undefined when the value says none. */
export function fontPixels(value: string, parent: number): number | undefined {
  const text = value.trim().toLowerCase();
  if (text.length > longestSize) return undefined;
  if (text === "smaller") return parent / 1.2;
  if (text === "larger") return parent * 1.2;
  if (Object.hasOwn(keywords, text)) return keywords[text];
  const match = /^(\d+\.?\d*|\.\d+)\s*(px|pt|pc|in|cm|mm|r?em|%|)$/.exec(text);
  if (!match) return undefined;
  const [, digits, unit = ""] = match;
  const size = Number(digits);
  if (unit === "em") return size * parent;
  if (unit === "rem") return size * rootSize;
  if (unit === "%") return (size / 100) * parent;
  return size * (perUnit[unit] ?? 1);
}

/** Whether a weight is bold, as far as contrast is concerned; undefined when the value says nothing. */
export function boldness(value: string): boolean | undefined {
  const text = value.trim().toLowerCase();
  if (text === "bold" || text === "bolder") return true;
  if (text === "normal" || text === "lighter") return false;
  const weight = Number(text);
  return text !== "" && Number.isFinite(weight) ? weight >= 700 : undefined;
}
