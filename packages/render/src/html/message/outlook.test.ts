import { htmlCodec } from "@waggle/template/html";
import { expect, test } from "vitest";
import { pageSnapshot } from "../../fixtures/page-snapshot.test.support.ts";
import {
  column,
  everyLayout,
  everyRichModule,
  module,
  pageOf,
  richModules,
  row,
} from "../../fixtures/rich-pages.test.support.ts";
import { renderHtml } from "../render-html.ts";

const { sanitise } = htmlCodec;
const message = (template: object): string => renderHtml(pageSnapshot(template), { sanitise });
const withModules = (...modules: readonly object[]): string =>
  message(pageOf([row({ uuid: "row", columns: [column(12, modules)] })]));
const button = (rest: object = {}, style: object = {}): object => {
  const own = richModules.button as { button: { style: object } };
  return module("button", { ...own, button: { ...own.button, ...rest, style: { ...own.button.style, ...style } } });
};

/** What Outlook reads: comments for it opened, what is not for it gone. */
function asOutlook(html: string): string {
  return html
    .replace(/<!--\[if !mso\]><!-->[\s\S]*?<!--<!\[endif\]-->/g, "")
    .replace(/<!--\[if mso\]>([\s\S]*?)<!\[endif\]-->/g, "$1");
}

const tags = (html: string, name: string): readonly string[] =>
  html.match(new RegExp(`<${name}[ >][^>]*>?`, "g")) ?? [];

test("a button is a shape around the very link everyone else sees", () => {
  const html = withModules(button());
  expect(html).toMatch(
    /<!--\[if mso\]><v:roundrect href="https:\/\/example\.com\/order\?x=1&amp;y=2" style="width:1\d\dpx;height:5\dpx;v-text-anchor:middle" arcsize="1\d%" fillcolor="#3aaee0" strokecolor="#000000" strokeweight="2px"><w:anchorlock\/><v:textbox inset="0,0,0,0"><center style="color:#ffffff;font-size:16px"><!\[endif\]--><a class="button" /,
  );
  expect(html).toContain("</a><!--[if mso]></center></v:textbox></v:roundrect><![endif]-->");
  expect(html.match(/Order <strong>now/g)).toHaveLength(1);
});

test("a shape has room for the words there are now, and none beyond the column", () => {
  const width = (label: string, style: object = {}): number =>
    Number(/v:roundrect[^>]*style="width:(\d+)px/.exec(withModules(button({ label }, style)))?.[1]);
  const height = (label: string): number => Number(/px;height:(\d+)px/.exec(withModules(button({ label })))?.[1]);
  expect(width("A much longer label than there was when it was measured")).toBeGreaterThan(width("Short"));
  expect(width("x".repeat(300))).toBe(580);
  expect(width("Short", { width: "50%" })).toBe(290);
  expect(width("Short", { width: "200px" })).toBe(200);
  expect(height("one<br>two<br>three")).toBeGreaterThan(height("one"));
});

test("a button whose length nobody knows, or that leads nowhere, is a cell", () => {
  for (const rest of [{ label: "Hi {{ name }}" }, { label: "Hi [name]" }, { href: "" }]) {
    const html = withModules(button(rest));
    expect(html).not.toContain("v:roundrect");
    expect(html).toMatch(
      /<td bgcolor="#3aaee0" style="padding:8px;border:2px solid #000000;text-align:center"><!\[endif\]-->/,
    );
  }
});

test("a template tag that would end a comment stays out of it", () => {
  const html = withModules(button({ href: "{{ x --> y }}" }));
  expect(html).not.toContain("v:roundrect");
  expect(html).toContain("{{ x --> y }}");
  expect(asOutlook(html)).not.toContain("<!--");
});

test("pictures behind a row, its content and a column are shapes that grow with what is in them", () => {
  const html = message(everyLayout());
  const shapes = tags(html, "v:rect");
  expect(shapes).toEqual([
    '<v:rect fill="t" stroke="f" style="mso-width-percent:1000">',
    '<v:rect fill="t" stroke="f" style="width:600px">',
    '<v:rect fill="t" stroke="f" style="width:600px">',
  ]);
  expect(html).toContain(
    '<v:fill type="frame" aspect="atleast" src="https://example.com/bg.png" color="#cccccc"></v:fill>',
  );
});

test("no shape stands in another one, or in what Outlook doesn't show", () => {
  const read = asOutlook(message(everyLayout()));
  let depth = 0;
  for (const [tag] of read.matchAll(/<\/?v:(rect|roundrect)\b/g)) {
    depth += tag.startsWith("</") ? -1 : 1;
    expect(depth).toBeLessThanOrEqual(1);
    expect(depth).toBeGreaterThanOrEqual(0);
  }
  expect(depth).toBe(0);
  const hidden = withModules(
    module("button", { ...richModules.button, computedStyle: { hideContentOnDesktop: true } }),
  );
  expect(hidden).not.toContain("v:roundrect");
  expect(hidden).toMatch(/desktop_hide[^>]*style="display:none;mso-hide:all"/);
});

test("tables are as balanced for Outlook as for everyone else", () => {
  for (const template of [everyLayout(), everyRichModule()]) {
    const html = message(template);
    const everyone = html.replace(/<!--\[if mso\]>[\s\S]*?<!\[endif\]-->/g, "");
    for (const read of [asOutlook(html), everyone]) {
      for (const name of ["table", "tr", "td", "center", "v:rect", "v:textbox", "v:roundrect", "a"])
        expect([name, tags(read, name).length]).toEqual([name, read.split(`</${name}>`).length - 1]);
    }
  }
});

test("things beside each other have cells of their own there", () => {
  const read = asOutlook(withModules(module("menu", richModules.menu ?? {}), module("icons", richModules.icons ?? {})));
  expect(read).toContain('<tr><td style="padding:5px"><a class="item" href="https://example.com/menu/0"');
  expect(read).toContain('</a></td><td><span class="separator">|</span></td><td style="padding:5px"><a');
  expect(read).not.toContain("checkbox");
});

test("the head settles pixels and fonts; web fonts are for the others", () => {
  const html = withModules();
  expect(html).toContain("<o:PixelsPerInch>96</o:PixelsPerInch>");
  expect(html).toContain("@font-face{font-family:'Lato';mso-font-alt:'Tahoma'}");
  expect(asOutlook(html)).not.toContain("fonts.example.com");
});

test("conditions in the author's own markup stay, those in texts go", () => {
  const html = withModules(
    module("html", richModules.html ?? {}),
    module("paragraph", { paragraph: { html: "<p>a<!--[if mso]>b<![endif]-->c<!-- d --></p>" } }),
  );
  expect(html).toContain('<!--[if mso]><table role="presentation" width="600"><tr><td><![endif]-->');
  expect(html).not.toContain("gone");
  expect(html).toContain("<p>ac</p>");
});

test("pages have nothing for Outlook", () => {
  const template = pageSnapshot(everyRichModule());
  for (const kind of ["page", "popup"] as const) {
    const html = renderHtml(template, { sanitise: (markup) => sanitise(markup), kind });
    expect(html).not.toMatch(/<!--\[if|urn:schemas|<v:/);
  }
});

test("conditions that an author wrote side by side stay as they are", () => {
  const sources = [
    "<!--[if !mso]><!--><div>web</div><!--<![endif]--><!--[if mso]><p>outlook</p><![endif]-->",
    "<!--[if gte mso 12]><p>new</p><![endif]--><!--[if mso]><p>any</p><![endif]-->",
    "<!--[if mso]><p>one</p><![endif]--><!--[if mso]><p>two</p><![endif]-->",
  ];
  for (const html of sources) expect(withModules(module("html", { html: { html } }))).toContain(html);
});

test("display conditions for Outlook around neighbouring rows stay as they are", () => {
  const words = module("paragraph", { paragraph: { html: "<p>Words</p>" } });
  const forOutlook = (uuid: string, condition: string): object => ({
    ...row({ uuid, columns: [column(12, [words])] }),
    container: { style: {}, displayCondition: { before: `<!--[if ${condition}]>`, after: "<![endif]-->" } },
  });
  const html = message(pageOf([forOutlook("first", "gte mso 12"), forOutlook("second", "mso")]));
  expect(html).toMatch(/<!--\[if gte mso 12]><table[\s\S]*<\/table><!\[endif]--><!--\[if mso]><table/);
});

test("what the renderer writes for Outlook side by side is one comment", () => {
  const html = withModules(module("icons", richModules.icons ?? {}));
  expect(html).toMatch(/<!--\[if mso]><\/td><td[^>]*><!\[endif]-->/);
  expect(html).not.toContain("<![endif]--><!--[if mso]>");
});
