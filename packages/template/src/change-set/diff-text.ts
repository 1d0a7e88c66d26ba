import fastDiff from "fast-diff";
import { blockEnd, type Json, type RichText } from "../document/value.ts";
import { DeltaBuilder } from "./delta-builder.ts";
import { plainText } from "./text-delta.ts";
import { insertOf, keepOf, marksBetween, RunReader, removeOf } from "./text-op.ts";
import type { TextDelta } from "./types.ts";

/** Whether a diff may cut words. `word` leaves no scraps of letters that someone's typing would be merged into. */
export type DiffUnit = "char" | "word";

export interface DiffOptions {
  /** Default `char`. */
  readonly unit?: DiffUnit;
}

/** The delta that leads from one text to another. The sources of the texts (`html`) do not count. */
export function diffText(before: RichText, after: RichText, { unit = "char" }: DiffOptions = {}): TextDelta {
  const builder = new DeltaBuilder();
  const [old, next] = [new RunReader(before.rich), new RunReader(after.rich)];
  for (const [sign, characters] of diffCharacters(before, after, unit)) {
    const { length } = characters;
    if (sign === fastDiff.DELETE) for (const run of old.take(length)) builder.push(removeOf(...run));
    else if (sign === fastDiff.INSERT) for (const run of next.take(length)) builder.push(insertOf(...run));
    else pushMarkChanges(builder, { old, next, length });
  }
  return builder.build();
}

/** Characters that stay: what changes of their marks, stretch by stretch. */
function pushMarkChanges(
  builder: DeltaBuilder,
  { old, next, length }: { readonly old: RunReader; readonly next: RunReader; readonly length: number },
): void {
  const nextRuns = new RunReader(next.take(length));
  for (const [characters, marks] of old.take(length)) {
    for (const [same, nextMarks] of nextRuns.take(characters.length)) {
      builder.push(keepOf(same.length, marksBetween(marks, nextMarks)));
    }
  }
}

function diffCharacters(before: RichText, after: RichText, unit: DiffUnit): readonly fastDiff.Diff[] {
  const [old, next] = [plainText(before), plainText(after)];
  if (old === next) return [[fastDiff.EQUAL, old]];
  return (unit === "word" && diffWords(before, after)) || wholeBlocks(fastDiff(old, next), isBlockEnd);
}

const isBlockEnd = (character: string | undefined): boolean => character === blockEnd;

// Words, single spaces (a line break is one), single block ends and pieces of HTML, runs of everything else.
const units = /[\p{L}\p{M}\p{N}_]+|\s|\ufffc|[^\p{L}\p{M}\p{N}_\s\ufffc]+/gu;

const firstSurrogate = 0xd800;
const surrogates = 0x800;

/** Writes each distinct word as one character and compares those. Nothing when there are more words than characters. */
function diffWords(before: RichText, after: RichText): fastDiff.Diff[] | undefined {
  const codes = new Map<string, string>();
  const words = new Map<string, string>();
  const ends = new Set<string | undefined>();
  const encode = (text: RichText): string => {
    const encoded = unitsOf(text).map(([word, place]) => {
      const known = codes.get(word + place);
      const code = known ?? codeOf(codes.size);
      codes.set(word + place, code);
      words.set(code, word);
      if (word === blockEnd) ends.add(code);
      return code;
    });
    return encoded.join("");
  };
  const [left, right] = [encode(before), encode(after)];
  if (codes.size > 0x10000 - surrogates) return undefined;
  const decode = (text: string): string => Array.from(text, (code) => words.get(code) ?? "").join("");
  return wholeBlocks(fastDiff(left, right), (code) => ends.has(code)).map(([sign, text]) => [sign, decode(text)]);
}

/** The words of a text. The end of a cell is another one than that of a header cell or of a line outside of the table. */
function unitsOf({ rich }: RichText): (readonly [word: string, place: string])[] {
  const found: (readonly [word: string, place: string])[] = [];
  let plain = "";
  const flush = (): void => {
    for (const word of plain.match(units) ?? []) found.push([word, ""]);
    plain = "";
  };
  for (const [characters, marks] of rich) {
    if (marks?.within === undefined || !characters.startsWith(blockEnd)) plain += characters;
    else {
      flush();
      const place = placeIn(marks.within);
      for (const character of characters) found.push([character, place]);
    }
  }
  flush();
  return found;
}

function placeIn(within: Json): string {
  const tags = Array.isArray(within) ? within.map((each: Json) => (isObject(each) ? each.tag : "")) : [];
  return tags[0] === "table" ? tags.join(" ") : "";
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * The same diff with blocks that come or go as wholes, their end included. Where blocks end alike, a diff may as well begin
 * with the end of the block before; two people's new blocks at one place would then be cut into each other.
 */
function wholeBlocks(
  diffs: readonly fastDiff.Diff[],
  isEnd: (character: string | undefined) => boolean,
): fastDiff.Diff[] {
  const slid: MutableDiff[] = [nothing, ...diffs, nothing].map(([sign, text]) => ({ sign, text }));
  slid.forEach((piece, index) => {
    const [left, right] = [slid[index - 1], slid[index + 1]];
    if (piece.sign === fastDiff.EQUAL || left?.sign !== fastDiff.EQUAL || right?.sign !== fastDiff.EQUAL) return;
    slide(piece, { left, right, isEnd });
  });
  return slid.filter(({ text }) => text !== "").map(({ sign, text }) => [sign, text]);
}

const nothing: fastDiff.Diff = [fastDiff.EQUAL, ""];

interface MutableDiff {
  readonly sign: fastDiff.Diff[0];
  text: string;
}

interface Neighbours {
  readonly left: MutableDiff;
  readonly right: MutableDiff;
  readonly isEnd: (character: string | undefined) => boolean;
}

/** Moves a piece that comes or goes over equal text on its left or right, to where it begins and ends with blocks. */
function slide(piece: MutableDiff, { left, right, isEnd }: Neighbours): void {
  const endsBlock = (text: string): boolean => text === "" || isEnd(text.at(-1));
  const characters = piece.text.split("");
  const last = characters.findLastIndex(isEnd);
  if (last < 0 || (last === characters.length - 1 && endsBlock(left.text))) return;
  const tail = piece.text.slice(last + 1);
  const leftOfTail = left.text.slice(0, left.text.length - tail.length);
  if (left.text.endsWith(tail) && endsBlock(leftOfTail)) {
    piece.text = tail + piece.text.slice(0, last + 1);
    left.text = leftOfTail;
    right.text = tail + right.text;
    return;
  }
  const head = piece.text.slice(0, characters.findIndex(isEnd) + 1);
  if (!right.text.startsWith(head)) return;
  piece.text = piece.text.slice(head.length) + head;
  left.text += head;
  right.text = right.text.slice(head.length);
}

// Halves of surrogate pairs are left out: neighbours would melt into one character.
function codeOf(index: number): string {
  return String.fromCharCode(index < firstSurrogate ? index : index + surrogates);
}
