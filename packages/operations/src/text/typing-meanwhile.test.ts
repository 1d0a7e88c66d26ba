import {
  applyDelta,
  diffText,
  isRichText,
  type NodeData,
  plainText,
  type RichText,
  tableKey,
  transformDelta,
} from "@waggle/template";
import { htmlCodec } from "@waggle/template/html";
import { forEachSeed, type Random } from "@waggle/testing";
import { expect, test } from "vitest";
import { readList, writeList } from "./list-text.ts";
import { readTableTexts, writeTableTexts } from "./table-text.ts";

/** Words that are often alike, so that one may be taken for another. */
const word = (random: Random): string => random.pick(["1", "2", "3", "a 1", "a 2", "b", ""]);

/** Some of the entries gone, changed, or with new ones between them; those marked stay. */
function rewritten<Entry>(
  random: Random,
  entries: readonly Entry[],
  { stays, fresh }: { readonly stays: (entry: Entry) => boolean; readonly fresh: () => Entry },
): readonly Entry[] {
  return entries.flatMap((entry) => {
    const more = random.chance(0.25) ? [fresh()] : [];
    if (stays(entry)) return [...more, entry];
    if (random.chance(0.2)) return more;
    return [...more, random.chance(0.4) ? fresh() : entry];
  });
}

/** Longer than all others together: whatever is alike, this is the same. */
const kept = "a sentence that somebody types in, kept";

/** The agent's text after somebody typed behind the letters that are marked. */
function merged(before: RichText, after: RichText): RichText {
  const at = plainText(before).indexOf(kept) + kept.length;
  const typing = [{ keep: at }, { insert: " and typed" }];
  const rest = transformDelta(diffText(before, after, { unit: "word" }), typing, { first: false, wins: true });
  return applyDelta(applyDelta(before, typing), rest);
}

test("what somebody types in an item stays in it, whatever becomes of the others", () => {
  forEachSeed({ count: 300, atLeast: { "the others changed": 0.5 } }, (random, tally) => {
    const old = Array.from({ length: random.between(1, 7) }, () => word(random));
    old.splice(random.below(old.length + 1), 0, kept);
    const { value: before } = writeList(undefined, { codec: htmlCodec, items: old });
    const items = rewritten(random, old, { stays: (item) => item === kept, fresh: () => word(random) });
    if (items.join("|") !== old.join("|")) tally.count("the others changed");
    const { value: after } = writeList(before, { codec: htmlCodec, items });
    const expected = items.map((item) => (item === kept ? `${kept} and typed` : item));
    expect(readList(merged(before, after), htmlCodec)?.items).toEqual(expected);
  });
});

test("what somebody types in a cell stays in it, whatever becomes of the other rows", () => {
  forEachSeed({ count: 300, atLeast: { "the others changed": 0.5 } }, (random, tally) => {
    const columns = random.between(1, 3);
    const row = () => Array.from({ length: columns }, () => word(random));
    const keptRow = row().with(random.below(columns), kept);
    const old = Array.from({ length: random.between(1, 4) }, row);
    old.splice(random.below(old.length + 1), 0, keptRow);
    const node: NodeData = { ...writeTableTexts({}, { headers: row(), rows: old }, htmlCodec).content };
    const rows = rewritten(random, old, { stays: (each) => each === keptRow, fresh: row });
    if (JSON.stringify(rows) !== JSON.stringify(old)) tally.count("the others changed");
    const { content } = writeTableTexts(node, { rows }, htmlCodec);
    const [before, after] = [node[tableKey], content[tableKey]];
    if (!isRichText(before) || !isRichText(after)) throw new Error("The table is no text.");
    const expected = rows.map((each) => each.map((cell) => (cell === kept ? `${kept} and typed` : cell)));
    expect(readTableTexts({ [tableKey]: merged(before, after) }, htmlCodec).rows).toEqual(expected);
  });
});
