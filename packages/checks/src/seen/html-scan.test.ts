import { expect, test } from "vitest";
import { image, module, template } from "../fixtures/template.test.support.ts";
import { runChecks } from "../run-checks.ts";
import { scanHtml } from "./html-scan.ts";

/** What a reader is told, as text: <tag attributes>, text, </>. */
function told(html: string): string {
  const parts: string[] = [];
  scanHtml(html, {
    open: (tag, attributes) => {
      const pairs = Object.entries(attributes()).map(([name, value]) => ` ${name}=${JSON.stringify(value)}`);
      parts.push(`<${tag}${pairs.join("")}>`);
    },
    close: () => parts.push("</>"),
    text: (text) => parts.push(text),
  });
  return parts.join("");
}

test.each([
  ["plain text &amp; more", "plain text & more"],
  ['<a href="https://e.com/?a=1&amp;b=2" CLASS=x>y</A>', '<a href="https://e.com/?a=1&b=2" class="x">y</>'],
  ["<p title='a > b'>x</p>", '<p title="a > b">x</>'],
  ["<p>one<p>two", "<p>one</><p>two</>"],
  ["<ul><li>a<li>b</ul>c", "<ul><li>a</><li>b</></>c"],
  ["<b><i>x</b>y</i>z", "<b><i>x</></>yz"],
  ["a<br>b<img src=x />c", 'a<br></>b<img src="x"></>c'],
  ["</div>x", "x"],
  ["<!--[if mso]><p>hidden</p><![endif]-->shown", "shown"],
  ["<!-- never closed <p>x", ""],
  ["<style>p > a { color: red }</style>x", "<style></>x"],
  ["<script>if (a < b) document.write('<p>')", "<script></>"],
  ["a < b and c > d", "a < b and c > d"],
  ["{% if a < b %}x{% endif %}", "{% if a < b %}x{% endif %}"],
  ['<p x="unclosed', '<p x="unclosed'],
  ["<p a=1 a=2>", '<p a="1"></>'],
  ["&#8203;&#x41;&nbsp;&unknown;&#0;", "\u200bA\u00a0&unknown;&#0;"],
])("%s", (html, expected) => {
  expect(told(html)).toBe(expected);
});

const hostile: readonly (readonly [name: string, make: (length: number) => string])[] = [
  ...["<a ", "<a '", '<a "', "<!--", "<style>", "<p><b>", "&", "<a\"'", "<a b='\"' ", "<br ", "{", "["].map(
    (piece) => [`full of ${piece}`, (length: number) => piece.repeat(length / piece.length)] as const,
  ),
  ["of open tags and other end tags", (length) => "<b>".repeat(length / 7) + "</i>".repeat(length / 7)],
  ["with one endless tag", (length) => `<a ${"x ".repeat(length / 2)}>`],
  ["with a style of letters", (length) => `<p style="${"a".repeat(length)}">x`],
  ["with a style of brackets", (length) => `<p style="background:${"url(".repeat(length / 4)}">x`],
  ["with a picture of blanks", (length) => `<p style="background:url(${" ".repeat(length)}">x`],
  ["with a size of digits", (length) => `<p style="font-size:${"1".repeat(length)}x">x`],
  ["with a link of brackets", (length) => `<a href="${"[a".repeat(length / 2)}">x</a>`],
  [
    "with a link of slashes",
    (length) => `<img src="http://e.com${"/".repeat(length)}x"><a href="https://${"e.".repeat(length / 2)}">x`,
  ],
  ["of blanks", (length) => `<p>${" ".repeat(length)}</p>`],
];

test.each(hostile)("a text %s is checked in time proportional to its length", (_name, make) => {
  const timeOf = (length: number): number => {
    const page = template({
      modules: [module("html", { html: { html: make(length) } }), image({ src: make(length), alt: "" })],
    });
    const started = performance.now();
    runChecks(page, { medium: "message" });
    return performance.now() - started;
  };
  timeOf(20_000);
  // What takes quadratic time would take minutes.
  expect(timeOf(500_000)).toBeLessThan(20_000);
});
