import fc from "fast-check";
import { expect, test } from "vitest";
import type { Marks, Run } from "../document/value.ts";
import { anyRuns, blocks, wordsOf } from "./arbitraries.test.support.ts";
import { type Block, isInlineText } from "./blocks.ts";
import { canonicalText, fromBlocks, toBlocks } from "./linear.ts";
import { completeMarks, nodeTags } from "./marks.ts";

const frame = { style: null, rest: null };
const paragraph: Marks = { block: { kind: "paragraph", tag: "p", ...frame } };
const list = { kind: "list", tag: "ul", ...frame };
const item = { kind: "item", tag: "li", ...frame };

function line(text: string): Block {
  return { kind: "paragraph", tag: "p", ...frame, content: [{ text }] };
}

function listOf(...items: readonly (readonly Block[])[]): Block {
  const content = items.map((inner): Block => ({ kind: "item", tag: "li", ...frame, content: inner }));
  return { kind: "list", tag: "ul", ...frame, content };
}

function within(path: Marks[string], opens?: number): Marks {
  return opens === undefined ? { ...paragraph, within: path } : { ...paragraph, within: path, opens };
}

test("a block ends with its type; its ancestors say where a container starts anew", () => {
  const tree = [line("intro"), listOf([line("a"), listOf([line("b")])], [line("c"), line("d")])];
  expect(fromBlocks(tree)).toEqual([
    ["intro"],
    ["\u2029", paragraph],
    ["a"],
    ["\u2029", within([list, item], 0)],
    ["b"],
    ["\u2029", within([list, item, list, item], 2)],
    ["c"],
    ["\u2029", within([list, item], 1)],
    ["d"],
    ["\u2029", within([list, item])],
  ]);
});

test("block trees come back from their runs", () => {
  let containers = 0;
  fc.assert(
    fc.property(blocks, (tree) => {
      containers += tree.filter((block) => block.kind === "list" || block.kind === "box").length;
      expect(toBlocks(fromBlocks(tree))).toEqual(tree);
    }),
    { seed: 1, numRuns: 300 },
  );
  expect(containers).toBeGreaterThan(50);
});

test("any runs give a valid tree that keeps all words and comes back from its runs", () => {
  let mended = 0;
  fc.assert(
    fc.property(anyRuns, (runs) => {
      const tree = toBlocks(runs);
      expect(faultIn(tree)).toBeUndefined();
      expect(wordsOf(tree)).toBe(wordsIn(runs));
      const text = canonicalText({ rich: runs });
      if (text.rich !== runs) mended++;
      expect(canonicalText(text)).toBe(text);
      expect(toBlocks(text.rich)).toEqual(tree);
    }),
    { seed: 2, numRuns: 600 },
  );
  expect(mended).toBeGreaterThan(200);
});

test("a list whose first item is gone starts with the next", () => {
  expect(toBlocks([["b"], ["\u2029", within([list, item], 1)]])).toEqual([listOf([line("b")])]);
});

test("a block that lost its end is a paragraph", () => {
  expect(toBlocks([["lost"]])).toEqual([line("lost")]);
});

test("items stand in lists only, and only items do", () => {
  const box = { kind: "box", tag: "div", ...frame };
  expect(toBlocks([["a"], ["\u2029", within([item])]])).toEqual([line("a")]);
  expect(toBlocks([["a"], ["\u2029", within([list])]])).toEqual([listOf([line("a")])]);
  expect(toBlocks([["a"], ["\u2029", within([list, box])]])).toEqual([
    listOf([{ kind: "box", tag: "div", ...frame, content: [line("a")] }]),
  ]);
});

test("a container nested without end is cut off", () => {
  const deep = Array.from({ length: 5_000 }, () => ({ kind: "box", tag: "div", ...frame }));
  expect(fromBlocks(toBlocks([["a"], ["\u2029", within(deep)]]))).toHaveLength(2);
});

function wordsIn(runs: readonly Run[]): string {
  return runs.map(([text]) => text.replaceAll(/[\u2029\ufffc]/g, "")).join("");
}

function faultIn(tree: readonly Block[], parent: "doc" | "list" | "item" | "box" = "doc"): string | undefined {
  for (const block of tree) {
    const fault = faultOf(block, parent);
    if (fault !== undefined) return fault;
  }
  return tree.length === 0 && parent !== "doc" ? `empty ${parent}` : undefined;
}

function faultOf(block: Block, parent: string): string | undefined {
  if ((block.kind === "item") !== (parent === "list")) return `${block.kind} in ${parent}`;
  if (block.kind === "raw") return undefined;
  if (!nodeTags[block.kind].has(block.tag)) return `<${block.tag}> as ${block.kind}`;
  if (block.kind !== "paragraph") return faultIn(block.content, block.kind);
  const texts = block.content.filter(isInlineText);
  if (texts.some(({ text }) => text === "")) return "empty text";
  return texts.every(({ marks }) => completeMarks(marks) === marks) ? undefined : "incomplete marks";
}
