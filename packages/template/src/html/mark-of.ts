import type { Json } from "../document/value.ts";
import { type MarkName, markProperties, markTags, slotNames } from "../rich-text/marks.ts";
import { startTag } from "../rich-text/to-html.ts";
import { frameOf } from "./elements.ts";
import type { ElementNode } from "./tree.ts";

export type Mark = readonly [name: MarkName, attributes: { readonly [name: string]: Json }];

const emphasisOf: { readonly [tag: string]: keyof typeof markTags } = {
  strong: "strong",
  b: "strong",
  em: "em",
  i: "em",
  u: "underline",
  s: "strike",
  strike: "strike",
  del: "strike",
  sub: "sub",
  sup: "sup",
};

const propertyMarks: ReadonlyMap<string, MarkName> = new Map(
  // The keys of the table are mark names.
  Object.entries(markProperties).map(([mark, property]) => [property, mark as MarkName]),
);

/**
 * The mark an inline element becomes inside of elements whose marks are taken. Undefined when there is none left: a link in
 * a link, or more nested elements than there are slots.
 */
export function markOf(element: ElementNode, taken: ReadonlySet<MarkName>): Mark | undefined {
  if (element.name === "a") return taken.has("link") ? undefined : ["link", linkAttributes(element)];
  const own = ownMark(element);
  if (own && !taken.has(own[0])) return own;
  const slot = slotNames[slotNames.findLastIndex((name) => taken.has(name)) + 1];
  return slot && [slot, { as: startTag(frameOf(element)), o: null }];
}

function linkAttributes(element: ElementNode): Mark[1] {
  const { style, rest } = frameOf(element, ["href", "target"]);
  const { href = "", target = null } = element.attributes;
  return { href, target, style, rest, o: null };
}

/** Known emphasis, or a span with nothing but one known declaration. */
function ownMark(element: ElementNode): Mark | undefined {
  const frame = frameOf(element);
  const as = startTag(frame);
  const emphasis = emphasisOf[element.name];
  if (emphasis) return [emphasis, { as: as === markTags[emphasis] ? null : as, o: null }];
  if (element.name !== "span" || frame.style === null || frame.rest !== null) return undefined;
  return markOfDeclaration(frame.style, as);
}

function markOfDeclaration(style: string, as: string): Mark | undefined {
  const [, property = "", value = ""] = /^([a-z-]+): ([^;]*);$/.exec(style) ?? [];
  if (property === "text-decoration" && value === "underline") return ["underline", { as, o: null }];
  if (property === "text-decoration" && value === "line-through") return ["strike", { as, o: null }];
  const mark = propertyMarks.get(property);
  return mark && [mark, { v: value, o: null }];
}
