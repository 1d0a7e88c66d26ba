import * as Y from "yjs";
import { diffText } from "../change-set/diff-text.ts";
import { plainText } from "../change-set/text-delta.ts";
import {
  type InsertOp,
  isInsert,
  isKeep,
  type KeepOp,
  keepOf,
  lengthOf,
  OpReader,
  type RemoveOp,
} from "../change-set/text-op.ts";
import type { MarkChange, TextDelta, TextOp } from "../change-set/types.ts";
import { atom, blockEnd, equalValues, type Marks, type RichText, type Run } from "../document/value.ts";
import { alignBlocks } from "../rich-text/align-blocks.ts";
import type { Block, Inline, InlineText } from "../rich-text/blocks.ts";
import { completeMarks, isMarkName, markNames } from "../rich-text/marks.ts";
import { attributesOf, createBlock, createInlines, splitAtAtoms } from "./fragment-fill.ts";
import { childrenOf, readAtom, readChildren, readText } from "./fragment-read.ts";
import { spansOf, type TextSpan } from "./fragment-texts.ts";

/** Writes a delta that only touches text inside lines, character for character. False, with nothing written, for others. */
export function writeInsideLines(fragment: Y.XmlFragment, before: RichText, delta: TextDelta): boolean {
  const { spans, length } = spansOf(fragment);
  if (length !== plainText(before).length) return false;
  const edits = new TextEdits(spans);
  if (!delta.every((op) => edits.add(op))) return false;
  edits.write();
  return true;
}

/** Sorts the steps of a delta to the Y texts they touch. */
class TextEdits {
  readonly #spans: readonly TextSpan[];
  readonly #deltas = new Map<TextSpan, TextOp[]>();
  /** How far each text's delta has come. */
  readonly #reached = new Map<TextSpan, number>();
  #offset = 0;

  constructor(spans: readonly TextSpan[]) {
    this.#spans = spans;
  }

  /** False when the step touches more than text. */
  add(op: TextOp): boolean {
    if (isInsert(op)) return this.#insert(op);
    if (isKeep(op) && op.marks === undefined) {
      this.#offset += op.keep;
      return true;
    }
    return this.#change(op);
  }

  write(): void {
    for (const [{ text }, delta] of this.#deltas) applyToText(text, delta);
  }

  #insert(op: InsertOp): boolean {
    const span = this.#spans.find(({ start, end }) => start <= this.#offset && this.#offset <= end);
    if (!span || op.insert.includes(blockEnd) || op.insert.includes(atom)) return false;
    this.#push(span, op);
    return true;
  }

  #change(op: KeepOp | RemoveOp): boolean {
    if (isKeep(op) && !Object.keys(op.marks ?? {}).every(isMarkName)) return false;
    const end = this.#offset + lengthOf(op);
    const pieces = new OpReader([op]);
    for (const span of this.#spans) {
      if (span.end <= this.#offset || span.start >= end) continue;
      if (span.start > this.#offset) return false;
      this.#push(span, pieces.take(Math.min(span.end, end) - this.#offset));
    }
    return this.#offset === end;
  }

  #push(span: TextSpan, op: TextOp): void {
    const delta = this.#deltas.get(span) ?? [];
    this.#deltas.set(span, delta);
    const skipped = this.#offset - (this.#reached.get(span) ?? span.start);
    if (skipped > 0) delta.push(keepOf(skipped));
    delta.push(op);
    if (!isInsert(op)) this.#offset += lengthOf(op);
    this.#reached.set(span, this.#offset);
  }
}

/** Yjs writes into the attributes it is given, so it gets copies. */
function applyToText(text: Y.XmlText, delta: TextDelta): void {
  text.applyDelta(
    delta.map((op) => {
      if (isInsert(op)) return { insert: op.insert, attributes: { ...completeMarks(op.marks) } };
      if (!isKeep(op)) return { delete: op.remove.length };
      return op.marks === undefined ? { retain: op.keep } : { retain: op.keep, attributes: formatOf(op.marks) };
    }),
  );
  joinEqualNeighbours(text);
}

/**
 * Takes out markers between stretches with the same marks, which insertions may leave behind. With them a text editor takes
 * its own reading of the line for a change, and rewrites all its marks at the first keystroke.
 */
function joinEqualNeighbours(text: Y.XmlText): void {
  // Yjs's own note that the text ever held a marker; without one there is nothing to join, and reading the text is dear.
  if (!text._hasFormatting) return;
  let stretch = { at: 0, length: 0, attributes: {} as Marks };
  for (const { insert, attributes = {} } of text.toDelta() as { insert: unknown; attributes?: Marks }[]) {
    const length = typeof insert === "string" ? insert.length : 1;
    if (stretch.length > 0 && equalValues(stretch.attributes, attributes)) {
      stretch = { ...stretch, length: stretch.length + length };
      text.format(stretch.at, stretch.length, { ...noMarks, ...attributes });
    } else stretch = { at: stretch.at + stretch.length, length, attributes };
  }
}

const noMarks: Marks = Object.fromEntries(markNames.map((name) => [name, null]));

function formatOf(change: MarkChange): Marks {
  return Object.fromEntries(
    Object.entries(change).map(([name, [, after]]) => [name, completeMarks({ [name]: after })?.[name] ?? null]),
  );
}

/**
 * Makes the children of a fragment or element the wanted blocks. Equal blocks are not touched, similar ones are edited in
 * place, so that what others type in them meanwhile stays.
 */
export function reconcile(parent: Y.XmlFragment, wanted: readonly Block[], depth = 0): void {
  removeForeign(parent);
  const children = childrenOf(parent);
  const blocks = readChildren(parent, depth);
  const keepable = blocks.map((block, index) => (isWellNamed(children[index], block) ? block : undefined));
  const pairs = alignBlocks(keepable, wanted);
  for (const [old, next] of pairs) {
    const [child, block] = [children[old], wanted[next]];
    if (child instanceof Y.XmlElement && block) editBlock(child, block, depth);
  }
  const kept = new Set(pairs.map(([old]) => old));
  for (let index = children.length - 1; index >= 0; index--) if (!kept.has(index)) parent.delete(index, 1);
  const known = new Set(pairs.map(([, next]) => next));
  wanted.forEach((block, index) => {
    if (!known.has(index)) parent.insert(index, [createBlock(block)]);
  });
}

/** Neither element nor text: text editors know no such thing. */
function removeForeign(parent: Y.XmlFragment): void {
  const children: unknown[] = parent.toArray();
  for (let index = children.length - 1; index >= 0; index--) {
    const child = children[index];
    if (!(child instanceof Y.XmlElement || child instanceof Y.XmlText)) parent.delete(index, 1);
  }
}

function isWellNamed(child: Y.XmlElement | Y.XmlText | undefined, block: Block): boolean {
  return child instanceof Y.XmlElement && child.nodeName === (block.kind === "raw" ? "rawBlock" : block.kind);
}

function editBlock(element: Y.XmlElement, block: Block, depth: number): void {
  const current: { readonly [name: string]: unknown } = element.getAttributes();
  const wanted = attributesOf(block);
  for (const [name, value] of Object.entries(wanted)) {
    if (value === null && current[name] !== undefined) element.removeAttribute(name);
    if (value !== null && current[name] !== value) element.setAttribute(name, value);
  }
  for (const name of Object.keys(current)) if (!(name in wanted)) element.removeAttribute(name);
  if (block.kind === "paragraph") editLine(element, block.content);
  else if (block.kind !== "raw") reconcile(element, block.content, depth + 1);
}

type LinePart = ReturnType<typeof splitAtAtoms>[number];

function editLine(line: Y.XmlElement, wanted: readonly Inline[]): void {
  removeForeign(line);
  const children = childrenOf(line);
  const parts = splitAtAtoms(wanted);
  const limit = Math.min(children.length, parts.length);
  let start = 0;
  while (start < limit && continues(children[start], parts[start])) start++;
  let end = 0;
  while (end < limit - start && continues(children.at(-1 - end), parts.at(-1 - end))) end++;
  for (let index = 0; index < start; index++) editPart(children[index], parts[index]);
  for (let index = 1; index <= end; index++) editPart(children.at(-index), parts.at(-index));
  const replaced = children.length - start - end;
  if (replaced > 0) line.delete(start, replaced);
  const added = parts.slice(start, parts.length - end).flat();
  if (added.length > 0) line.insert(start, createInlines(added));
}

/** A text can become any text; an atom stays only as it is. */
function continues(child: Y.XmlElement | Y.XmlText | undefined, part: LinePart | undefined): boolean {
  if (part === undefined || child === undefined) return false;
  if (child instanceof Y.XmlText) return isTextPart(part);
  if (isTextPart(part) || child.nodeName !== "raw") return false;
  const current = readAtom(child);
  return "html" in current && current.html === part.html && current.marks === part.marks;
}

function isTextPart(part: LinePart): part is readonly InlineText[] {
  return Array.isArray(part);
}

function editPart(child: Y.XmlElement | Y.XmlText | undefined, part: LinePart | undefined): void {
  if (!(child instanceof Y.XmlText) || part === undefined || !isTextPart(part)) return;
  const delta = diffText({ rich: runsOf(readText(child)) }, { rich: runsOf(part) }, { unit: "word" });
  if (delta.length > 0) applyToText(child, delta);
}

function runsOf(inlines: readonly Inline[]): Run[] {
  return inlines.flatMap((inline): Run[] => {
    if (!("text" in inline)) return [];
    return [inline.marks === undefined ? [inline.text] : [inline.text, inline.marks]];
  });
}
