import type { Frame } from "../rich-text/blocks.ts";
import { attribute } from "../rich-text/escape.ts";
import { inlineTags, nodeTags } from "../rich-text/marks.ts";
import { type ElementNode, type HtmlNode, isVoid } from "./tree.ts";

const blockTags: ReadonlySet<string> = new Set(
  (
    "p h1 h2 h3 h4 h5 h6 div ul ol li blockquote center section article header footer address pre hr table tbody thead " +
    "tfoot tr td th form fieldset dl dt dd figure style script"
  ).split(" "),
);

/** Whether an element makes lines of its own. */
export function isBlock(element: ElementNode): boolean {
  return blockTags.has(element.name);
}

/** Whether there is a block in a node, or it is one. */
export function hasBlock(node: HtmlNode): node is ElementNode {
  return node.kind === "element" && (isBlock(node) || node.children.some(hasBlock));
}

/** How a block is read: as a line, as a container, or kept as raw HTML. */
export function shapeOf(element: ElementNode): "line" | "list" | "box" | "raw" {
  if (/white-space:\s*(pre|break-spaces)/i.test(element.style ?? "")) return "raw";
  if (nodeTags.list.has(element.name)) return isPlainList(element) ? "list" : "raw";
  // What may be a line may hold lines too. Tables are boxes in table modules only.
  if (!nodeTags.paragraph.has(element.name)) return "raw";
  return element.children.some(hasBlock) ? "box" : "line";
}

function isPlainList({ children }: ElementNode): boolean {
  const items = children.filter((child) => child.kind === "element");
  return (
    items.length > 0 &&
    items.every(({ name }) => name === "li") &&
    children.every((child) => child.kind === "element" || (child.kind === "text" && !hasInk(child.text)))
  );
}

/** Whether text is more than white space. A no-break space is not white space, though `trim` takes it for such. */
export function hasInk(text: string): boolean {
  return /[^ \t\r\n\f]/.test(text);
}

/** Whether an element in a line is kept as raw HTML. */
export function isRawInline(element: ElementNode): boolean {
  const { name, attributes, children } = element;
  const names = Object.keys(attributes);
  if (name === "br") return names.some((key) => !isEditorDropping(key));
  if (isVoid(name) || !inlineTags.has(name)) return true;
  if (name === "a" && attributes.href === undefined) return true;
  return names.some((key) => key.startsWith("data-bee-")) || (children.length === 0 && isTarget(element));
}

/** An anchor that links may point to is kept even when it holds nothing. */
function isTarget({ attributes }: ElementNode): boolean {
  return Boolean(attributes.id) || Boolean(attributes.name);
}

/** Whether a node leaves no trace in the text. */
export function isEmpty(node: HtmlNode): boolean {
  if (node.kind !== "element") return node.kind === "text" && node.text === "";
  if (node.name === "br" || node.name === "a" || isRawInline(node) || isTarget(node)) return false;
  return node.children.every(isEmpty);
}

/** TinyMCE's copies of other attributes: stale as soon as the style changes. */
function isEditorDropping(attributeName: string): boolean {
  return attributeName.startsWith("data-mce-");
}

/** Tag, style and other attributes of an element in canonical form. */
export function frameOf(element: ElementNode, omit: readonly string[] = []): Frame {
  const names = Object.keys(element.attributes).filter(
    (name) => name !== "style" && !omit.includes(name) && !isEditorDropping(name) && !isEmptyClass(element, name),
  );
  const rest = names.sort().map((name) => attribute(name, element.attributes[name] ?? ""));
  return { tag: element.name, style: element.style, rest: rest.length > 0 ? rest.join(" ") : null };
}

function isEmptyClass({ attributes }: ElementNode, name: string): boolean {
  return name === "class" && attributes.class === "";
}
