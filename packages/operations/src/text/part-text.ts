import { blockEnd, isRichText, type RichText, type Run, type TextCodec } from "@waggle/template";
import { hasMarkup, plainToInline } from "./plain-text.ts";
import { lettersOf } from "./read-text.ts";
import { bareLine } from "./runs.ts";
import { isSimpleLine, type TextShape, writeText } from "./write-text.ts";

/** What an item of a list or a cell of a table holds: rich text, or HTML that stays as it is. */
export type PartText = RichText | string;

interface WritePartOptions {
  readonly codec: TextCodec;
  /** What the part holds now; undefined for a new one. */
  readonly current?: PartText | undefined;
  /** The part beside a new one, which lends it its look. */
  readonly neighbour?: PartText | undefined;
}

export interface WrittenPart {
  readonly text: PartText;
  readonly warnings: readonly string[];
}

const shape: TextShape = { argument: "", isSingleBlock: false, wrap: (inline) => inline };
const emptyLine: RichText = { rich: [[blockEnd, bareLine]] };

/** Cleans what somebody wrote for a part and fits it into what the part holds. The same object when that says the same. */
export function writePart(source: string, { codec, current, neighbour }: WritePartOptions): WrittenPart {
  if (current !== undefined && source === readPart(current, codec)) return { text: current, warnings: [] };
  const model = isRichText(current) ? current : withoutLinks(neighbour);
  const { value, warnings } = writeText(source, { codec, shape, current: model });
  return { text: isRichText(value) || typeof value === "string" ? value : "", warnings };
}

/** The HTML of a part, as `writePart` takes it. */
export function readPart(text: PartText, codec: TextCodec): string {
  return isRichText(text) ? codec.serialise(text) : text;
}

/** A look is taken over by the part next to it, where it leads is not. */
function withoutLinks(text: PartText | undefined): RichText {
  if (!isRichText(text) || text.rich.length === 0) return emptyLine;
  const runs = text.rich.map(([letters, marks]): Run => {
    const { link: _link, ...others } = marks ?? {};
    return [letters, others];
  });
  return { rich: runs };
}

/** The letters of a part, and those of what is about to be written, to find the part that it continues. */
export function lettersOfPart(text: PartText, codec: TextCodec): string {
  return lettersOf(readPart(text, codec));
}

export function lettersOfSource(source: string): string {
  return lettersOf(isSimpleLine(source) || hasMarkup(source) ? source : plainToInline(source));
}

/** A codec that reads equal HTML once: writing a part asks for it several times, and cells are often alike. */
export function rememberParsed(codec: TextCodec): TextCodec {
  const parsed = new Map<string, RichText | undefined>();
  return {
    ...codec,
    parse: (html) => {
      if (!parsed.has(html)) parsed.set(html, codec.parse(html));
      return parsed.get(html);
    },
  };
}
