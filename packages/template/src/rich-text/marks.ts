import type { Json, Marks } from "../document/value.ts";
import { isAttributeList, isStartTag } from "./attribute-list.ts";

/** Attributes of a mark or node with the value they have when nobody gave one. */
export type AttributeDefaults = { readonly [name: string]: string | number | null };

/** An inline element as it stands: `as` is its start tag without brackets (`span class="x"`). */
const element = { as: "span", o: null } as const;
/** A span with one style declaration: `v` is its value. */
const property = { v: "", o: null } as const;
/** An element with a usual tag: `as` only when it is written otherwise (`b`, `em class="x"`). */
const emphasis = { as: null, o: null } as const;

/**
 * Every mark a text may carry, with its attributes. The order is the nesting in HTML, outermost first; `o` is the depth in
 * the source and set only where that order would not reproduce it. In Yjs a mark always carries all its attributes,
 * nulls included, and no other names may ever be written: editors delete text whose marks they don't know.
 */
export const markAttributes = {
  link: { href: "", target: null, style: null, rest: null, o: null },
  el1: element,
  el2: element,
  el3: element,
  el4: element,
  el5: element,
  el6: element,
  fontFamily: property,
  fontSize: property,
  letterSpacing: property,
  background: property,
  color: property,
  strong: emphasis,
  em: emphasis,
  underline: emphasis,
  strike: emphasis,
  sub: emphasis,
  sup: emphasis,
} as const satisfies Record<string, AttributeDefaults>;

export type MarkName = keyof typeof markAttributes;

/** All marks, outermost first. */
export const markNames = Object.keys(markAttributes) as readonly MarkName[];

/** Slots for inline elements that have no mark of their own. Nested ones take the next slot. */
export const slotNames = ["el1", "el2", "el3", "el4", "el5", "el6"] as const satisfies readonly MarkName[];

/** The CSS property of the marks that stand for one declaration. */
export const markProperties = {
  fontFamily: "font-family",
  fontSize: "font-size",
  letterSpacing: "letter-spacing",
  background: "background-color",
  color: "color",
} as const satisfies Partial<Record<MarkName, string>>;

/** The tag of the marks that stand for an element. */
export const markTags = {
  strong: "strong",
  em: "em",
  underline: "u",
  strike: "s",
  sub: "sub",
  sup: "sup",
} as const satisfies Partial<Record<MarkName, string>>;

const frame = { style: null, rest: null } as const;

/** Every node of a text in Yjs, by its name there, with its attributes. `rest` is the other attributes as written in HTML. */
export const nodeAttributes = {
  paragraph: { tag: "p", ...frame },
  list: { tag: "ul", ...frame },
  item: { tag: "li", ...frame },
  box: { tag: "div", ...frame },
  rawBlock: { html: "" },
  raw: { html: "", marks: null },
} as const satisfies Record<string, AttributeDefaults>;

export type NodeName = keyof typeof nodeAttributes;

const boxTags = ["div", "center", "address", "blockquote", "section", "article", "header", "footer"];
const lineTags = ["p", "h1", "h2", "h3", "h4", "h5", "h6", ...boxTags];

/** The parts of a table module's content, which is a text of such boxes. In HTML a table is kept as it stands. */
export const tableTags = ["table", "thead", "tbody", "tr", "th", "td"] as const;

/** The tags a node may have. A paragraph without a tag is a bare line. */
export const nodeTags: { readonly [name in "paragraph" | "list" | "item" | "box"]: ReadonlySet<string> } = {
  paragraph: new Set(["", ...lineTags]),
  list: new Set(["ul", "ol"]),
  item: new Set(["li"]),
  box: new Set([...lineTags, ...tableTags]),
};

/** Inline elements that can be marks. Others become pieces of raw HTML. */
export const inlineTags: ReadonlySet<string> = new Set(
  (
    "span a strong b em i u s strike del ins sub sup small big font code q cite abbr mark label tt kbd var samp bdo bdi " +
    "dfn time"
  ).split(" "),
);

/** Whether a name is a mark. */
export function isMarkName(name: string): name is MarkName {
  return Object.hasOwn(markAttributes, name);
}

/**
 * The marks that may stand on text: known names only, each with all its attributes and no others. Gives the same object
 * when there is nothing to mend, and undefined when no mark is left.
 */
export function completeMarks(marks: Marks | undefined): Marks | undefined {
  if (marks === undefined) return undefined;
  const names = Object.keys(marks);
  if (names.every((name) => isMarkName(name) && isComplete(name, marks[name]))) return names.length ? marks : undefined;
  const known = names.filter(isMarkName).filter((name) => isObject(marks[name]));
  if (known.length === 0) return undefined;
  return Object.fromEntries(known.map((name) => [name, completeAttributes(name, marks[name])]));
}

function isComplete(name: MarkName, value: Json | undefined): boolean {
  if (!isObject(value)) return false;
  const expected = Object.keys(markAttributes[name]);
  return (
    Object.keys(value).length === expected.length &&
    expected.every((attribute) => isValid(attribute, value[attribute], { isRequired: isRequired(name, attribute) }))
  );
}

function completeAttributes(name: MarkName, value: Json | undefined): Json {
  const given = isObject(value) ? value : {};
  const defaults: AttributeDefaults = markAttributes[name];
  return Object.fromEntries(
    Object.entries(defaults).map(([attribute, fallback]) => {
      const own = given[attribute];
      return [attribute, isValid(attribute, own, { isRequired: isRequired(name, attribute) }) ? own : fallback];
    }),
  ) as Json;
}

function isRequired(name: MarkName, attribute: string): boolean {
  const defaults: AttributeDefaults = markAttributes[name];
  return defaults[attribute] !== null;
}

function isValid(attribute: string, value: Json | undefined, { isRequired }: { isRequired: boolean }): boolean {
  if (value === null) return !isRequired;
  if (attribute === "o") return typeof value === "number";
  if (typeof value !== "string") return false;
  if (attribute === "as") return isStartTag(value, inlineTags);
  return attribute !== "rest" || isAttributeList(value);
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
