import { type Block, bareLine, type Container, type Inline, isInlineText } from "../rich-text/blocks.ts";
import { frameOf, hasBlock, hasInk, isBlock, shapeOf } from "./elements.ts";
import { readInlines } from "./read-inlines.ts";
import type { ParsedSource } from "./source.ts";
import type { ElementNode, HtmlNode } from "./tree.ts";

/** A block and where it stands in the source. */
export interface SourceBlock {
  readonly block: Block;
  readonly start: number;
  readonly end: number;
}

/** The blocks of a sequence of nodes; at least one, so that there is a line to write in. */
export function readBlocks(nodes: readonly HtmlNode[], source: ParsedSource): SourceBlock[] {
  const reader = new BlockReader(source);
  for (const node of nodes) reader.read(node);
  const blocks = reader.end();
  const at = nodes[0]?.start ?? 0;
  return blocks.length > 0 ? blocks : [{ block: bareLine(), start: at, end: at }];
}

class BlockReader {
  readonly #source: ParsedSource;
  readonly #blocks: SourceBlock[] = [];
  /** Nodes since the last block: a line without an element of its own. */
  #loose: HtmlNode[] = [];

  constructor(source: ParsedSource) {
    this.#source = source;
  }

  read(node: HtmlNode): void {
    if (!hasBlock(node)) {
      this.#loose.push(node);
      return;
    }
    this.#flush();
    // An inline element around blocks has no place in the model.
    const block = isBlock(node) ? readBlock(node, this.#source) : rawBlock(node, this.#source);
    this.#blocks.push({ block, start: node.start, end: node.end });
  }

  end(): SourceBlock[] {
    this.#flush();
    return this.#blocks;
  }

  #flush(): void {
    const nodes = this.#loose;
    this.#loose = [];
    const [first, last] = [nodes[0], nodes.at(-1)];
    if (!first || !last || nodes.every(isLayout)) return;
    if (nodes.every((node) => node.kind === "verbatim" || isLayout(node))) {
      for (const node of nodes) if (node.kind === "verbatim") this.#blocks.push(at(node, rawBlock(node, this.#source)));
      return;
    }
    const inlines = readInlines(nodes, this.#source);
    const span = { start: first.start, end: last.end };
    if (inlines) this.#blocks.push(at(span, bareLine(trimLayout(inlines, nodes))));
    else this.#blocks.push(at(span, rawBlock(span, this.#source)));
  }
}

function at({ start, end }: { readonly start: number; readonly end: number }, block: Block): SourceBlock {
  return { block, start, end };
}

function isLayout(node: HtmlNode): boolean {
  return node.kind === "text" && !hasInk(node.text);
}

function readBlock(element: ElementNode, source: ParsedSource): Block {
  const shape = shapeOf(element);
  if (shape === "raw") return rawBlock(element, source);
  if (shape === "box") return container(element, "box", contentOf(element.children, source));
  if (shape === "list") return container(element, "list", itemsOf(element, source));
  const content = readInlines(element.children, source);
  return content ? { kind: "paragraph", ...frameOf(element), content } : rawBlock(element, source);
}

function container(element: ElementNode, kind: Container["kind"], content: readonly Block[]): Container {
  return { kind, ...frameOf(element), content };
}

function itemsOf(list: ElementNode, source: ParsedSource): Block[] {
  const items = list.children.filter((child) => child.kind === "element");
  return items.map((item) => container(item, "item", contentOf(item.children, source)));
}

function contentOf(nodes: readonly HtmlNode[], source: ParsedSource): Block[] {
  return readBlocks(nodes, source).map(({ block }) => block);
}

function rawBlock({ start, end }: { readonly start: number; readonly end: number }, source: ParsedSource): Block {
  return { kind: "raw", html: source.html.slice(start, end) };
}

/** White space with line breaks at the ends of a bare line is layout between blocks, not text. */
function trimLayout(inlines: readonly Inline[], nodes: readonly HtmlNode[]): Inline[] {
  const [first, last] = [nodes[0], nodes.at(-1)];
  const startsNewLine = first?.kind === "text" && /^[ \t\r\f]*\n/.test(first.text);
  const endsLine = last?.kind === "text" && /\n[ \t\r\n\f]*$/.test(last.text);
  return inlines
    .map((inline, index) => {
      if (!isInlineText(inline)) return inline;
      const start = startsNewLine && index === 0 ? inline.text.replace(/^ /, "") : inline.text;
      return { ...inline, text: endsLine && index === inlines.length - 1 ? start.replace(/ $/, "") : start };
    })
    .filter((inline) => !isInlineText(inline) || inline.text !== "");
}
