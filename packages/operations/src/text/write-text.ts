import { WaggleError } from "@waggle/contract";
import { atom, blockEnd, isRichText, type RichText, type TextCodec, type Value } from "@waggle/template";
import { hasMarkup, plainToInline, plainToParagraphs } from "./plain-text.ts";
import { bareLine, blocksOf, isNested, marksOfWhole, type RunBlock, runsOf, tagOf, withMarks } from "./runs.ts";

/** How the text of a module type is built. */
export interface TextShape {
  /** Name of the argument, for messages. */
  readonly argument: string;
  /** Titles and buttons are one block; Enter is a line break there. */
  readonly isSingleBlock: boolean;
  /** The HTML a new text of this kind gets around its inline HTML. */
  readonly wrap: (inline: string) => string;
}

interface WriteTextOptions {
  readonly codec: TextCodec;
  readonly shape: TextShape;
  /** What the element holds now; undefined for a new one. */
  readonly current?: Value | undefined;
}

export interface WrittenText {
  readonly value: Value;
  readonly warnings: readonly string[];
}

/**
 * Cleans what somebody wrote and makes it the value of a text. A text that stays rich keeps the `html` it was parsed from,
 * so that the change is a delta of letters and its surroundings (wrappers, untouched blocks) export as they were.
 * Text without markup takes over the formatting that covers the whole current text.
 */
export function writeText(source: string, { codec, shape, current }: WriteTextOptions): WrittenText {
  if (isRichText(current) && isSimpleLine(source)) {
    return {
      value: fitInto(current, { rich: [[source], [blockEnd, bareLine]] }, { isPlain: true, isInline: true }),
      warnings: [],
    };
  }
  if (!isRichText(current) && isSimpleLine(source)) {
    const value = simpleText(source, { codec, shape });
    if (value) return { value, warnings: [] };
  }
  const written = source.replaceAll(blockEnd, " ").replaceAll(atom, " ");
  const isPlain = !hasMarkup(written);
  const clean = isPlain ? written : codec.sanitise(written);
  const warnings = isPlain ? [] : removedMarkup(written, clean);
  const fresh = freshText(clean, { codec, shape, isPlain });
  if (!isRichText(current) || !isRichText(fresh)) return { value: fresh, warnings };
  const isInline = shape.isSingleBlock || isPlain || !hasBlocks(clean, codec);
  return { value: fitInto(current, fresh, { isPlain, isInline }), warnings };
}

/**
 * Whether a line is its own rich text: nothing in it that HTML or a template language gives a meaning, and no white space
 * that HTML would collapse. Most of what agents write is such a line, and parsing it would cost more than the rest of the call.
 */
export function isSimpleLine(source: string): boolean {
  return source !== "" && !notSimple.test(source);
}

const notSimple = /[<>&{}%*|#[\]\p{Cc}\p{Zl}\p{Zp}\u00a0\ufffc]| {2}|^\s|\s$/u;

/** Stands for a line in `models`: a letter of no language. */
const anyLine = "\ue000";
/** What a new text of one simple line is parsed to, by its codec and shape; undefined where that is not rich text. */
const models = new WeakMap<TextCodec, WeakMap<TextShape, RichText | undefined>>();

/** What `freshText` gives for a simple line, without parsing each. */
function simpleText(line: string, { codec, shape }: Omit<FreshOptions, "isPlain">): RichText | undefined {
  const ofCodec = models.get(codec) ?? new WeakMap<TextShape, RichText | undefined>();
  models.set(codec, ofCodec);
  if (!ofCodec.has(shape)) {
    const fresh = freshText(anyLine, { codec, shape, isPlain: true });
    ofCodec.set(shape, isRichText(fresh) ? fresh : undefined);
  }
  const model = ofCodec.get(shape);
  if (model?.html === undefined) return undefined;
  const filled = (text: string): string => text.replace(anyLine, () => line);
  return {
    rich: model.rich.map(([text, ...marks]) => [filled(text), ...marks]),
    html: filled(model.html),
  };
}

interface FreshOptions {
  readonly codec: TextCodec;
  readonly shape: TextShape;
  readonly isPlain: boolean;
}

/** The text as if its element were new: rich where the codec can prove the round trip, else the HTML itself. */
function freshText(clean: string, { codec, shape, isPlain }: FreshOptions): Value {
  const html = freshHtml(clean, { codec, shape, isPlain });
  // Plain text was only escaped so far. Nothing is written that did not pass the allow-list.
  const safe = isPlain ? codec.sanitise(html) : html;
  return codec.parse(safe) ?? safe;
}

function freshHtml(clean: string, { codec, shape, isPlain }: FreshOptions): string {
  if (shape.isSingleBlock) return shape.wrap(isPlain ? plainToInline(clean) : inlineOf(clean, { codec, shape }));
  if (isPlain) return plainToParagraphs(clean);
  return hasBlocks(clean, codec) ? clean : shape.wrap(clean);
}

/** Whether the HTML brings blocks of its own (`<p>…</p>`) or is only a line of text. */
function hasBlocks(html: string, codec: TextCodec): boolean {
  const parsed = codec.parse(html);
  if (!parsed) return true;
  const blocks = blocksOf(parsed.rich);
  return blocks.length > 1 || blocks.some((block) => tagOf(block) !== "" || isNested(block));
}

/** Joins blocks to one line with line breaks, for titles and buttons. */
function inlineOf(html: string, { codec, shape }: Omit<FreshOptions, "isPlain">): string {
  const parsed = codec.parse(html);
  if (!parsed) return html;
  const blocks = blocksOf(parsed.rich);
  if (blocks.some((block) => tagOf(block) === undefined)) throw notInline(shape);
  if (blocks.length <= 1 && blocks.every((block) => tagOf(block) === "")) return html;
  const runs = blocks.flatMap((block, at) => (at === 0 ? block.runs : [["\n"] as const, ...block.runs]));
  return codec.serialise({ rich: [...runs, [blockEnd, bareLine]] });
}

function notInline({ argument }: TextShape): WaggleError {
  return new WaggleError("INVALID_INPUT", {
    message: `${argument} has to be one piece of text: plain text or inline HTML (b, i, u, a, span, br), without tables, lists or pictures.`,
    data: { argument },
  });
}

interface FitOptions {
  readonly isPlain: boolean;
  /** The new text brought no blocks of its own. */
  readonly isInline: boolean;
}

/** Puts the new letters into the current text's blocks and formatting. */
function fitInto(current: RichText, fresh: RichText, { isPlain, isInline }: FitOptions): RichText {
  const currentBlocks = blocksOf(current.rich);
  const look = isPlain ? marksOfWhole(currentBlocks) : {};
  const blocks = blocksOf(fresh.rich).map((block, at): RunBlock => {
    const model = currentBlocks[Math.min(at, currentBlocks.length - 1)];
    const canAdopt = isInline && model && tagOf(model) !== undefined && !isNested(model);
    return withMarks(canAdopt ? { ...block, end: model.end } : block, look);
  });
  return { rich: runsOf(blocks), ...(current.html === undefined ? {} : { html: current.html }) };
}

/** Says which tags were dropped; clients of e-mail would drop them anyway. */
export function removedMarkup(written: string, clean: string): readonly string[] {
  const kept = tagsIn(clean);
  const removed = [...tagsIn(written)].filter((tag) => !kept.has(tag));
  const handlers = /\son[a-z]+\s*=/i.test(written) && !/\son[a-z]+\s*=/i.test(clean);
  const names = [...removed.map((tag) => `<${tag}>`), ...(handlers ? ["event handlers"] : [])];
  return names.length > 0 ? [`Removed, because e-mail clients do not show it: ${names.join(", ")}.`] : [];
}

function tagsIn(html: string): Set<string> {
  return new Set(Array.from(html.matchAll(/<([a-z][a-z0-9-]*)/gi), ([, tag = ""]) => tag.toLowerCase()));
}
