import { allowList } from "./allow-list.ts";
import { hasMixedQuotes } from "./escape.ts";
import { splitDeclarations } from "./style.ts";
import { findTemplateTags, outsideTags } from "./template-tags.ts";

/** What becomes of an element: it stays, it goes but leaves its content, or it goes with everything in it. */
export type ElementFate = "keep" | "unwrap" | "drop";

export function fateOf(element: string): ElementFate {
  if (allowList.elements.has(element)) return "keep";
  return allowList.withContent.has(element) ? "drop" : "unwrap";
}

/**
 * The value an attribute may have on an element, or undefined when the attribute has to go. Names are lower case, values
 * unescaped; template tags in a value stay as they are.
 */
export function safeAttribute(element: string, name: string, value: string): string | undefined {
  if (!isAllowedName(element, name) || hasMixedQuotes(value)) return undefined;
  if (name === "style") return safeStyle(value);
  if (name === "target") return allowList.targets.has(value.toLowerCase()) ? value : undefined;
  if (!allowList.urlAttributes.has(name)) return value;
  const mayBeImage = allowList.imageData[element]?.has(name) ?? false;
  return isSafeUrl(value) || (mayBeImage && isImageData(value)) ? value : undefined;
}

function isAllowedName(element: string, name: string): boolean {
  if (allowList.attributes.has(name) || allowList.elementAttributes[element]?.has(name)) return true;
  return /^[a-z][a-z0-9-]*$/.test(name) && allowList.attributePrefixes.some((prefix) => name.startsWith(prefix));
}

/**
 * Whether an address is harmless: no scheme, or a known one. Template tags are left out first, so that none can be put
 * inside a scheme to hide it.
 */
export function isSafeUrl(url: string): boolean {
  const scheme = /^([^/?#]*?):/.exec(bareUrl(url))?.[1];
  return scheme === undefined || scheme === "" || allowList.urlSchemes.has(scheme.toLowerCase());
}

function isImageData(url: string): boolean {
  return /^data:image\/[a-z0-9.+-]+[;,]/i.test(bareUrl(url));
}

/** As browsers read it: white space and control characters don't count. Tags like [name] may hide something too. */
function bareUrl(url: string): string {
  return withoutTags(url).replace(/[\s\p{Cc}\p{Cf}]|\[[\w .-]*\]/gu, "");
}

/** The declarations that may stay, or undefined when none may. A style that is harmless comes back as it is. */
export function safeStyle(style: string): string | undefined {
  const declarations = splitDeclarations(style) ?? [];
  const safe = declarations.filter(isSafeDeclaration);
  if (safe.length === 0) return undefined;
  return safe.length === declarations.length ? style : `${safe.join("; ")};`;
}

function isSafeDeclaration(declaration: string): boolean {
  // Browsers decode entities in a template tag too: what it says in CSS can't be told from its source.
  if (findTemplateTags(declaration).some(({ start, end }) => /[&\\]|\/\*/.test(declaration.slice(start, end))))
    return false;
  const bare = withoutTags(declaration).trim();
  if (bare === "") return true;
  const colon = bare.indexOf(":");
  return (
    colon > 0 && isAllowedProperty(bare.slice(0, colon).trim().toLowerCase()) && isSafeValue(bare.slice(colon + 1))
  );
}

function isAllowedProperty(property: string): boolean {
  return allowList.properties.has(property) || allowList.propertyPrefixes.some((prefix) => property.startsWith(prefix));
}

/** Escapes, comments and control characters could hide anything from this check, and no honest value needs them. */
function isSafeValue(value: string): boolean {
  if (/[^\P{Cc}\t\n\r]|[\\<>{};@|]|\/\*|(?:java|vb)script:/iu.test(value)) return false;
  const addresses = Array.from(value.matchAll(cssUrl), ([, address = ""]) => address.trim());
  if (!addresses.every(isSafeCssUrl)) return false;
  return Array.from(value.matchAll(/\(/g), ({ index }) => functionBefore(value, index)).every(isAllowedFunction);
}

const cssUrl = /\burl\s*\(([^()]*)/gi;

/** In quotes, or without anything that a browser would end it at. */
function isSafeCssUrl(address: string): boolean {
  const quoted = /^"([^"]*)"$|^'([^']*)'$/.exec(address);
  if (!quoted && /["'\s]/.test(address)) return false;
  return isSafeUrl(quoted?.[1] ?? quoted?.[2] ?? address);
}

/** No function has a longer name; looking back without limit would take quadratic time. */
const longestFunction = 40;

function functionBefore(value: string, bracket: number): string {
  const before = value.slice(Math.max(bracket - longestFunction, 0), bracket);
  return /[\w-]*$/.exec(before.trimEnd())?.[0].toLowerCase() ?? "";
}

function isAllowedFunction(name: string): boolean {
  return name === "" || allowList.functions.has(name);
}

function withoutTags(text: string): string {
  let bare = "";
  outsideTags(text, (part) => {
    bare += part;
    return part;
  });
  return bare;
}
