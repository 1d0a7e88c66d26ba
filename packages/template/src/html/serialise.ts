import type { RichText } from "../document/value.ts";
import type { Block } from "../rich-text/blocks.ts";
import { toBlocks } from "../rich-text/linear.ts";
import { blocksToHtml, blockToHtml, separator } from "../rich-text/to-html.ts";
import type { ParsedHtml } from "./parse.ts";

/** A source by its blocks, ready to be written back. */
export class SourceWriter {
  readonly #html: string;
  readonly #parsed: ParsedHtml;
  /** Canonical HTML of each block. */
  readonly #keys: readonly string[];
  readonly #sources: readonly string[];
  /** White space before each block, and after the last. */
  readonly #gaps: readonly string[];

  constructor(html: string, parsed: ParsedHtml) {
    this.#html = html;
    this.#parsed = parsed;
    this.#keys = parsed.blocks.map(({ block }) => blockToHtml(block));
    this.#sources = parsed.blocks.map(({ start, end }) => html.slice(start, end));
    const ends = [parsed.open.length, ...parsed.blocks.map(({ end }) => end)];
    const starts = [...parsed.blocks.map(({ start }) => start), html.length - parsed.close.length];
    this.#gaps = starts.map((start, index) => html.slice(ends[index], start));
  }

  /** The source when the text is the one it was parsed to; else the unedited blocks as they stand there, the others anew. */
  write(text: RichText): string {
    const blocks = toBlocks(text.rich);
    if (blocksToHtml(blocks) === this.#parsed.canonical) return this.#html;
    const keys = blocks.map(blockToHtml);
    const kept = this.#keptAtEnds(keys);
    const written = blocks.map((block, index) => {
      const place = placeInSource(index, { kept, count: keys.length, sourceCount: this.#keys.length });
      return this.#gapBefore(place) + separator(blocks[index - 1], block) + this.#sourceOf(keys[index] ?? "", place);
    });
    return this.#parsed.open + written.join("") + (this.#gaps.at(-1) ?? "") + this.#parsed.close;
  }

  /** How many blocks at the start and at the end are those of the source. */
  #keptAtEnds(keys: readonly string[]): Kept {
    const limit = Math.min(keys.length, this.#keys.length);
    let start = 0;
    while (start < limit && keys[start] === this.#keys[start]) start++;
    let end = 0;
    while (end < limit - start && keys.at(-1 - end) === this.#keys.at(-1 - end)) end++;
    return { start, end };
  }

  #gapBefore(place: number | undefined): string {
    return place === undefined ? "" : (this.#gaps[place] ?? "");
  }

  /** A block that moved is looked up by what it says. */
  #sourceOf(key: string, place: number | undefined): string {
    if (place !== undefined && this.#keys[place] === key) return this.#sources[place] ?? key;
    const found = this.#keys.indexOf(key);
    return found < 0 ? key : (this.#sources[found] ?? key);
  }
}

interface Kept {
  readonly start: number;
  readonly end: number;
}

/** Which block of the source a block stands for: surely at both ends, and throughout while their number is the same. */
function placeInSource(
  index: number,
  { kept, count, sourceCount }: { readonly kept: Kept; readonly count: number; readonly sourceCount: number },
): number | undefined {
  if (count === sourceCount || index < kept.start) return index;
  return index >= count - kept.end ? index - count + sourceCount : undefined;
}

/** Whether there is nothing in a text but an empty line, however that is written. */
export function isBlank(blocks: readonly Block[]): boolean {
  const [only, ...others] = blocks;
  return others.length === 0 && (only === undefined || (only.kind === "paragraph" && only.content.length === 0));
}
