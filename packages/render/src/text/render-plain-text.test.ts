import { htmlCodec } from "@waggle/template/html";
import { expect, test } from "vitest";
import everyModule from "../fixtures/every-module.test.json" with { type: "json" };
import { pageSnapshot } from "../fixtures/page-snapshot.test.support.ts";
import { renderPlainText } from "./render-plain-text.ts";

const { sanitise } = htmlCodec;
const module = (type: string, descriptor: object) => ({ type: `mailup-bee-newsletter-modules-${type}`, descriptor });
const textOf = (...modules: readonly object[]): string =>
  renderPlainText(pageSnapshot({ page: { rows: [{ columns: [{ modules }] }] } }), { sanitise });
const html = (source: string): string => textOf(module("html", { html: { html: source } })).trimEnd();

test("a template reads as text, module by module", () => {
  const text = renderPlainText(pageSnapshot(everyModule), { sanitise });
  expect(text).toBe(`{% if a < b %}
A title

One {{ first_name }}

Two link (https://example.com)

Old text

* One
* Two

Name | Price
----------
Tea | 3
Cake | 4
{% endif %}

A cat (https://example.com/cat)

Watch the video (https://example.com/film)

One (https://example.com/1)
Two

Buy now (https://example.com/?a=1&b={{ id }})

----------

Here (https://example.com/here)

Star
Moon

Shop (https://example.com/shop)
About

Own markup

{{ weather }}

Desktop only
`);
});

test.each([
  ["a<br>b", "a\nb"],
  ["<p>a</p><p>b</p>", "a\n\nb"],
  ["<ol start='3'><li>a<ul><li>b</li><li><p>c</p></li></ul></li><li>d</li></ol>", "3. a\n  * b\n  * c\n4. d"],
  [
    "<a href='https://x.org'>https://x.org</a> <a href='mailto:a@x.org'>a@x.org</a> <a href='#top'>up</a>",
    "https://x.org a@x.org up",
  ],
  ["<a href='https://x.org'><img src='a.png' alt='A bee'></a>", "A bee (https://x.org)"],
  ["<table><tr><th>a</th><th>b</th></tr><tr><td><p>1</p></td><td>2</td></tr></table>", "a | b\n1 | 2"],
  ["a &lt; b &amp;&nbsp;c&#8202;", "a < b & c"],
  ["<pre>a\n  b</pre>c", "a\n  b\n\nc"],
  ["a<hr>b", "a\n----------\nb"],
  ["<script>no</script><style>no</style>yes", "yes"],
])("%s", (source, expected) => {
  expect(html(source)).toBe(expected);
});

test("template tags of every syntax stay", () => {
  const tags = [
    "{{ a | b: '<' }}",
    "{% if a < b && c > d %}",
    "[first-name]",
    "*|FNAME|*",
    "<%= user.name %>",
    "{{{ raw }}}",
  ];
  for (const tag of tags) expect(html(`<p>Hi ${tag} &amp; you</p>`)).toBe(`Hi ${tag} & you`);
  expect(html(`<a href="*|URL|*?a={{ x }}&amp;b=[y]">go</a>`)).toBe("go (*|URL|*?a={{ x }}&b=[y])");
});

test("what is hidden in HTML or on desktops is left out; a translation is taken where there is one", () => {
  const hidden = (name: string) =>
    module("paragraph", { paragraph: { html: `<p>${name}</p>` }, computedStyle: { [name]: true } });
  expect(textOf(hidden("hideContentOnHtml"), hidden("hideContentOnDesktop"), hidden("hideContentOnMobile"))).toBe(
    "hideContentOnMobile\n",
  );
  const heading = { heading: { text: "Hello", translations: { "es-ES": { text: "Hola" } } } };
  const page = pageSnapshot({ page: { rows: [{ columns: [{ modules: [module("heading", heading)] }] }] } });
  expect(["es-ES", "es", "fr"].map((language) => renderPlainText(page, { sanitise, language }))).toEqual([
    "Hola\n",
    "Hola\n",
    "Hello\n",
  ]);
});

test("nothing is nothing", () => {
  expect(textOf()).toBe("");
});
