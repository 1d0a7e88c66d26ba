import { emptySnapshot } from "@waggle/template";
import { htmlCodec } from "@waggle/template/html";
import { expect, test } from "vitest";
import everyModule from "../fixtures/every-module.test.json" with { type: "json" };
import { pageSnapshot } from "../fixtures/page-snapshot.test.support.ts";
import { renderHtml } from "./render-html.ts";
import { faultsOf } from "./well-formed.test.support.ts";

const { sanitise } = htmlCodec;
const everything = (): string => renderHtml(pageSnapshot(everyModule), { sanitise });

test("every module type makes well-formed markup", () => {
  expect(faultsOf(everything())).toEqual([]);
});

test("a template without anything is a document too", () => {
  const html = renderHtml(emptySnapshot, { sanitise });
  expect(faultsOf(html)).toEqual([]);
  expect(html).toMatch(/^<!DOCTYPE html><html lang="en" dir="ltr"/);
});

test("the head says what the settings say", () => {
  const html = everything();
  expect(html).toContain("<title>Hello {{ name }}</title>");
  expect(html).toContain('<link href="https://fonts.example.com/lato.css" rel="stylesheet">');
  expect(html).toContain('<meta name="x-author" content="us"></head>');
  expect(html).toMatch(/<body[^>]*><div style="display:none[^"]*">One line for \{\{ name }}/);
});

test("a display condition stands around its row as it was written", () => {
  const html = everything();
  const before = html.indexOf("{% if a < b %}<table");
  const after = html.indexOf("</table>{% endif %}");
  expect([before > 0, after > before]).toEqual([true, true]);
});

test("mobile styles are rules, of a class that equal ones share", () => {
  const html = everything();
  const rules = html.match(/@media[\s\S]*?<\/style>/)?.[0] ?? "";
  expect(rules).toContain("@media (max-width:620px){");
  expect(rules).toContain(".r1 .row-content{padding-left:2px!important}");
  expect(rules).toContain(".r2 .text{font-size:28px!important;text-align:left!important}");
  expect(html).toContain('<table class="row r1"');
  const twin = { paragraph: { html: "<p>Twin</p>", computedStyle: { linkColor: "#ff0000" } } };
  const module = { type: "mailup-bee-newsletter-modules-paragraph", descriptor: twin };
  const twins = renderHtml(pageSnapshot({ page: { rows: [{ columns: [{ modules: [module, module] }] }] } }), {
    sanitise,
  });
  expect(twins.match(/\.r\d+ a\{color:#ff0000\}/g)).toEqual([".r1 a{color:#ff0000}"]);
  expect(twins.match(/class="r1"/g)).toHaveLength(2);
});

test("links of a text take its colour where it isn't the page's", () => {
  const html = everything();
  expect(html).toContain(".r2 a{color:#ff0000}");
  expect(html.match(/\.r\d+ a\{color/g)).toHaveLength(2);
});

test("classes that no rule asks for are left out, those of the author's rules stay", () => {
  const page = (customTags: string) => ({
    page: {
      head: { customTags },
      rows: [
        {
          columns: [
            { modules: [{ type: "mailup-bee-newsletter-modules-heading", descriptor: { heading: { text: "A" } } }] },
          ],
        },
      ],
    },
  });
  const html = (tags: string): string => renderHtml(pageSnapshot(page(tags)), { sanitise });
  expect(html("")).not.toContain("heading_block");
  expect(html("<style>.heading_block h2{color:salmon}</style>")).toContain('class="heading_block"');
});

test("template tags in styles stay, but never end a rule", () => {
  const heading = {
    uuid: "heading",
    type: "mailup-bee-newsletter-modules-heading",
    descriptor: {
      heading: { text: "Hello", style: { color: "{{ brand }}", "link-color": "{{ } body { display: none } }}" } },
      mobileStyle: { "font-size": "{{ size }}" },
    },
  };
  const html = renderHtml(pageSnapshot({ page: { rows: [{ columns: [{ modules: [heading] }] }] } }), { sanitise });
  expect(html).toContain("color:{{ brand }}");
  expect(html.slice(html.indexOf("<style>"), html.indexOf("</style>"))).not.toContain("{{");
});

test("what is hidden in HTML is left out", () => {
  const page = {
    page: {
      rows: [
        {
          columns: [
            {
              modules: [
                {
                  type: "mailup-bee-newsletter-modules-paragraph",
                  descriptor: { paragraph: { html: "<p>Only AMP</p>" }, computedStyle: { hideContentOnHtml: true } },
                },
              ],
            },
          ],
        },
      ],
    },
  };
  expect(renderHtml(pageSnapshot(page), { sanitise })).not.toContain("Only AMP");
});

test("people's markup passes the sanitiser; addresses that run code are dropped", () => {
  const hostile = "javascript:alert(1)";
  const module = (type: string, descriptor: object) => ({ type: `mailup-bee-newsletter-modules-${type}`, descriptor });
  const modules = [
    module("html", { html: { html: "<p onclick='alert(1)'>a<script>alert(1)</script></p>" } }),
    module("button", { button: { label: "<img src=x onerror=alert(1)>b", href: hostile } }),
    module("image", { image: { src: hostile, href: hostile, alt: '"><script>alert(1)</script>' } }),
    module("menu", { menuItemsList: { items: [{ text: "<script>c</script>", link: { href: hostile } }] } }),
    module("paragraph", { paragraph: { html: "d", style: { color: "red;background:url(javascript:alert(1))" } } }),
    module("divider", { divider: { style: { "border-top": '1px solid red"><script>alert(1)</script>' } } }),
  ];
  const html = renderHtml(pageSnapshot({ page: { rows: [{ columns: [{ modules }] }] } }), { sanitise });
  expect(html).not.toMatch(/<script|onclick=|onerror=|javascript:/i);
  expect(html).toContain(">b</a>");
});

const ofModule = (type: string, descriptor: object): string => {
  const module = { type: `mailup-bee-newsletter-modules-${type}`, descriptor };
  return renderHtml(pageSnapshot({ page: { rows: [{ columns: [{ modules: [module] }] }] } }), { sanitise });
};

test.each([
  ["Fish &amp; Chips", "Fish &amp; Chips"],
  ["caf&eacute;&nbsp;&#8211; <b>2&nbsp;&lt;&nbsp;3</b>", "café – 2 &lt; 3"],
  ["For {{ name }} &amp; {% if a < b %}you{% endif %}", "For {{ name }} &amp; {% if a < b %}you{% endif %}"],
  ["One<br>two <a href='https://example.com'>link</a>", "One two link"],
])("the first heading is the title as it reads: %s", (text, title) => {
  expect(ofModule("heading", { heading: { text } })).toContain(`<title>${title}</title>`);
});

test("a text of nothing but beginnings of tags is read once, not once for each", () => {
  const text = `${"<a".repeat(100_000)} `;
  expect(ofModule("heading", { heading: { text } })).toContain("<title>Email</title>");
  for (const label of [text, "<br".repeat(100_000)]) {
    const html = ofModule("button", { button: { label, href: "https://example.com" } });
    expect(faultsOf(html)).toEqual([]);
    expect(html).toContain('href="https://example.com"');
  }
});

test("a list's marker is its own, not that of the lists inside it", () => {
  const list = { html: "<ul><li>One<ul><li>Deeper</li></ul></li></ul>", computedStyle: { listStyleType: "square" } };
  const rules = ofModule("list", { list }).match(/\.r\d+ [^{}]*\{[^}]*list-style-type[^}]*}/g);
  expect(rules).toEqual([".r1 .text>ul,.r1 .text>ol{list-style-type:square}"]);
});
