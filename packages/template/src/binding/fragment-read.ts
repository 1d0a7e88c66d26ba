import * as Y from "yjs";
import type { Marks, Run } from "../document/value.ts";
import { type Block, bareLine, type Inline, inlineText } from "../rich-text/blocks.ts";
import { fromBlocks } from "../rich-text/linear.ts";
import { completeMarks } from "../rich-text/marks.ts";
import { maxDepth, plainItem, readFrame } from "../rich-text/read-marks.ts";

/** The text of a fragment as runs. */
export function readRuns(fragment: Y.XmlFragment): Run[] {
  return fromBlocks(readChildren(fragment, 0));
}

/** One block for each child, in order. */
export function readChildren(parent: Y.XmlFragment, depth: number): Block[] {
  const isList = parent instanceof Y.XmlElement && parent.nodeName === "list";
  return childrenOf(parent).map((child) => {
    const block = readBlock(child, depth);
    if (isList) return block.kind === "item" ? block : { ...plainItem, content: [block] };
    return block.kind === "item" ? { ...block, kind: "box", tag: "div" } : block;
  });
}

/** The children of a fragment or element. Yjs types them wider than what text editors write. */
export function childrenOf(parent: Y.XmlFragment): (Y.XmlElement | Y.XmlText)[] {
  return parent.toArray().filter((child) => child instanceof Y.XmlElement || child instanceof Y.XmlText);
}

/** Anything unexpected still gives a block, so that nothing of a damaged text gets lost. */
function readBlock(child: Y.XmlElement | Y.XmlText, depth: number): Block {
  if (child instanceof Y.XmlText) return bareLine(readText(child));
  const attributes: { readonly [name: string]: unknown } = child.getAttributes();
  switch (child.nodeName) {
    case "rawBlock":
      return { kind: "raw", html: stringOf(attributes.html) };
    case "list":
    case "item":
    case "box": {
      const content = depth < maxDepth ? readChildren(child, depth + 1) : [];
      return { kind: child.nodeName, ...readFrame(child.nodeName, attributes), content };
    }
    default:
      return { kind: "paragraph", ...readFrame("paragraph", attributes), content: readLine(child) };
  }
}

/** The content of a line. */
export function readLine(line: Y.XmlElement): Inline[] {
  return childrenOf(line).flatMap((child) => (child instanceof Y.XmlText ? readText(child) : [readAtom(child)]));
}

export function readAtom(element: Y.XmlElement): Inline {
  const { html, marks }: { readonly [name: string]: unknown } = element.getAttributes();
  return { html: stringOf(html), marks: typeof marks === "string" ? marks : null };
}

/** A text's stretches. One character of text is one character of the linear form, whatever it is. */
export function readText(text: Y.XmlText): Inline[] {
  return text.toDelta().map(({ insert, attributes }: { insert: unknown; attributes?: Marks }) => {
    const characters = typeof insert === "string" ? plainCharacters(insert) : foreign;
    return inlineText(characters, completeMarks(attributes));
  });
}

const foreign = "\ufffd";

/** Characters with a meaning in the linear form have none in a text. */
export function plainCharacters(text: string): string {
  return text.replaceAll("\u2029", "\n").replaceAll("\ufffc", foreign);
}

function stringOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
