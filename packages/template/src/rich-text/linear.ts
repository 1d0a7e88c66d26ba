import { RunWriter } from "../change-set/text-op.ts";
import { atom, blockEnd, equalValues, type Json, type Marks, type RichText, type Run } from "../document/value.ts";
import {
  type Ancestor,
  type Block,
  type BlockMark,
  bareLine,
  type Container,
  type ContainerKind,
  type Frame,
  type Inline,
  inlineText,
  isInlineText,
  toJson,
} from "./blocks.ts";
import { completeMarks } from "./marks.ts";
import { type Path, readAtom, readBlockMark, readPath } from "./read-marks.ts";

/**
 * The block tree of a sequence of runs. Total: merging two people's edits may bring about any sequence, and each gives a
 * valid tree. Whatever is unknown or out of place is mended or left out.
 */
export function toBlocks(runs: readonly Run[]): Block[] {
  const tree = new TreeBuilder();
  let content: Inline[] = [];
  for (const [text, marks] of runs) {
    for (const piece of text.split(/([\u2029\ufffc])/)) {
      if (piece === blockEnd) {
        tree.place(blockOf(readBlockMark(marks), content), readPath(marks));
        content = [];
      } else if (piece === atom) content.push(...readAtom(marks));
      else if (piece !== "") content.push(inlineText(piece, completeMarks(marks)));
    }
  }
  // Text behind the last block end: someone removed the end, the characters must not get lost.
  if (content.length > 0) tree.place(blockOf(readBlockMark(undefined), content), readPath(undefined));
  return tree.blocks;
}

/** A raw block holds no line; text that ended up before its end becomes a bare line of its own. */
function blockOf(mark: BlockMark, content: readonly Inline[]): Block[] {
  const merged = mergeInlines(content);
  if (mark.kind === "paragraph") return [{ ...mark, content: merged }];
  return merged.length > 0 ? [bareLine(merged), mark] : [mark];
}

function mergeInlines(inlines: readonly Inline[]): Inline[] {
  const merged: Inline[] = [];
  for (const inline of inlines) {
    const last = merged.at(-1);
    const joins = last && isInlineText(last) && isInlineText(inline) && equalValues(last.marks, inline.marks);
    if (joins) merged[merged.length - 1] = { ...last, text: last.text + inline.text };
    else merged.push(inline);
  }
  return merged;
}

interface OpenContainer {
  readonly ancestor: Ancestor;
  readonly content: Block[];
}

/** Hangs blocks below containers, opening those that the block before did not leave open. */
class TreeBuilder {
  readonly blocks: Block[] = [];
  #open: OpenContainer[] = [];

  place(blocks: readonly Block[], { ancestors, opens }: Path): void {
    this.#open = this.#open.slice(0, Math.min(opens, this.#sharedWith(ancestors)));
    for (const ancestor of ancestors.slice(this.#open.length)) {
      const content: Block[] = [];
      this.#innermost.push({ ...ancestor, content } satisfies Container);
      this.#open.push({ ancestor, content });
    }
    this.#innermost.push(...blocks);
  }

  get #innermost(): Block[] {
    return this.#open.at(-1)?.content ?? this.blocks;
  }

  #sharedWith(ancestors: readonly Ancestor[]): number {
    let shared = 0;
    while (shared < this.#open.length && equalValues(this.#open[shared]?.ancestor, ancestors[shared])) shared++;
    return shared;
  }
}

/** The runs of a block tree. A container without anything in it holds an empty line; a list without items is left out. */
export function fromBlocks(blocks: readonly Block[]): Run[] {
  const writer = new BlockWriter();
  for (const block of blocks) writer.write(block, []);
  return writer.runs;
}

class BlockWriter {
  readonly #writer = new RunWriter();
  /** Outermost container opened since the last block end. */
  #opens = Number.POSITIVE_INFINITY;

  get runs(): Run[] {
    return this.#writer.runs;
  }

  write(block: Block, within: readonly Ancestor[]): void {
    if (block.kind === "paragraph") this.#writeLine(block.content, { mark: frameOf(block, block.kind), within });
    else if (block.kind === "raw") this.#writeLine([], { mark: block, within });
    else this.#writeContainer(block, within);
  }

  #writeContainer(block: Container, within: readonly Ancestor[]): void {
    if (isEmptyList(block)) return;
    this.#opens = Math.min(this.#opens, within.length);
    const inside = [...within, frameOf(block, block.kind)];
    const content = block.content.filter((child) => !isEmptyList(child));
    for (const child of content.length > 0 ? content : [bareLine()]) this.write(child, inside);
  }

  #writeLine(
    content: readonly Inline[],
    { mark, within }: { readonly mark: BlockMark; readonly within: readonly Ancestor[] },
  ): void {
    for (const inline of content) {
      if (isInlineText(inline)) this.#writer.write(inline.text, inline.marks);
      else this.#writer.write(atom, { raw: { html: inline.html, marks: inline.marks } });
    }
    this.#writer.write(blockEnd, this.#blockMarks(mark, within));
    this.#opens = Number.POSITIVE_INFINITY;
  }

  #blockMarks(mark: BlockMark, within: readonly Ancestor[]): Marks {
    const marks: Record<string, Json> = { block: toJson(mark) };
    if (within.length > 0) marks.within = toJson(within);
    if (this.#opens < within.length) marks.opens = this.#opens;
    return marks;
  }
}

function isEmptyList(block: Block): boolean {
  return block.kind === "list" && block.content.length === 0;
}

function frameOf<Kind extends ContainerKind | "paragraph">(
  { tag, style, rest }: Frame,
  kind: Kind,
): Frame & { readonly kind: Kind } {
  return { kind, tag, style, rest };
}

/**
 * The text as it reads back after it was written: unknown marks gone, equal neighbours merged, every block ended. The same
 * object when there is nothing to mend. Merging deltas of two people may bring about texts that need it.
 */
export function canonicalText(text: RichText): RichText {
  const rich = fromBlocks(toBlocks(text.rich));
  return equalValues(rich, text.rich) ? text : { ...text, rich };
}
