import { atom, blockEnd, equalValues, type Run } from "../document/value.ts";
import { fromBlocks } from "../rich-text/linear.ts";
import { toHtml } from "../rich-text/to-html.ts";
import { hasBlock, hasInk } from "./elements.ts";
import { maskTemplateTags, whyNotMaskable } from "./masking.ts";
import { normalise } from "./normalise.ts";
import { readBlocks, type SourceBlock } from "./read-blocks.ts";
import type { ParsedSource } from "./source.ts";
import { type ElementNode, type HtmlNode, parseTree } from "./tree.ts";

/** HTML read as rich text, and what is needed to write it back as it was. */
export interface ParsedHtml {
  readonly rich: readonly Run[];
  /** The text as canonical HTML, without the wrappers. */
  readonly canonical: string;
  readonly blocks: readonly SourceBlock[];
  /** Source before and after the blocks: wrapper divs, which are not part of the text. */
  readonly open: string;
  readonly close: string;
}

/** Why HTML can't be rich text. */
export interface Refusal {
  readonly reason: string;
}

/** Longer than any text of an e-mail. Beyond it a text would be slow to compare and to merge. */
const maxLength = 100_000;

/**
 * Reads HTML as rich text and proves that nothing is lost: the text written back is the source but for the normalisation,
 * and reading that again gives the same text.
 */
export function parseHtml(html: string): ParsedHtml | Refusal {
  if (html.length > maxLength) return { reason: `more than ${maxLength} characters` };
  if (html.includes(blockEnd) || html.includes(atom)) return { reason: "characters with a meaning of their own" };
  const tree = treeOf(html);
  if ("reason" in tree) return tree;
  const inside = peelWrappers(tree.nodes, html);
  const blocks = readBlocks(inside.nodes, tree.source);
  const rich = fromBlocks(blocks.map(({ block }) => block));
  const canonical = toHtml({ rich });
  if (canonical !== normalise(inside.nodes, tree.source)) return { reason: "it reads otherwise when written back" };
  if (!readsAs(canonical, rich)) return { reason: "it reads otherwise a second time" };
  return { rich, canonical, blocks, open: html.slice(0, inside.start), close: html.slice(inside.end) };
}

type SourceTree = { readonly nodes: readonly HtmlNode[]; readonly source: ParsedSource };

function treeOf(html: string): SourceTree | Refusal {
  const reason = whyNotMaskable(html);
  if (reason !== undefined) return { reason };
  const masked = maskTemplateTags(html);
  const tree = parseTree(masked);
  return "reason" in tree ? tree : { nodes: tree.nodes, source: { html, unmask: masked.unmask } };
}

function readsAs(html: string, rich: readonly Run[]): boolean {
  const tree = treeOf(html);
  if ("reason" in tree) return false;
  const blocks = readBlocks(tree.nodes, tree.source).map(({ block }) => block);
  return equalValues(fromBlocks(blocks), rich);
}

interface Inside {
  readonly nodes: readonly HtmlNode[];
  readonly start: number;
  readonly end: number;
}

function peelWrappers(nodes: readonly HtmlNode[], html: string): Inside {
  let inside: Inside = { nodes, start: 0, end: html.length };
  for (let wrapper = findWrapper(nodes); wrapper; wrapper = findWrapper(wrapper.children)) {
    inside = { nodes: wrapper.children, start: wrapper.innerStart, end: wrapper.innerEnd };
  }
  return inside;
}

function findWrapper(nodes: readonly HtmlNode[]): ElementNode | undefined {
  const [only, ...others] = nodes.filter((node) => node.kind !== "text" || hasInk(node.text));
  if (only?.kind !== "element" || only.name !== "div" || others.length > 0) return undefined;
  return only.children.some(hasBlock) || isEditorWrapper(only) ? only : undefined;
}

/** What TinyMCE puts around a text, even around a single line. */
function isEditorWrapper({ attributes }: ElementNode): boolean {
  return (attributes.class ?? "").split(" ").includes("txtTinyMce-wrapper");
}
