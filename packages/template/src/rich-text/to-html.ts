import type { Marks, RichText } from "../document/value.ts";
import { type Block, type Frame, type Inline, isInlineText } from "./blocks.ts";
import { attribute, escapeText } from "./escape.ts";
import { toBlocks } from "./linear.ts";
import { completeMarks } from "./marks.ts";
import { type InlineTag, sharedDepth, tagsOf } from "./nesting.ts";
import { outsideTags } from "./template-tags.ts";

/**
 * A text as canonical HTML, without a look at its source. Needs no parser. It holds whatever its authors put in: sanitise
 * before showing it.
 */
export function toHtml(text: RichText): string {
  return blocksToHtml(toBlocks(text.rich));
}

/** Blocks as canonical HTML. */
export function blocksToHtml(blocks: readonly Block[]): string {
  return blocks.map((block, index) => separator(blocks[index - 1], block) + blockToHtml(block)).join("");
}

/** Two lines without elements would run into one. */
export function separator(previous: Block | undefined, block: Block): string {
  return isBareLine(previous) && isBareLine(block) ? "<br>" : "";
}

function isBareLine(block: Block | undefined): boolean {
  return block?.kind === "paragraph" && block.tag === "";
}

/** One block as canonical HTML. */
export function blockToHtml(block: Block): string {
  if (block.kind === "raw") return block.html;
  const inner = block.kind === "paragraph" ? inlinesToHtml(block.content) : blocksToHtml(block.content);
  return block.tag === "" ? inner : `<${startTag(block)}>${inner}</${block.tag}>`;
}

/** The inside of a start tag. */
export function startTag({ tag, style, rest }: Frame): string {
  return tag + (rest === null ? "" : ` ${rest}`) + (style === null ? "" : ` ${attribute("style", style)}`);
}

/** The content of a line as canonical HTML. */
export function inlinesToHtml(inlines: readonly Inline[]): string {
  const writer = new InlineWriter();
  const following = tagsAhead(inlines);
  let before: readonly InlineTag[] = [];
  inlines.forEach((inline, index) => {
    if (isInlineText(inline)) {
      before = tagsOf(inline.marks);
      writer.text(inline.text, before);
    } else if (inline.marks !== null) writer.raw(inline.html, tagsOf(parseMarks(inline.marks)));
    // Without marks of its own, a piece of HTML stands in the elements that the text left and right of it shares.
    else writer.raw(inline.html, before.slice(0, sharedDepth(before, following[index] ?? [])));
  });
  return writer.end();
}

/** For each place the elements around the next text. */
function tagsAhead(inlines: readonly Inline[]): (readonly InlineTag[])[] {
  let ahead: readonly InlineTag[] = [];
  return inlines
    .toReversed()
    .map((inline) => {
      if (isInlineText(inline)) ahead = tagsOf(inline.marks);
      return ahead;
    })
    .toReversed();
}

function parseMarks(json: string): Marks | undefined {
  try {
    return completeMarks(JSON.parse(json) as Marks);
  } catch {
    return undefined;
  }
}

/** Of several spaces in a row HTML shows one. Parsed texts have no such rows, people's do. */
function keepSpaces(text: string): string {
  return text.includes("  ") ? outsideTags(text, (part) => part.replace(/(?<= ) /g, "\u00a0")) : text;
}

/** Keeps the inline elements open that neighbouring stretches share. */
class InlineWriter {
  #html = "";
  #open: readonly InlineTag[] = [];
  #endsWithSpace = false;

  text(text: string, tags: readonly InlineTag[]): void {
    this.#nest(tags);
    const spaced = this.#endsWithSpace && text.startsWith(" ") ? `\u00a0${text.slice(1)}` : text;
    this.#html += escapeText(keepSpaces(spaced)).replaceAll("\n", "<br>");
    this.#endsWithSpace = text.endsWith(" ");
  }

  raw(html: string, tags: readonly InlineTag[]): void {
    this.#nest(tags);
    this.#html += html;
    this.#endsWithSpace = false;
  }

  end(): string {
    this.#nest([]);
    return this.#html;
  }

  #nest(tags: readonly InlineTag[]): void {
    const shared = sharedDepth(this.#open, tags);
    for (const tag of this.#open.slice(shared).reverse()) this.#html += tag.close;
    for (const tag of tags.slice(shared)) this.#html += tag.open;
    this.#open = tags;
  }
}
