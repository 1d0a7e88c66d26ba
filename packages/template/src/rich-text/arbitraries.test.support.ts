import fc from "fast-check";
import type { Json, Marks, Run } from "../document/value.ts";
import { type Block, type Frame, type Inline, inlineText, isInlineText } from "./blocks.ts";
import { fromBlocks, toBlocks } from "./linear.ts";
import { type MarkName, markAttributes, markNames, markProperties } from "./marks.ts";

const words = [
  "alpha",
  "beta",
  "gamma",
  "delta",
  "Über",
  "👩‍👩‍👧",
  "a&b",
  "<b>",
  '"q"',
  "\u00a0",
  "{{ name }}",
  "{% if a < b %}",
];

const text = fc
  .array(fc.constantFrom(...words, ".", ",", "\n"), { minLength: 1, maxLength: 6 })
  .map((parts) => parts.join(" "));

const rest = fc.constantFrom(null, 'class="x"', 'dir="rtl" id="a&amp;b"', "title='{{ f(\"x\") }}'");
const style = fc.constantFrom(null, "color: red;", "font-family: 'A B', serif; margin: 0;");
const slot = fc.constantFrom("span", 'span class="x"', 'font color="red"', 'code data-bee-type="mergetag"');
const depth = fc.constantFrom(null, 0, 1, 2);

function attributesOf(name: MarkName): fc.Arbitrary<Json> {
  if (name === "link") {
    const target = fc.constantFrom(null, "_blank");
    return fc.record({ href: fc.constantFrom("https://x.io/?a=1&b=2", "{{ url }}"), target, style, rest, o: depth });
  }
  if (name in markProperties) return fc.record({ v: fc.constantFrom("red", "14px", "'A B', serif"), o: depth });
  return fc.record({
    as: "as" in markAttributes[name] && markAttributes[name].as === null ? fc.constant(null) : slot,
    o: depth,
  });
}

/** Complete marks, or none. */
export const marks: fc.Arbitrary<Marks | undefined> = fc
  .uniqueArray(fc.constantFrom(...markNames), { maxLength: 3 })
  .chain((names) => fc.record(Object.fromEntries(names.map((name) => [name, attributesOf(name)]))))
  .map((record) => (Object.keys(record).length > 0 ? (record as Marks) : undefined));

const inline: fc.Arbitrary<Inline> = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(text, marks).map(([characters, own]) => inlineText(characters, own)) },
  {
    weight: 1,
    arbitrary: fc.record({
      html: fc.constantFrom('<img src="x.png">', "<!-- note -->"),
      marks: fc.constantFrom(null, '{"strong":{"as":null,"o":null}}'),
    }),
  },
);

function frame(...tags: readonly string[]): fc.Arbitrary<Frame> {
  return fc.record({ tag: fc.constantFrom(...tags), style, rest });
}

const leaf: fc.Arbitrary<Block> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(frame("p", "h1", "div", ""), fc.array(inline, { maxLength: 4 }))
      .map(([own, content]): Block => ({ kind: "paragraph", ...own, content })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom("<hr>", "<table><tr><td>x</td></tr></table>")
      .map((html): Block => ({ kind: "raw", html })),
  },
);

function container(
  kind: "list" | "item" | "box",
  own: fc.Arbitrary<Frame>,
  content: fc.Arbitrary<Block[]>,
): fc.Arbitrary<Block> {
  return fc.tuple(own, content).map(([outer, inner]): Block => ({ kind, ...outer, content: inner }));
}

function block(level: number): fc.Arbitrary<Block> {
  if (level === 0) return leaf;
  const inner = fc.array(block(level - 1), { minLength: 1, maxLength: 3 });
  const items = fc.array(container("item", frame("li"), inner), { minLength: 1, maxLength: 3 });
  return fc.oneof(
    { weight: 6, arbitrary: leaf },
    { weight: 2, arbitrary: container("list", frame("ul", "ol"), items) },
    { weight: 1, arbitrary: container("box", frame("div", "blockquote"), inner) },
  );
}

/** Block trees as they read back: neighbouring stretches with the same marks are one. */
export const blocks: fc.Arbitrary<Block[]> = fc
  .array(block(2), { minLength: 1, maxLength: 5 })
  .map((tree) => toBlocks(fromBlocks(tree)));

/** Runs of texts, in canonical form. */
export const runs: fc.Arbitrary<Run[]> = blocks.map(fromBlocks);

/** Anything at all for marks: what merging edits, an older version, or someone hostile may bring about. */
const junkMarks: fc.Arbitrary<Marks | undefined> = fc.option(
  fc.dictionary(
    fc.constantFrom("block", "within", "opens", "raw", "strong", "color", "link", "el1", "nonsense"),
    fc.oneof(
      fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>,
      fc.constantFrom<Json>(0, 1, 2, 99, -1, null, { kind: "raw", html: "<hr>" }, { html: "<img>", marks: "nonsense" }),
      fc.record({
        kind: fc.constantFrom("paragraph", "raw", "list"),
        tag: fc.constantFrom("p", "script", ""),
        rest: fc.constantFrom("x", 'a="b"'),
      }),
      fc.array(
        fc.record({ kind: fc.constantFrom("list", "item", "box"), tag: fc.constantFrom("ul", "li", "div", "x") }),
        { maxLength: 4 },
      ),
      fc.record({
        as: fc.constantFrom("span", "span><script>", "b"),
        v: fc.constantFrom("red", 1),
        o: fc.constantFrom("x", 1),
      }),
    ),
    { maxKeys: 4 },
  ),
  { nil: undefined },
);

const junkRun: fc.Arbitrary<Run> = fc
  .tuple(
    fc
      .array(fc.constantFrom("a", "bc ", "\n", "\u2029", "\ufffc", "\u2029\u2029"), { maxLength: 4 })
      .map((parts) => parts.join("")),
    junkMarks,
  )
  .map(([characters, own]): Run => (own === undefined ? [characters] : [characters, own]));

/** Runs without any order: some true ones, some junk. */
export const anyRuns: fc.Arbitrary<Run[]> = fc
  .array(
    fc.oneof(
      junkRun.map((run) => [run]),
      runs,
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.flat());

/** The words of a tree in order, without structure. */
export function wordsOf(tree: readonly Block[]): string {
  return tree
    .map((part) => {
      if (part.kind === "raw") return "";
      if (part.kind !== "paragraph") return wordsOf(part.content);
      return part.content.map((piece) => (isInlineText(piece) ? piece.text : "")).join("");
    })
    .join("");
}
