import fc from "fast-check";
import { Parser } from "htmlparser2";
import { expect, test } from "vitest";
import type { Block } from "../rich-text/blocks.ts";
import { fromBlocks, toBlocks } from "../rich-text/linear.ts";
import { findTemplateTags } from "../rich-text/template-tags.ts";
import { htmlCodec } from "./codec.ts";
import { fixtures, type Verdict } from "./fixtures.test.support.ts";
import { parseHtml } from "./parse.ts";

test.each(fixtures)("%s: %s is %s", (_name, html, verdict) => {
  expect(verdictOn(html)).toBe(verdict);
});

test.each(fixtures)("%s comes back byte for byte while untouched", (_name, html) => {
  const text = htmlCodec.parse(html);
  expect(text ? htmlCodec.serialise(text) : html).toBe(html);
});

test("an edit leaves every template tag as it was", () => {
  let tags = 0;
  for (const [, html] of fixtures) {
    const text = htmlCodec.parse(html);
    if (!text || tagsIn(html).length === 0) continue;
    const edited = {
      ...text,
      rich: text.rich.map(([run, marks]) => [run.replace(/\u2029$/, " more\u2029"), marks ?? {}] as const),
    };
    const written = htmlCodec.serialise(edited);
    expect(written).not.toBe(html);
    expect(tagsIn(written)).toEqual(tagsIn(html));
    tags += tagsIn(html).length;
  }
  expect(tags).toBeGreaterThan(20);
});

test("what was written canonically is read as the same text, and written the same again", () => {
  for (const [, html] of fixtures) {
    const parsed = parseHtml(html);
    if ("reason" in parsed) continue;
    const again = parseHtml(parsed.canonical);
    expect("rich" in again && again.canonical).toBe(parsed.canonical);
  }
});

const pieces = [
  ..."<p>,</p>,<p style='color:red'>,<b>,</b>,<i>,</i>,<span style='color:red'>,<span class=x>,</span>,<a href=u>,</a>".split(
    ",",
  ),
  ..."<ul>,</ul>,<ol>,</ol>,<li>,</li>,<div>,</div>,<h1>,</h1>,<blockquote>,</blockquote>,<img src=x>,<hr>,<!-- c -->".split(
    ",",
  ),
  ..."<br>,<br/>,</br>,</p>,<table><tr><td>,</td></tr></table>,<x-y>,</x-y>,<svg><path/></svg>,<o:p></o:p>,<code data-bee-type=x>{{n}}</code>".split(
    ",",
  ),
  ..." ,\n,  ,a,b c,&amp;,&nbsp;,&lt;,<,>,&,{{ x }},{% if a < b %},{{,}},{&#123;,*|X|*,<%= y %>,{{ '<b>' }}".split(","),
];

test("whatever is put together comes back as it came, and written canonically reads as the same text", () => {
  const counts = { rich: 0, opaque: 0 };
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 16 }), (parts) => {
      const html = parts.join("");
      const parsed = parseHtml(html);
      if ("reason" in parsed) {
        counts.opaque++;
        return;
      }
      counts.rich++;
      expect(htmlCodec.serialise({ rich: parsed.rich, html })).toBe(html);
      expect(fromBlocks(toBlocks(parsed.rich))).toEqual(parsed.rich);
      const again = parseHtml(parsed.canonical);
      expect("rich" in again && again.rich).toEqual(parsed.rich);
      expect(inkOf(parsed.canonical)).toBe(inkOf(html.slice(parsed.open.length, html.length - parsed.close.length)));
    }),
    { seed: 1, numRuns: 4_000 },
  );
  expect(counts.rich).toBeGreaterThan(500);
  expect(counts.opaque).toBeGreaterThan(500);
});

/** What anyone would see of HTML, as another reader would tell it: letters and pictures. */
function inkOf(html: string): string {
  let ink = "";
  const parser = new Parser({
    ontext: (text) => {
      ink += text.replaceAll(/\s/g, "");
    },
    onopentag: (name) => {
      if (/^(img|hr|table|svg|code|br)$/.test(name)) ink += `<${name}>`;
    },
  });
  parser.end(html);
  return ink;
}

test.each([
  ["<p>a&nbsp;b</p>", "<p>a&nbsp;b</p>"],
  ["<P STYLE=\"COLOR:RED;font-family:'A',b\">x</P>", "<p style=\"color: RED; font-family: 'A', b;\">x</p>"],
  ['<p><a title="t" target="_blank" href="u">x</a></p>', '<p><a href="u" target="_blank" title="t">x</a></p>'],
  ["<p>a <b> b</b>\n c</p>", "<p>a <b>b</b> c</p>"],
  ["<p>a</p>\n<p>b</p>\n", "<p>a</p><p>b</p>"],
  ['<p><a href="{{ link "x" }}">x</a></p>', "<p><a href='{{ link \"x\" }}'>x</a></p>"],
  ["<p><b>a</b><b>b</b></p>", "<p><b>ab</b></p>"],
  ["hi<p>a</p>", "hi<p>a</p>"],
])("%s is written %s", (html, canonical) => {
  const parsed = parseHtml(html);
  expect("canonical" in parsed && parsed.canonical).toBe(canonical);
});

test("wrappers are no part of the text", () => {
  const parsed = parseHtml('<div class="w">\n<p>a</p></div>\n');
  expect(parsed).toMatchObject({ canonical: "<p>a</p>", open: '<div class="w">', close: "</div>\n" });
});

test("a refusal says why", () => {
  expect(parseHtml("<p><b>a</p>")).toEqual({ reason: "<b> is not closed" });
  expect(parseHtml("<p>{{ <b>name</b> }}</p>")).toEqual({ reason: "markup inside a template tag" });
});

function verdictOn(html: string): Verdict {
  const text = htmlCodec.parse(html);
  if (!text) return "opaque";
  return hasRaw(toBlocks(text.rich)) ? "raw" : "rich";
}

function hasRaw(blocks: readonly Block[]): boolean {
  return blocks.some((block) => {
    if (block.kind === "raw") return true;
    return block.kind === "paragraph" ? block.content.some((inline) => "html" in inline) : hasRaw(block.content);
  });
}

function tagsIn(html: string): string[] {
  return findTemplateTags(html).map(({ start, end }) => html.slice(start, end));
}
