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
  expect(html).toContain('<link href="https://fonts.example.com/lato.css" rel="stylesheet" type="text/css">');
  expect(html).toContain('<meta name="x-author" content="us"></head>');
  expect(html).toMatch(/<body[^>]*><div style="display:none[^"]*">One line for \{\{ name }}/);
});

test("a display condition stands around its row as it was written", () => {
  const html = everything();
  const before = html.indexOf("{% if a < b %}<table");
  const after = html.indexOf("</table>{% endif %}");
  expect([before > 0, after > before]).toEqual([true, true]);
});

test("mobile styles are rules by place", () => {
  const rules = everything().match(/@media[\s\S]*?<\/style>/)?.[0] ?? "";
  expect(rules).toContain("@media (max-width:620px){");
  expect(rules).toContain(".row-1 .row-content{padding-left:2px!important}");
  expect(rules).toContain(".row-1 .column-1 .block-1 .text{font-size:28px!important;text-align:left!important}");
  expect(rules).toContain(".row-2 .column-1 .block-1 .picture{max-width:100%!important}");
});

test("links of a text take its colour where it isn't the page's", () => {
  const html = everything();
  expect(html).toContain(".row-1 .column-1 .block-1 a{color:#ff0000}");
  expect(html).not.toContain(".row-1 .column-1 .block-4 a{color");
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
  expect(html).toContain("b</span>");
});
