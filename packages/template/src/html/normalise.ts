import { attribute, escapePlain } from "../rich-text/escape.ts";
import { startTag } from "../rich-text/to-html.ts";
import { frameOf, hasBlock, hasInk, isBlock, isEmpty, isRawInline, shapeOf } from "./elements.ts";
import { readInlines } from "./read-inlines.ts";
import type { ParsedSource } from "./source.ts";
import type { ElementNode, HtmlNode } from "./tree.ts";

/**
 * What counts as the same HTML, defined on the tree and without the model: the check that a text loses nothing in it. White
 * space collapses, attributes and styles get one spelling, editors' droppings and elements without effect go.
 */
export function normalise(nodes: readonly HtmlNode[], source: ParsedSource): string {
  return new Normaliser(source).blocks(nodes);
}

class Normaliser {
  readonly #source: ParsedSource;
  #afterSpace = false;

  constructor(source: ParsedSource) {
    this.#source = source;
  }

  blocks(nodes: readonly HtmlNode[]): string {
    let html = "";
    let loose: HtmlNode[] = [];
    for (const node of nodes) {
      if (!hasBlock(node)) loose.push(node);
      else {
        html += this.#looseLine(loose) + (isBlock(node) ? this.#block(node) : this.#verbatim(node));
        loose = [];
      }
    }
    return html + this.#looseLine(loose);
  }

  #block(element: ElementNode): string {
    const shape = shapeOf(element);
    if (shape === "raw") return this.#verbatim(element);
    if (shape === "box") return wrap(element, this.blocks(element.children));
    if (shape === "list") return wrap(element, this.#items(element));
    // A line that the model can't hold is kept as it is, so there is nothing to normalise.
    if (readInlines(element.children, this.#source) === undefined) return this.#verbatim(element);
    this.#afterSpace = false;
    return wrap(element, this.#inlines(element.children));
  }

  #items({ children }: ElementNode): string {
    const items = children.filter((child) => child.kind === "element");
    return items.map((item) => wrap(item, this.blocks(item.children))).join("");
  }

  #looseLine(nodes: readonly HtmlNode[]): string {
    const inked = nodes.filter((node) => node.kind !== "text" || hasInk(node.text));
    if (inked.every((node) => node.kind === "verbatim")) return inked.map((node) => this.#verbatim(node)).join("");
    this.#afterSpace = false;
    const trimmed = trimStart(trimEnd(nodes));
    if (readInlines(nodes, this.#source) !== undefined) return this.#inlines(trimmed);
    return this.#source.html.slice(nodes[0]?.start, nodes.at(-1)?.end);
  }

  #inlines(nodes: readonly HtmlNode[]): string {
    return mergeNeighbours(nodes)
      .map((node) => this.#inline(node))
      .join("");
  }

  #inline(node: HtmlNode): string {
    if (node.kind === "text") return this.#text(node.text);
    if (node.kind === "element" && node.name !== "br" && !isRawInline(node)) {
      const inner = this.#inlines(node.children);
      return inner === "" ? "" : wrap(node, inner);
    }
    this.#afterSpace = false;
    return node.kind === "verbatim" || isRawInline(node) ? this.#verbatim(node) : "<br>";
  }

  #text(masked: string): string {
    const collapsed = masked.replace(/[ \t\r\n\f]+/g, " ");
    const text = this.#afterSpace && collapsed.startsWith(" ") ? collapsed.slice(1) : collapsed;
    if (text !== "") this.#afterSpace = text.endsWith(" ");
    return this.#source.unmask(escapePlain(text));
  }

  #verbatim({ start, end }: HtmlNode): string {
    return this.#source.html.slice(start, end);
  }
}

/** Elements with equal start tags side by side are one. */
function mergeNeighbours(nodes: readonly HtmlNode[]): HtmlNode[] {
  const groups: HtmlNode[][] = [];
  for (const node of nodes) {
    if (isEmpty(node)) continue;
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group && last && areOne(last, node)) group.push(node);
    else groups.push([node]);
  }
  return groups.flatMap(joined);
}

function areOne(left: HtmlNode, right: HtmlNode): boolean {
  if (left.kind === "text" && right.kind === "text") return true;
  if (left.kind !== "element" || right.kind !== "element") return false;
  if ([left, right].some((element) => element.name === "br" || isRawInline(element))) return false;
  return headOf(left) === headOf(right);
}

function joined(group: readonly HtmlNode[]): readonly HtmlNode[] {
  const [first] = group;
  if (first?.kind === "text") {
    return [{ ...first, text: group.map((node) => (node.kind === "text" ? node.text : "")).join("") }];
  }
  if (first?.kind !== "element" || group.length === 1) return group;
  return [{ ...first, children: group.flatMap((node) => (node.kind === "element" ? node.children : [])) }];
}

function wrap(element: ElementNode, inner: string): string {
  return `<${headOf(element)}>${inner}</${element.name}>`;
}

/** Links write their target first; all else as usual. */
function headOf(element: ElementNode): string {
  const { href, target } = element.attributes;
  if (element.name !== "a" || href === undefined) return startTag(frameOf(element));
  const { style, rest } = frameOf(element, ["href", "target"]);
  const written = ["a", attribute("href", href)];
  if (target !== undefined) written.push(attribute("target", target));
  if (style !== null) written.push(attribute("style", style));
  if (rest !== null) written.push(rest);
  return written.join(" ");
}

function trimStart(nodes: readonly HtmlNode[]): readonly HtmlNode[] {
  const [first, ...others] = nodes;
  if (first?.kind !== "text" || !/^[ \t\r\f]*\n/.test(first.text)) return nodes;
  return [{ ...first, text: first.text.replace(/^[ \t\r\n\f]+/, "") }, ...others];
}

function trimEnd(nodes: readonly HtmlNode[]): readonly HtmlNode[] {
  const last = nodes.at(-1);
  if (last?.kind !== "text" || !/\n[ \t\r\n\f]*$/.test(last.text)) return nodes;
  return [...nodes.slice(0, -1), { ...last, text: last.text.replace(/[ \t\r\n\f]+$/, "") }];
}
