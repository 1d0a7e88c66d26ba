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
    if (isRawInline(node)) {
      this.#afterSpace = false;
      return !hasBlock(node) && this.#addHtml(node, open);
    }
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
    this.stretches.push({ html: this.#source.html.slice(start, end), open });
    return true;
  }
}

function toInlines(stretches: readonly Stretch[]): Inline[] {
  const needsDepth = stretches.some(({ open }) => !isInDefaultOrder(open.map(({ mark }) => mark)));
  const marksOf = (open: readonly OpenMark[]): Marks | undefined =>
    open.length === 0
      ? undefined
      : Object.fromEntries(open.map(({ mark, attributes }, o) => [mark, { ...attributes, o: needsDepth ? o : null }]));
  const inlines: Inline[] = [];
  stretches.forEach((stretch, index) => {
    const marks = marksOf(stretch.open);
    if ("html" in stretch) {
      const inherits = inheritsMarks(stretches, index);
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

function isInDefaultOrder(marks: readonly MarkName[]): boolean {
  return marks.every((mark, index) => {
    const outer = marks[index - 1];
    return outer === undefined || rankOf(outer) <= rankOf(mark);
  });
}

/** Whether a piece of HTML stands in exactly the elements that the text left and right of it shares. */
function inheritsMarks(stretches: readonly Stretch[], index: number): boolean {
  const left = stretches.slice(0, index).findLast((stretch) => "text" in stretch)?.open ?? [];
  const right = stretches.slice(index + 1).find((stretch) => "text" in stretch)?.open ?? [];
  const shared = left.slice(0, sharedDepth(left, right));
  const own = stretches[index]?.open ?? [];
  return shared.length === own.length && sharedDepth(shared, own) === own.length;
}
