import type { Json, Marks } from "../document/value.ts";
import { equalValues } from "../document/value.ts";
import { type Inline, inlineText, isInlineText } from "../rich-text/blocks.ts";
import type { MarkName } from "../rich-text/marks.ts";
import { type InlineTag, rankOf, sharedDepth, tagOf } from "../rich-text/nesting.ts";
import { findTemplateTags } from "../rich-text/template-tags.ts";
import { hasBlock, isEmpty, isRawInline } from "./elements.ts";
import { markOf } from "./mark-of.ts";
import type { ParsedSource } from "./source.ts";
import type { HtmlNode } from "./tree.ts";

/** An open element and the mark it becomes. */
interface OpenMark extends InlineTag {
  readonly attributes: { readonly [name: string]: Json };
}

/** A stretch with the elements around it as they nest in the source. */
type Stretch =
  | { readonly text: string; readonly open: readonly OpenMark[] }
  | { readonly html: string; readonly open: readonly OpenMark[] };

/** The content of a line, or undefined when it has no place in the model: then its block stays raw HTML. */
export function readInlines(nodes: readonly HtmlNode[], source: ParsedSource): Inline[] | undefined {
  const reader = new StretchReader(source);
  if (!reader.read(nodes, [])) return undefined;
  return toInlines(reader.stretches);
}

class StretchReader {
  readonly stretches: Stretch[] = [];
  readonly #source: ParsedSource;
  /** White space collapses across the borders of elements. */
  #afterSpace = false;

  constructor(source: ParsedSource) {
    this.#source = source;
  }

  /** False when something in it can't be part of a line. */
  read(nodes: readonly HtmlNode[], open: readonly OpenMark[]): boolean {
    return nodes.every((node) => this.#readNode(node, open));
  }

  #readNode(node: HtmlNode, open: readonly OpenMark[]): boolean {
    if (node.kind === "text") return this.#addText(node.text, open);
    if (node.kind === "verbatim") return this.#addHtml(node, open);
    if (isRawInline(node)) return !hasBlock(node) && this.#addHtml(node, open);
    if (node.name === "br") {
      this.#afterSpace = false;
      this.stretches.push({ text: "\n", open });
      return true;
    }
    if (isEmpty(node)) return true;
    const mark = markOf(node, new Set(open.map((outer) => outer.mark)));
    return mark !== undefined && this.read(node.children, [...open, { ...tagOf(...mark), attributes: mark[1] }]);
  }

  #addText(masked: string, open: readonly OpenMark[]): boolean {
    const collapsed = masked.replace(/[ \t\r\n\f]+/g, " ");
    const text = this.#afterSpace && collapsed.startsWith(" ") ? collapsed.slice(1) : collapsed;
    if (text === "") return true;
    // Written with entities (`&lt;%= x %&gt;`), and written back as text it would become a tag.
    if (findTemplateTags(text).length > 0) return false;
    this.stretches.push({ text: this.#source.unmask(text), open });
    this.#afterSpace = text.endsWith(" ");
    return true;
  }

  #addHtml({ start, end }: HtmlNode, open: readonly OpenMark[]): boolean {
    this.#afterSpace = false;
    this.stretches.push({ html: this.#source.html.slice(start, end), open });
    return true;
  }
}

function toInlines(stretches: readonly Stretch[]): Inline[] {
  const needsDepth = stretches.some(({ open }) => !isInDefaultOrder(open.map(({ mark }) => mark)));
  const shared = sharedWithNeighbours(stretches);
  const inlines: Inline[] = [];
  stretches.forEach((stretch, index) => {
    const marks = marksOf(stretch.open, { needsDepth });
    if ("html" in stretch) {
      const inherits = isSameNesting(stretch.open, shared[index] ?? []);
      inlines.push({ html: stretch.html, marks: inherits ? null : JSON.stringify(marks ?? {}) });
      return;
    }
    const last = inlines.at(-1);
    const joins = last && isInlineText(last) && equalValues(last.marks, marks);
    if (joins) inlines[inlines.length - 1] = { ...last, text: last.text + stretch.text };
    else inlines.push(inlineText(stretch.text, marks));
  });
  return inlines;
}

/** Depths are for the whole line or not at all: half of them would mix up with the default order. */
function marksOf(open: readonly OpenMark[], { needsDepth }: { readonly needsDepth: boolean }): Marks | undefined {
  if (open.length === 0) return undefined;
  return Object.fromEntries(
    open.map(({ mark, attributes }, depth) => [mark, { ...attributes, o: needsDepth ? depth : null }]),
  );
}

function isInDefaultOrder(marks: readonly MarkName[]): boolean {
  return marks.every((mark, index) => {
    const outer = marks[index - 1];
    return outer === undefined || rankOf(outer) <= rankOf(mark);
  });
}

/** For each stretch the elements that the text left and right of it shares. */
function sharedWithNeighbours(stretches: readonly Stretch[]): (readonly OpenMark[])[] {
  let nearest: readonly OpenMark[] = [];
  const pass = (stretch: Stretch): readonly OpenMark[] => {
    if ("text" in stretch) nearest = stretch.open;
    return nearest;
  };
  const left = stretches.map(pass);
  nearest = [];
  const right = stretches.toReversed().map(pass).toReversed();
  return left.map((open, index) => open.slice(0, sharedDepth(open, right[index] ?? [])));
}

function isSameNesting(a: readonly OpenMark[], b: readonly OpenMark[]): boolean {
  return a.length === b.length && sharedDepth(a, b) === a.length;
}
