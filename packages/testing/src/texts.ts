import {
  applyDelta,
  atom,
  blockEnd,
  diffText,
  equalValues,
  type Inline,
  type InlineHtml,
  type Json,
  lineBreak,
  type Marks,
  plainText,
  type RichText,
  type Run,
  type TextDelta,
  type TextOp,
} from "@waggle/template";
import type { Random } from "./random.ts";

const vocabulary =
  "spring is here and so our new collection of hand picked styles made to last with free shipping on every order over fifty euro until Sunday midnight café Größe 😀 {{first_name}} it's".split(
    " ",
  );

const colours = ["#ff0000", "#00ff00", "#0000ff"];

/** Some words with single spaces between them. */
export function randomWords(random: Random, count: number): string {
  return Array.from({ length: count }, () => random.pick(vocabulary)).join(" ");
}

export interface TextShape {
  readonly blocks: number;
  readonly wordsPerBlock: number;
  /** The source it pretends to be parsed from. */
  readonly html?: string;
}

/** A rich text of some blocks with marks, line breaks and pieces of HTML in it. */
export function randomText(random: Random, { blocks, wordsPerBlock, html }: TextShape): RichText {
  const ops: TextOp[] = [];
  for (let block = 0; block < blocks; block++) ops.push(...randomLine(random, wordsPerBlock), blockOp(random));
  // Applying an insertion joins equal neighbours, so the text is in canonical form.
  return applyDelta(html === undefined ? { rich: [] } : { rich: [], html }, ops);
}

type InsertOp = Extract<TextOp, { readonly insert: string }>;

function randomLine(random: Random, words: number): InsertOp[] {
  const ops: InsertOp[] = [];
  for (let left = words; left > 0; ) {
    const count = Math.min(left, random.between(1, 4));
    left -= count;
    ops.push(insertion(randomWords(random, count) + (left > 0 ? " " : ""), randomMarks(random)));
    if (random.chance(0.08)) ops.push({ insert: lineBreak });
    if (random.chance(0.08)) ops.push(atomOp(random));
  }
  return ops;
}

/** Words with marks, as the content of a line. */
export function randomInlines(random: Random, words: number): Inline[] {
  return randomLine(random, words).map(({ insert, marks }): Inline => {
    // Written by `atomOp`, and by nothing else.
    if (marks?.raw) return marks.raw as unknown as InlineHtml;
    return marks ? { text: insert, marks } : { text: insert };
  });
}

function insertion(insert: string, marks: Marks): InsertOp {
  return Object.keys(marks).length > 0 ? { insert, marks } : { insert };
}

const strong = { as: null, o: null };
const link = { target: null, style: null, rest: null, o: null };

function randomMarks(random: Random): Marks {
  const marks: Record<string, Json> = {};
  if (random.chance(0.25)) marks.strong = strong;
  if (random.chance(0.15)) marks.color = { v: random.pick(colours), o: null };
  if (random.chance(0.1)) marks.link = { ...link, href: `https://example.com/${random.below(9)}` };
  return marks;
}

function atomOp(random: Random): InsertOp {
  return { insert: atom, marks: { raw: { html: `<img alt="${random.below(9)}">`, marks: null } } };
}

function blockOp(random: Random): TextOp {
  const tag = random.pick(["p", "p", "p", "div"]);
  return { insert: blockEnd, marks: { block: { kind: "paragraph", tag, style: null, rest: null } } };
}

/** One edit as a person's keyboard makes it, exact to the character. Empty when it would change nothing. */
export function randomTyping(random: Random, text: RichText): TextDelta {
  const plain = plainText(text);
  const kind = random.weighted({ type: 5, remove: 3, mark: 2, split: 1, html: 0.5 });
  const from = wholeCharacter(plain, random.below(plain.length + 1));
  if (kind === "type") return at(from, [typedOp(random)]);
  if (kind === "split") return at(from, [blockOp(random)]);
  if (kind === "html") return at(from, [atomOp(random)]);
  const stretch = runsBetween(text, from, wholeCharacter(plain, from + random.between(1, 12)));
  if (kind === "remove") return at(from, stretch.map(removal));
  return at(from, random.chance(0.5) ? toggleStrong(stretch) : colour(stretch, random.pick(colours)));
}

function at(offset: number, ops: readonly TextOp[]): TextDelta {
  return offset > 0 && ops.length > 0 ? [{ keep: offset }, ...ops] : ops;
}

function typedOp(random: Random): TextOp {
  return insertion(random.pick(["x", "Q ", " hello", `${randomWords(random, 2)} `]), randomMarks(random));
}

function removal([remove, marks]: Run): TextOp {
  return marks ? { remove, marks } : { remove };
}

function toggleStrong(runs: readonly Run[]): TextOp[] {
  return runs.map(([characters, marks]) => {
    // Blocks and pieces of HTML carry their own marks only.
    if (characters.startsWith(blockEnd) || characters.startsWith(atom)) return { keep: characters.length };
    const isStrong = marks?.strong !== undefined;
    return { keep: characters.length, marks: { strong: isStrong ? [strong, null] : [null, strong] } };
  });
}

function colour(runs: readonly Run[], value: string): TextOp[] {
  return runs.map(([characters, marks]) => {
    const [before, after] = [marks?.color ?? null, { value }];
    const isSame = equalValues(before, after);
    return { keep: characters.length, ...(isSame ? {} : { marks: { color: [before, after] } }) };
  });
}

/** The same place, or the next one when it would halve an emoji. */
function wholeCharacter(plain: string, offset: number): number {
  const place = Math.min(offset, plain.length);
  const code = plain.charCodeAt(place);
  return code >= 0xdc00 && code <= 0xdfff ? place + 1 : place;
}

/** The runs of a text between two offsets. */
export function runsBetween(text: RichText, from: number, to: number): Run[] {
  const runs: Run[] = [];
  let start = 0;
  for (const [characters, marks] of text.rich) {
    const part = characters.slice(Math.max(0, from - start), Math.max(0, to - start));
    if (part) runs.push(marks ? [part, marks] : [part]);
    start += characters.length;
  }
  return runs;
}

/** A text as an agent rewrites it: some words replaced, added and dropped; what stays keeps its marks. */
export function randomRewrite(random: Random, text: RichText): RichText {
  const words = plainText(text).split(" ");
  for (let edits = random.between(1, 3); edits > 0; edits--) {
    const index = random.below(words.length);
    const kind = random.weighted({ replace: 4, add: 3, drop: 3 });
    if (kind === "replace") words.splice(index, 1, randomWords(random, 1));
    else if (kind === "add") words.splice(index, 0, ...randomWords(random, random.between(1, 4)).split(" "));
    else words.splice(index, random.between(1, 3));
  }
  return rewordedAs(text, words.join(" "));
}

function rewordedAs(text: RichText, wording: string): RichText {
  const bare = (characters: string): RichText => ({ rich: characters ? [[characters]] : [] });
  let offset = 0;
  const delta = diffText(bare(plainText(text)), bare(wording), { unit: "word" }).flatMap((op): readonly TextOp[] => {
    if ("insert" in op) return [op];
    const from = offset;
    offset += "keep" in op ? op.keep : op.remove.length;
    return "keep" in op ? [op] : runsBetween(text, from, offset).map(removal);
  });
  return applyDelta(text, delta);
}
