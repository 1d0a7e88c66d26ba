import { readAttributes, readStartTag } from "@waggle/template";

/** Attributes of a text's elements that may reach the page the editor is in; others are kept in the text, unseen. */
const shown: ReadonlySet<string> = new Set(["align", "class", "color", "dir", "face", "lang", "size", "title"]);

/** Declarations that only change looks. */
const shownProperty =
  /^(color|background-color|direction|font(-.+)?|letter-spacing|line-height|list-style-type|margin(-.+)?|padding(-.+)?|text-.+|vertical-align|white-space|word-.+)$/i;

/** The harmless part of what a node or mark says about its element: its style and its other attributes. */
export function inlineAttributes(attributes: Readonly<Record<string, unknown>>): Record<string, string> {
  const { rest, style } = attributes;
  const pairs = readAttributes(typeof rest === "string" ? rest : null);
  return visible([...pairs, ...(typeof style === "string" ? [["style", style] as const] : [])]);
}

/** Tag and harmless attributes of a start tag such as `span class="x"`. */
export function startTagOf(tag: unknown): [name: string, attributes: Record<string, string>] {
  const { name, attributes } = readStartTag(String(tag));
  return [name, visible(attributes)];
}

function visible(pairs: readonly (readonly [name: string, value: string])[]): Record<string, string> {
  const kept = pairs.flatMap(([name, value]) => {
    if (name === "style") return [[name, visibleStyle(value)] as const];
    return shown.has(name) ? [[name, value] as const] : [];
  });
  return Object.fromEntries(kept);
}

function visibleStyle(style: string): string {
  const declarations = style.split(";").filter((declaration) => {
    const colon = declaration.indexOf(":");
    const [property, value] = [declaration.slice(0, colon).trim(), declaration.slice(colon + 1)];
    return shownProperty.test(property) && !/url|image-set|expression|[\\{}]/i.test(value);
  });
  return declarations.join(";");
}
