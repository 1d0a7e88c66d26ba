import * as Y from "yjs";
import { equalValues, type Marks } from "../document/value.ts";
import { type Block, type Inline, type InlineText, isInlineText } from "../rich-text/blocks.ts";
import { markNames } from "../rich-text/marks.ts";

/** A new element for a block. */
export function createBlock(block: Block): Y.XmlElement {
  const element = new Y.XmlElement(block.kind === "raw" ? "rawBlock" : block.kind);
  for (const [name, value] of Object.entries(attributesOf(block))) {
    if (value !== null) element.setAttribute(name, value);
  }
  if (block.kind === "raw") return element;
  const children = block.kind === "paragraph" ? createInlines(block.content) : block.content.map(createBlock);
  element.insert(0, children);
  return element;
}

/** What an element for a block carries; null stands for no such attribute. */
export function attributesOf(block: Block): Readonly<Record<string, string | null>> {
  if (block.kind === "raw") return { html: block.html };
  return { tag: block.tag, style: block.style, rest: block.rest };
}

/** New children of a line: one text between two atoms, never two texts side by side. */
export function createInlines(inlines: readonly Inline[]): (Y.XmlText | Y.XmlElement)[] {
  return splitAtAtoms(inlines).map((part) => ("html" in part ? createAtom(part) : createText(part)));
}

/** Texts and atoms in turn. */
export function splitAtAtoms(inlines: readonly Inline[]): (readonly InlineText[] | Exclude<Inline, InlineText>)[] {
  const parts: (InlineText[] | Exclude<Inline, InlineText>)[] = [];
  for (const inline of inlines) {
    const last = parts.at(-1);
    if (!isInlineText(inline)) parts.push(inline);
    else if (Array.isArray(last)) last.push(inline);
    else parts.push([inline]);
  }
  return parts;
}

function createAtom({ html, marks }: Exclude<Inline, InlineText>): Y.XmlElement {
  const element = new Y.XmlElement("raw");
  element.setAttribute("html", html);
  if (marks !== null) element.setAttribute("marks", marks);
  return element;
}

/**
 * One insertion, then one format for each range of a mark. Runs inserted one by one would leave redundant markers behind,
 * which the first keystroke of an editor then tidies up.
 */
function createText(stretches: readonly InlineText[]): Y.XmlText {
  const text = new Y.XmlText();
  text.insert(0, stretches.map((stretch) => stretch.text).join(""));
  for (const name of markNames) {
    for (const { at, length, value } of rangesOf(name, stretches)) text.format(at, length, { [name]: value });
  }
  return text;
}

interface MarkRange {
  readonly at: number;
  readonly length: number;
  readonly value: Marks[string];
}

function rangesOf(name: string, stretches: readonly InlineText[]): MarkRange[] {
  const ranges: MarkRange[] = [];
  let at = 0;
  for (const { text, marks } of stretches) {
    const value = marks?.[name];
    const last = ranges.at(-1);
    const joins = last && last.at + last.length === at && equalValues(last.value, value);
    if (joins) ranges[ranges.length - 1] = { ...last, length: last.length + text.length };
    else if (value !== undefined) ranges.push({ at, length: text.length, value });
    at += text.length;
  }
  return ranges;
}
