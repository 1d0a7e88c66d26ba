import fastDiff from "fast-diff";
import { blockEnd, type RichText } from "../document/value.ts";
import { DeltaBuilder } from "./delta-builder.ts";
import { findDelta } from "./known-delta.ts";
import { plainText } from "./text-delta.ts";
import { insertOf, keepOf, marksBetween, RunReader, removeOf } from "./text-op.ts";
import type { TextDelta } from "./types.ts";

/** Whether a diff may cut words. `word` leaves no scraps of letters that someone's typing would be merged into. */
export type DiffUnit = "char" | "word";

export interface DiffOptions {
  /** Default `char`. */
  readonly unit?: DiffUnit;
}

/**
 * The delta that leads from one text to another: the one it was made by, where that is known (see `editInPieces`), else a
 * short one. The sources of the texts (`html`) do not count.
 */
export function diffText(before: RichText, after: RichText, options: DiffOptions = {}): TextDelta {
  return findDelta(before, after) ?? compareTexts(before, after, options);
}

function compareTexts(before: RichText, after: RichText, { unit = "char" }: DiffOptions): TextDelta {
  const builder = new DeltaBuilder();
  const [old, next] = [new RunReader(before.rich), new RunReader(after.rich)];
  for (const [sign, characters] of diffCharacters(plainText(before), plainText(after), unit)) {
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

function diffCharacters(before: string, after: string, unit: DiffUnit): readonly fastDiff.Diff[] {
  if (before === after) return [[fastDiff.EQUAL, before]];
  return wholeBlocks((unit === "word" && diffWords(before, after)) || fastDiff(before, after));
}

// Words, single spaces (a block end and a line break are such), single pieces of HTML, runs of everything else.
const units = /[\p{L}\p{M}\p{N}_]+|\s|\ufffc|[^\p{L}\p{M}\p{N}_\s\ufffc]+/gu;

const firstSurrogate = 0xd800;
const surrogates = 0x800;

/** Writes each distinct word as one character and compares those. Nothing when there are more words than characters. */
function diffWords(before: string, after: string): fastDiff.Diff[] | undefined {
  const codes = new Map<string, string>();
  const words = new Map<string, string>();
  const encode = (text: string): string => {
    const encoded = (text.match(units) ?? []).map((word) => {
      const code = codes.get(word) ?? codeOf(codes.size);
      codes.set(word, code);
      words.set(code, word);
      return code;
    });
    return encoded.join("");
  };
  const [left, right] = [encode(before), encode(after)];
  if (codes.size > 0x10000 - surrogates) return undefined;
  const decode = (text: string): string => Array.from(text, (code) => words.get(code) ?? "").join("");
  return fastDiff(left, right).map(([sign, text]) => [sign, decode(text)]);
}

/**
 * The same diff with blocks that come or go as wholes, their end included. Where blocks end alike, a diff may as well begin
 * with the end of the block before; two people's new blocks at one place would then be cut into each other.
 */
function wholeBlocks(diffs: readonly fastDiff.Diff[]): fastDiff.Diff[] {
  const slid = [nothing, ...diffs, nothing].map(([sign, text]) => ({ sign, text }));
  slid.forEach((piece, index) => {
    const [left, right] = [slid[index - 1], slid[index + 1]];
    if (piece.sign !== 0 && left?.sign === 0 && right?.sign === 0) slide(piece, left, right);
  });
  return slid.filter(({ text }) => text !== "").map(({ sign, text }) => [sign, text]);
}

const nothing: fastDiff.Diff = [fastDiff.EQUAL, ""];

interface Piece {
  text: string;
}

/** Moves a piece that comes or goes over equal text on its left or right, to where it begins and ends with blocks. */
function slide(piece: Piece, left: Piece, right: Piece): void {
  const { text } = piece;
  const last = text.lastIndexOf(blockEnd);
  if (last < 0 || (endsBlock(text) && endsBlock(left.text))) return;
  const tail = text.slice(last + 1);
  const leftOfTail = left.text.slice(0, left.text.length - tail.length);
  if (left.text.endsWith(tail) && endsBlock(leftOfTail)) {
    piece.text = tail + text.slice(0, last + 1);
    left.text = leftOfTail;
    right.text = tail + right.text;
    return;
  }
  const head = text.slice(0, text.indexOf(blockEnd) + 1);
  if (!right.text.startsWith(head)) return;
  piece.text = text.slice(head.length) + head;
  left.text += head;
  right.text = right.text.slice(head.length);
}

const endsBlock = (text: string): boolean => text === "" || text.endsWith(blockEnd);

// Halves of surrogate pairs are left out: neighbours would melt into one character.
function codeOf(index: number): string {
  return String.fromCharCode(index < firstSurrogate ? index : index + surrogates);
}
