import { expect, test } from "vitest";
import type { Marks, Run } from "../document/value.ts";
import type { Block } from "./blocks.ts";
import { toHtml } from "./to-html.ts";

const end: Run = ["\u2029", { block: { kind: "paragraph", tag: "p", style: null, rest: null } }];
const strong = { as: null, o: null };
const link = { href: "u", target: null, style: null, rest: null, o: null };

function paragraph(...runs: readonly Run[]): string {
  return toHtml({ rich: [...runs, end] });
}

test.each<[string, readonly Run[]]>([
  ["<p>a<br>b &amp; c</p>", [["a\nb & c"]]],
  ["<p>a<strong>b<em>c</em></strong></p>", [["a"], ["b", { strong }], ["c", { strong, em: strong }]]],
  [
    '<p><a href="u"><span style="color: red;"><b>x</b></span></a></p>',
    [["x", { strong: { as: "b", o: null }, color: { v: "red", o: null }, link }]],
  ],
  ['<p><strong><a href="u">x</a></strong></p>', [["x", { strong: { as: null, o: 0 }, link: { ...link, o: 1 } }]]],
  [
    '<p><strong>a<img src="x">b</strong></p>',
    [
      ["a", { strong }],
      ["\ufffc", { raw: { html: '<img src="x">', marks: null } }],
      ["b", { strong }],
    ],
  ],
  [
    '<p>a<em><img src="x"></em></p>',
    [["a"], ["\ufffc", { raw: { html: '<img src="x">', marks: '{"em":{"as":null,"o":null}}' } }]],
  ],
  ["<p>{{ a && b }}</p>", [["{{ a && b }}"]]],
  ["<p>a &nbsp;b &nbsp;<strong>&nbsp;c</strong>{{  d  }}</p>", [["a  b  "], [" c", { strong }], ["{{  d  }}"]]],
  ["<p>no such mark</p>", [["no such mark", { blink: {}, el1: 7, color: null } satisfies Marks]]],
  ["<p><span>x</span></p>", [["x", { el1: { as: "span><script>", o: null } }]]],
])("%s", (html, runs) => {
  expect(paragraph(...runs)).toBe(html);
});

test("bare lines are kept apart by a line break", () => {
  const bare: Run = ["\u2029", { block: { kind: "paragraph", tag: "", style: null, rest: null } }];
  expect(toHtml({ rich: [["a"], bare, ["b"], bare, ["c"], end] })).toBe("a<br>b<p>c</p>");
});

test("an element that may not be a block is a paragraph", () => {
  const script: Block = { kind: "paragraph", tag: "script", style: null, rest: 'x="1"><b', content: [] };
  expect(toHtml({ rich: [["a"], ["\u2029", { block: { ...script, content: null } }]] })).toBe("<p>a</p>");
});
