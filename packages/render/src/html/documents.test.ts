import { applyChange } from "@waggle/template";
import { htmlCodec } from "@waggle/template/html";
import { expect, test } from "vitest";
import { pageSnapshot } from "../fixtures/page-snapshot.test.support.ts";
import {
  column,
  everyLayout,
  everyRichModule,
  module,
  pageOf,
  richModules,
  row,
} from "../fixtures/rich-pages.test.support.ts";
import { HtmlRenderer } from "./html-renderer.ts";
import { renderHtml } from "./render-html.ts";

const { sanitise } = htmlCodec;
const one = (...modules: readonly object[]) =>
  pageSnapshot(pageOf([row({ uuid: "row", columns: [column(12, modules)] })]));
const richModule = (type: string): object => module(type, richModules[type] ?? {});

test("a translation takes the place of its text; what has none stays", () => {
  const snapshot = one(richModule("heading"), richModule("paragraph"), richModule("button"));
  const spanish = renderHtml(snapshot, { sanitise, language: "es-ES" });
  expect(spanish).toContain('<html lang="es-ES" dir="ltr"');
  expect(spanish).toContain("Un <em>título</em></h1>");
  expect(spanish).toContain("<p>Primero</p>");
  expect(spanish).toContain("Order <strong>now</strong>");
  expect(renderHtml(snapshot, { sanitise, language: "es" })).toContain("<p>Primero</p>");
});

test("a language of its own direction turns the page round", () => {
  const arabic = renderHtml(one(richModule("heading")), { sanitise, language: "ar" });
  expect(arabic).toContain('<html lang="ar" dir="rtl"');
  expect(arabic).toContain("عنوان</h1>");
});

test("a language that nothing is in changes nothing", () => {
  const snapshot = one(richModule("heading"));
  expect(renderHtml(snapshot, { sanitise, language: "ja" })).toBe(renderHtml(snapshot, { sanitise }));
});

test("translations that are empty or no text at all are none", () => {
  const heading = (translations: unknown) => one(module("heading", { heading: { text: "Hello", translations } }));
  for (const translations of [{ fr: { text: "" } }, { fr: { text: null } }, { fr: "x" }, [], null, 7, { fr: [] }])
    expect(renderHtml(heading(translations), { sanitise, language: "fr" })).toContain("Hello</h2>");
});

test("items of menus and icons have translations too", () => {
  const item = { text: "Shop", link: { href: "https://example.com" }, translations: { it: { text: "Negozio" } } };
  const html = renderHtml(one(module("menu", { menuItemsList: { items: [item] } })), { sanitise, language: "it" });
  expect(html).toContain(">Negozio</a>");
});

test("template tags of every syntax stay, wherever they stand", () => {
  const tags = [
    "{{ a | b: 'c' }}",
    "{% if a < b %}x{% endif %}",
    "[first-name]",
    "*|FNAME|*",
    "<%= a < b %>",
    '{{ x | default: "y" }}',
  ];
  for (const tag of tags) {
    const html = renderHtml(
      one(
        module("paragraph", { paragraph: { html: `<p>Dear ${tag}</p>` } }, "p"),
        module(
          "image",
          { image: { src: `https://example.com/a.png`, alt: `Alt ${tag}`, href: `https://example.com/${tag}` } },
          "i",
        ),
        module("button", { button: { label: `Label ${tag}`, href: tag, style: { "background-color": "#000" } } }, "b"),
        module("menu", { menuItemsList: { items: [{ text: `Item ${tag}`, link: { href: tag } }] } }, "m"),
      ),
      { sanitise },
    );
    for (const place of ["Dear ", "Alt ", "https://example.com/", "Label ", "Item "])
      expect(html).toContain(place + tag);
    expect(html.split(`href="${tag}"`).length + html.split(`href='${tag}'`).length - 2).toBeGreaterThanOrEqual(2);
  }
});

test("rows are drawn once: the next document takes those that have not changed", () => {
  const snapshot = pageSnapshot(everyLayout());
  let sanitised = 0;
  const counting = (html: string): string => {
    sanitised += 1;
    return sanitise(html);
  };
  const renderer = new HtmlRenderer({ sanitise: counting });
  const first = renderer.render(snapshot);
  const all = sanitised;
  expect(renderer.render(snapshot)).toBe(first);
  expect(sanitised).toBe(all);
  const key = "/descriptor/paragraph/style/color";
  const after = applyChange(snapshot, { "stays-1": { [key]: { before: "#222222", after: "#ff0000" } } });
  expect(renderer.render(after)).toBe(renderHtml(after, { sanitise }));
  // The changed row has two texts.
  expect(sanitised).toBe(all + 2);
});

test("what is beautified says the same", () => {
  const snapshot = pageSnapshot(everyRichModule());
  const compact = renderHtml(snapshot, { sanitise });
  const beautified = renderHtml(snapshot, { sanitise, beautified: true });
  expect(beautified.split("\n").length).toBeGreaterThan(200);
  const body = (html: string): string => html.slice(html.indexOf("<body")).replace(/\n */g, "");
  expect(body(beautified)).toBe(body(compact));
});

test("on a page forms can be filled in and films play", () => {
  const html = renderHtml(pageSnapshot(everyRichModule()), { sanitise, kind: "page" });
  expect(html).toMatch(/<form method="post" action="https:\/\/example\.com\/sign-up" target="_self">/);
  expect(html).toMatch(
    /<label for="(f-[\w-]+)"[^>]*>Your mail<\/label><input type="email" id="\1" name="email" placeholder="you@example.com" required=""/,
  );
  expect(html).toContain('<option value="l">Large</option>');
  expect(html).toMatch(/<button class="button" type="submit"[^>]*>Send it<\/button>/);
  expect(html).toContain('src="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"');
  expect(html).toContain('alt="Second slide"');
  expect(html).not.toContain("One line");
});

test("in an e-mail a form is the way to it, a film and slides are pictures", () => {
  const html = renderHtml(pageSnapshot(everyRichModule()), { sanitise });
  expect(html).not.toMatch(/<(form|select|textarea|iframe|video)\b/);
  expect(html).toMatch(/<a href="https:\/\/example\.com\/sign-up"[^>]*>Send it<\/a>/);
  expect(html).toMatch(/<a href="https:\/\/www\.youtube\.com[^>]*><img [^>]*alt="The film"/);
  expect(html).toContain('alt="First slide"');
  expect(html).not.toContain("Second slide");
});

test("a popup is a box that says what it is, without a page behind it", () => {
  const html = renderHtml(pageSnapshot(everyLayout()), { sanitise, kind: "popup" });
  expect(html).toContain('<div role="dialog" aria-label="Hello {{ name }}" style="max-width:600px;');
  expect(html).not.toMatch(/<body style="[^"]*background/);
});

test("a title is the subject, or the first heading, or at least something", () => {
  const title = (template: object): string | undefined =>
    /<title>(.*?)<\/title>/.exec(renderHtml(pageSnapshot(template), { sanitise }))?.[1];
  const modules = [module("heading", { heading: { text: "<b>First</b>&nbsp;words" } })];
  expect(title({ page: { head: { meta: { subject: "Subject" } }, rows: [{ columns: [{ modules }] }] } })).toBe(
    "Subject",
  );
  expect(title({ page: { rows: [{ columns: [{ modules }] }] } })).toBe("First words");
  expect(title({ page: { rows: [] } })).toBe("Email");
});

test("the author's own colour scheme goes before ours", () => {
  const ours = '<meta name="color-scheme" content="light"><meta name="supported-color-schemes" content="light">';
  expect(renderHtml(one(), { sanitise })).toContain(ours);
  const own = '<meta name="color-scheme" content="light dark">';
  const page = renderHtml(pageSnapshot({ page: { head: { customTags: own }, rows: [] } }), { sanitise });
  expect(page.match(/name="color-scheme"/g)).toHaveLength(1);
});

test("a module's id is where links of the page may lead", () => {
  expect(renderHtml(one(module("heading", { heading: { text: "A" }, id: "offers" })), { sanitise })).toContain(
    'id="offers"',
  );
  expect(renderHtml(one(module("heading", { heading: { text: "A" }, id: '"><b' })), { sanitise })).not.toContain("id=");
});

test("modules of a type nobody knows, and those with nothing to say, leave no trace", () => {
  const html = renderHtml(
    one(richModule("hologram"), richModule("empty"), module("carousel", {}), richModule("spacer")),
    { sanitise },
  );
  expect(html.match(/class="[^"]*\bcolumn\b[^"]*"[^>]*>(.*?)<\/td>/)?.[1]).toMatch(
    /^<div class="[^"]*" style="height:30px/,
  );
});
