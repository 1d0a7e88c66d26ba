import { applyDelta, blockEnd, plainText, type RichText, type TextDelta, type TextOp } from "@waggle/template";
import { type Random, runsBetween } from "@waggle/testing";

/** A few letters more or less within a line, whole ones: halves of an emoji are no text. */
export function typingIn(random: Random, text: RichText): TextDelta {
  const plain = plainText(text);
  const from = wholeCharacter(plain, random.below(plain.length));
  const removed = random.chance(0.3) ? runsBetween(text, from, wholeCharacter(plain, from + random.between(1, 5))) : [];
  const isWithinLine = removed.every(([characters]) => !characters.includes(blockEnd));
  const keep: TextOp[] = from > 0 ? [{ keep: from }] : [];
  if (removed.length === 0 || !isWithinLine) return [...keep, { insert: random.pick(["x", "Q "]) }];
  return [...keep, ...removed.map(([remove, marks]) => (marks ? { remove, marks } : { remove }))];
}

/** The text after some typing. */
export function typeIn(random: Random, text: RichText): RichText {
  return applyDelta(text, typingIn(random, text));
}

function wholeCharacter(plain: string, offset: number): number {
  const code = plain.charCodeAt(offset);
  return code >= 0xdc00 && code <= 0xdfff ? offset - 1 : offset;
}
