import fastDiff from "fast-diff";
import type { RichText } from "../document/value.ts";
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
  return (unit === "word" && diffWords(before, after)) || fastDiff(before, after);
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

// Halves of surrogate pairs are left out: neighbours would melt into one character.
function codeOf(index: number): string {
  return String.fromCharCode(index < firstSurrogate ? index : index + surrogates);
}
