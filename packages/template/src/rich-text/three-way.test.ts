import {
  forEachSeed,
  type Random,
  randomList,
  randomRestructure,
  randomRewrite,
  randomTable,
  randomText,
} from "@waggle/testing";
import { expect, test } from "vitest";
import { diffText } from "../change-set/diff-text.ts";
import { applyDelta, composeDeltas, plainText, transformDelta } from "../change-set/text-delta.ts";
import type { TextDelta } from "../change-set/types.ts";
import type { RichText } from "../document/value.ts";
import { canonicalText, toBlocks } from "./linear.ts";
import { readTable } from "./table-blocks.ts";

type Kind = "paragraphs" | "list" | "table";

const texts: Readonly<Record<Kind, (random: Random) => RichText>> = {
  paragraphs: (random) => randomText(random, { blocks: random.between(1, 4), wordsPerBlock: 10 }),
  list: randomList,
  table: randomTable,
};

const words = ["①②③", "④⑤⑥", "⑦⑧⑨"];

/** What a person types meanwhile: a few words at whole characters. */
function typing(random: Random, base: RichText): TextDelta {
  let delta: TextDelta = [];
  for (const word of words) {
    const plain = plainText(applyDelta(base, delta));
    // Behind the last block end nobody can type.
    const at = random.below(plain.length);
    const isWhole = !/[\udc00-\udfff]/.test(plain[at] ?? "");
    const keep = isWhole ? at : at + 1;
    const typed = keep > 0 ? [{ keep }, { insert: word }] : [{ insert: word }];
    delta = composeDeltas(delta, typed);
  }
  return delta;
}

function rewritten(random: Random, base: RichText): RichText {
  const restructured = random.chance(0.6) ? randomRestructure(random, base) : base;
  return canonicalText(random.chance(0.7) ? randomRewrite(random, restructured) : restructured);
}

test.each<Kind>(["paragraphs", "list", "table"])(
  "an agent's rewrite of %s, merged against what it had read, keeps every typed character and all of its own words",
  (kind) => {
    forEachSeed(
      { count: 1_000, atLeast: { "a rewrite": 0.6, "another structure": kind === "paragraphs" ? 0 : 0.2 } },
      (random, tally) => {
        const base = canonicalText(texts[kind](random));
        const wanted = rewritten(random, base);
        const rewrite = diffText(base, wanted, { unit: "word" });
        if (rewrite.length > 0) tally.count("a rewrite");
        if (plainText(base).split("\u2029").length !== plainText(wanted).split("\u2029").length)
          tally.count("another structure");
        const typed = typing(random, base);
        const merged = canonicalText(
          applyDelta(applyDelta(base, typed), transformDelta(rewrite, typed, { first: false, wins: true })),
        );
        const plain = plainText(merged);
        for (const character of words.join("")) expect(plain.split(character)).toHaveLength(2);
        expect(withoutTyping(plain)).toBe(withoutTyping(plainText(wanted)));
        expect(toBlocks(merged.rich).length).toBeGreaterThan(0);
        if (kind === "table") expect(lettersIn(merged)).toContain("①");
      },
    );
  },
);

/** What was typed in a last block that the agent removed is a block of its own. */
function withoutTyping(plain: string): string {
  return plain.replace(/[①-⑨]/g, "").replace(/\u2029+$/, "");
}

function lettersIn(text: RichText): string {
  const { headers, rows } = readTable(text);
  const cells = [...headers, ...rows].flatMap((row) => row.cells.map((cell) => cell.text));
  return cells.map((cell) => (typeof cell === "string" ? cell : plainText(cell))).join("");
}
