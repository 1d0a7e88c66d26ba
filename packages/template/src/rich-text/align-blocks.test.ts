import fc from "fast-check";
import { expect, test } from "vitest";
import { alignBlocks } from "./align-blocks.ts";
import { blocks } from "./arbitraries.test.support.ts";
import type { Block } from "./blocks.ts";

function line(text: string, tag = "p"): Block {
  return { kind: "paragraph", tag, style: null, rest: null, content: [{ text }] };
}

const intro = line("Our summer offers start today");
const offer = line("Two nights for the price of one");
const outro = line("Yours, the team");

test("equal blocks are paired, whatever came between them", () => {
  expect(alignBlocks([intro, offer, outro], [intro, line("new"), offer, line("newer"), outro])).toEqual([
    [0, 0],
    [1, 2],
    [2, 4],
  ]);
});

test("an edited block is paired with what it was, not with what stands in its place", () => {
  expect(alignBlocks([intro, offer], [line("Hello"), line("Our winter offers start today"), offer])).toEqual([
    [0, 1],
    [1, 2],
  ]);
});

test("half of a split block continues it: the longer one", () => {
  expect(alignBlocks([intro, outro], [line("Our"), line(" summer offers start today"), outro])).toEqual([
    [0, 1],
    [1, 2],
  ]);
});

test("a lone block becomes whatever it is rewritten to, if the kind is the same", () => {
  const list: Block = { kind: "list", tag: "ul", style: null, rest: null, content: [] };
  expect(alignBlocks([intro], [line("x", "h1")])).toEqual([[0, 0]]);
  expect(alignBlocks([intro], [list])).toEqual([]);
  expect(alignBlocks([{ kind: "raw", html: "<hr>" }], [{ kind: "raw", html: "<br>" }])).toEqual([]);
});

test("a block that can't be kept is never paired", () => {
  expect(alignBlocks([undefined, offer], [intro, offer])).toEqual([[1, 1]]);
});

test("pairs are in order and of one kind", () => {
  let pairs = 0;
  fc.assert(
    fc.property(blocks, blocks, (before, after) => {
      let [lastBefore, lastAfter] = [-1, -1];
      for (const [old, next] of alignBlocks(before, after)) {
        expect(old > lastBefore && next > lastAfter).toBe(true);
        expect(before[old]?.kind).toBe(after[next]?.kind);
        [lastBefore, lastAfter] = [old, next];
        pairs++;
      }
    }),
    { seed: 1, numRuns: 200 },
  );
  expect(pairs).toBeGreaterThan(50);
});
