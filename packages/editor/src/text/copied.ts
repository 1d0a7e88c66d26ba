import { type Block, fromBlocks, type Inline, type Json, type Marks, toHtml } from "@waggle/template";
import type { Fragment, Node } from "prosemirror-model";
import type { EditorState } from "prosemirror-state";

/** What copying puts on the clipboard. */
export interface Copied {
  readonly html: string;
  readonly text: string;
}

/**
 * The selection as the template would write it; undefined when nothing is selected. Part of one line is copied without the
 * element around it, so that it can be pasted into another line.
 */
export function copiedFrom({ selection }: EditorState): Copied | undefined {
  if (selection.empty) return undefined;
  const { $from, $to } = selection;
  const isInLine = $from.sameParent($to) && $from.parent.inlineContent;
  const blocks = isInLine
    ? [bareLine($from.parent.slice($from.parentOffset, $to.parentOffset).content)]
    : blocksOf(selection.content().content);
  const rich = fromBlocks(blocks);
  return { html: toHtml({ rich }), text: plainOf(blocks) };
}

function bareLine(content: Fragment): Block {
  return { kind: "paragraph", tag: "", style: null, rest: null, content: inlinesOf(content) };
}

function blocksOf({ content }: Fragment): Block[] {
  return content.map(blockOf);
}

function blockOf(node: Node): Block {
  const { tag, style, rest, html } = node.attrs;
  if (node.type.name === "rawBlock") return { kind: "raw", html: String(html) };
  const frame = { tag: String(tag), style: textOrNull(style), rest: textOrNull(rest) };
  if (node.isTextblock) return { kind: "paragraph", ...frame, content: inlinesOf(node.content) };
  const kind = node.type.name === "list" || node.type.name === "item" ? node.type.name : "box";
  return { kind, ...frame, content: blocksOf(node.content) };
}

function inlinesOf({ content }: Fragment): Inline[] {
  return content.map((node): Inline => {
    if (!node.isText) return { html: String(node.attrs.html), marks: textOrNull(node.attrs.marks) };
    const text = node.text ?? "";
    // Attributes of marks are texts, numbers and nulls: see the schema.
    const marks = Object.fromEntries(node.marks.map(({ type, attrs }) => [type.name, attrs as Json])) satisfies Marks;
    return node.marks.length > 0 ? { text, marks } : { text };
  });
}

function textOrNull(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

/** An empty line between paragraphs, as pasting plain text takes it; items and rows in lines of their own. */
function plainOf(blocks: readonly Block[]): string {
  return blocks
    .map((block) => {
      if (block.kind === "raw") return "";
      if (block.kind === "paragraph") return lineText(block.content);
      const parts = block.content.map((child) => plainOf([child]));
      return parts.join("\n");
    })
    .join("\n\n");
}

function lineText(inlines: readonly Inline[]): string {
  return inlines.map((inline) => ("text" in inline ? inline.text : "")).join("");
}
