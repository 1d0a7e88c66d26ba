import { WaggleError } from "@waggle/contract";
import { forEachSeed, type Random } from "@waggle/testing";
import { expect, test } from "vitest";
import { clientSupport } from "./client-support.ts";
import { mailClients, supportFeatures } from "./support-table.ts";

/** How often each feature is used. */
function placesIn(html: string): Readonly<Record<string, number>> {
  return Object.fromEntries(clientSupport(html).features.map(({ slug, places }) => [slug, places]));
}

const inSheet = (css: string) => placesIn(`<style>${css}</style>`);
const sheetItself = inSheet("");

/** The features of a style sheet, without that of having one. */
function slugsIn(css: string): readonly string[] {
  return Object.keys(inSheet(css))
    .filter((slug) => !(slug in sheetItself))
    .sort();
}

/** The shortest document that has what a key looks for. */
function written(key: string): string {
  const [kind = "", ...rest] = key.split(":");
  const name = rest.join(":");
  const sheet = (css: string) => `<style>${css}</style>`;
  const styled = (style: string) => `<b style="${style}"></b>`;
  const selectors: Readonly<Record<string, string>> = {
    "adjacent-sibling": "a+b",
    attribute: "[a]",
    chaining: ".a.b",
    child: "a>b",
    class: ".a",
    descendant: "a b",
    "general-sibling": "a~b",
    grouping: "a,b",
    id: "#a",
    type: "a",
    universal: "*",
  };
  const others: Readonly<Record<string, string>> = {
    "css:comment": sheet("/* x */"),
    "css:important": styled("color:red!important"),
    "css:nesting": sheet("a{b{color:red}}"),
    "html:comment": "<!-- x -->",
    "html:doctype": "<!DOCTYPE html>",
    "link:anchor": '<a href="#x">x</a>',
    "link:mailto": '<a href="mailto:a@e.com">x</a>',
    "meta:color-scheme": '<meta name="color-scheme" content="light">',
    "image:base64": '<img src="data:image/png;base64,AAAA">',
  };
  const ways: Readonly<Record<string, () => string>> = {
    property: () => styled(`${name === "--*" ? "--x" : name}:0`),
    declaration: () => styled(name),
    keyword: () => styled(`x:${name}`),
    function: () => styled(`x:${name}(1)`),
    unit: () => styled(`x:1${name}`),
    at: () => sheet(`@${name} x{}`),
    media: () => sheet(`@media (${name}:x){}`),
    pseudo: () => sheet(`a:${name}{}`),
    selector: () => sheet(`${selectors[name]}{}`),
    element: () => `<${name.replace(/=(.*)/, ' type="$1"')}>`,
    attribute: () => `<b ${name}="x">`,
    image: () => `<img src="https://e.com/x.${name}">`,
  };
  return others[key] ?? ways[kind]?.() ?? `no way to write ${key}`;
}

test("every feature of the data is found by every one of its names", () => {
  const keys = supportFeatures.flatMap(({ slug, keys }) => keys.map((key) => ({ slug, key })));
  expect(keys.length).toBeGreaterThan(300);
  const missed = keys.filter(({ slug, key }) => !(slug in placesIn(written(key))));
  expect(missed).toEqual([]);
});

test("a document that uses nothing has no features", () => {
  expect(clientSupport("Hello").features).toEqual([]);
  expect(clientSupport("").features).toEqual([]);
});

test("support is that of the newest test of each client, and a note says why it is not full", () => {
  const html = '<div style="border-radius:4px">x</div><a href="https://e.com" target="_blank">y</a>';
  const { features, clients } = clientSupport(html, { clients: ["outlook.windows", "apple-mail.ios"] });
  expect(clients).toEqual([
    { name: "apple-mail.ios", title: "Apple Mail iOS" },
    { name: "outlook.windows", title: "Outlook Windows" },
  ]);
  const radius = features.find(({ slug }) => slug === "css-border-radius");
  expect(radius).toEqual({
    slug: "css-border-radius",
    title: "border-radius",
    url: "https://www.caniemail.com/features/css-border-radius/",
    support: { "apple-mail.ios": "yes", "outlook.windows": "no" },
    places: 1,
    notes: [{ clients: ["outlook.windows"], says: expect.stringContaining("VML") }],
  });
  const flex = clientSupport('<p style="display:flex">', { clients: ["gmail.ios", "outlook.windows"] }).features;
  expect(flex.map(({ slug, support }) => [slug, support["gmail.ios"], support["outlook.windows"]])).toEqual([
    ["css-display-flex", "partly", "no"],
    ["css-display", "partly", "partly"],
    ["html-p", "yes", "yes"],
  ]);
});

test("what the fewest of the asked clients support comes first", () => {
  const html = '<p style="color:red;filter:none;border-radius:1px;margin:0">x</p>';
  for (const clients of [undefined, ["outlook"], ["gmail", "yahoo"]]) {
    const { features } = clientSupport(html, { clients });
    const lacking = features.map(({ support }) => Object.values(support).filter((each) => each === "no").length);
    expect(lacking).toEqual(lacking.toSorted((a, b) => b - a));
    expect(Math.max(...lacking)).toBeGreaterThan(0);
  }
});

test("a family stands for its clients; without names all are asked", () => {
  const named = (clients: string[]) => clientSupport("x", { clients }).clients.map(({ name }) => name);
  expect(named(["gmail"])).toEqual(["gmail.android", "gmail.desktop-webmail", "gmail.ios", "gmail.mobile-webmail"]);
  expect(named(["Gmail.iOS", "gmail.ios"])).toEqual(["gmail.ios"]);
  expect(named([])).toEqual(mailClients.map(({ name }) => name));
});

test.each(["gmial", "", "gmail.", "constructor", "outlook.windows.2019"])("a client “%s” is refused", (client) => {
  const ask = () => clientSupport("x", { clients: ["gmail", client] });
  expect(ask).toThrow(WaggleError);
  expect(ask).toThrow(/^There is no mail client “.*”. There are: aol.android, .*; or whole families: aol, apple-mail/);
});

test("places are counted one by one", () => {
  expect(placesIn('<p style="margin:1px 2px;margin-top:3em"></p><p style="MARGIN:0"></p>')).toEqual({
    "css-margin": 3,
    "css-unit-px": 2,
    "css-unit-em": 1,
    "html-p": 2,
  });
  expect(inSheet("a.b .c.d>e,f+g:hover{top:0}")).toEqual({
    ...sheetItself,
    "css-selector-type": 4,
    "css-selector-class": 3,
    "css-selector-descendant": 1,
    "css-selector-chaining": 1,
    "css-selector-child": 1,
    "css-selector-adjacent-sibling": 1,
    "css-selector-grouping": 1,
    "css-pseudo-class-hover": 1,
    "css-left-right-top-bottom": 1,
  });
});

test("what only Outlook reads is not looked at; what is hidden from it is", () => {
  const outlook = "<!--[if mso]><style>a{display:flex}</style><table align=center><tr><td><![endif]-->";
  expect(placesIn(`${outlook}<!--[if mso | IE]></td></tr></table><![endif]-->`)).toEqual({});
  expect(placesIn("<!--[if !mso]><!--><hr><!--<![endif]-->")).toEqual({ "html-hr": 1 });
  expect(placesIn("<!-- a note -->")).toEqual({ "html-comments": 1 });
});

test.each([
  ["descriptors of a font are no properties", "@font-face{font-weight:400;src:url(a.svg)}", ["css-at-font-face"]],
  [
    "steps of an animation are no selectors, what they set is CSS",
    "@keyframes x{from{opacity:0}50%{opacity:1}}",
    ["css-at-keyframes", "css-opacity"],
  ],
  [
    "rules inside of conditions are rules",
    "@media (max-width:600px) and (hover){@supports (display:grid){.a{float:left}}}",
    ["css-at-media", "css-at-media-hover", "css-at-supports", "css-float", "css-selector-class"],
  ],
  ["@import is a statement", '@charset "x";@import url("a.css");', ["css-at-import"]],
  ["rules within rules are nested", ".a{.b{color:red}}", ["css-nesting", "css-selector-class"]],
  [
    "conditions within rules are nested",
    ".a{@media x{float:left}}",
    ["css-at-media", "css-float", "css-nesting", "css-selector-class"],
  ],
  ["what a string says is no CSS", '.a{content:"}b{float:left}10px"}', ["css-selector-class"]],
  ["what a comment says is no CSS", ".a{/* float:left; } p{} */}", ["css-comments", "css-selector-class"]],
  ["brackets of an attribute selector hold no selectors", '[href*=".a #b > c"]{}', ["css-selector-attribute"]],
  [
    "brackets of :not hold selectors, those of :nth-child do not",
    ".a:not(#b):nth-child(2n + 1){}",
    ["css-pseudo-class-not", "css-pseudo-class-nth-child", "css-selector-class", "css-selector-id"],
  ],
  [
    "merge tags are no CSS",
    ".a{color:{{ brand.color }};float:{% if x %}left{% endif %}}.b{clear:both}",
    ["css-clear", "css-float", "css-selector-class"],
  ],
  [
    "values may hold anything with brackets",
    ".a{--x:{float:left};background:url(data:image/png;base64,a;b)}",
    ["css-background", "css-selector-class", "css-variables", "image-base64", "image-png"],
  ],
  ["what is never closed ends with the sheet", ".a{float:left", ["css-float", "css-selector-class"]],
  ["stray brackets close nothing", "}}.a{float:left}}.b{clear:both}", ["css-clear", "css-float", "css-selector-class"]],
  ["what is no declaration is passed over", ".a{*zoom:1;float;:left;clear:both}", ["css-clear", "css-selector-class"]],
])("in style sheets %s", (_rule, css, slugs) => {
  expect(slugsIn(css)).toEqual(slugs);
});

test("style attributes hold declarations only, entities and merge tags among them", () => {
  const styles = "font-family:&quot;a;float:left&quot;;width:{{ w }}px;clear:both;x:{float:left}";
  expect(placesIn(`<b style="${styles}">`)).toEqual({ "css-clear": 1, "css-width": 1 });
});

test("pictures are known by their address, wherever it stands", () => {
  const html = [
    '<img src="https://e.com/a.PNG?x=.gif">',
    '<img srcset="a.webp 1x, b.webp 2x">',
    '<td background="a.jpeg#x">',
    `<td style="background-image:url('a.avif')">`,
    '<img src="data:image/svg+xml,%3Csvg">',
    '<img src="{{ picture }}"><img src="https://e.com/">',
  ].join("");
  const images = Object.entries(placesIn(html)).filter(([slug]) => slug.startsWith("image-"));
  expect(images.sort(([a], [b]) => (a < b ? -1 : 1))).toEqual([
    ["image-avif", 1],
    ["image-jpg", 1],
    ["image-png", 1],
    ["image-svg", 1],
    ["image-webp", 2],
  ]);
});

test("controls have a type, also where it goes without saying", () => {
  expect(placesIn('<button>a</button><input><input type="CHECKBOX">')).toEqual({
    "html-button-submit": 1,
    "html-input-text": 1,
    "html-input-checkbox": 1,
  });
});

const sound = `<!DOCTYPE html><html lang="en"><head><style>/* x */@media (max-width:9px){.a>b:not([c="d"]){margin:0!important}}
@font-face{font-family:x;src:url("a.woff")}a{b{color:rgb(1 2 3)}}</style></head><body><!--[if mso]><p><![endif]-->
<table width="1"><tr><td style="background:url(a.png);width:calc(1px + {{ x }})"><img srcset="a.png 1x" src="b.gif"></table>`;
const pieces = [
  "{",
  "}",
  "(",
  ")",
  "[",
  '"',
  "'",
  "/*",
  "*/",
  "<!--",
  "-->",
  "<style>",
  "</style>",
  "\\",
  ";",
  ":",
  "@",
  "{{",
  "url(",
  "\0",
  "<",
  "data:image/constructor,",
];

function broken(html: string, random: Random): string {
  let text = html;
  for (let i = random.between(1, 8); i > 0; i--) {
    const [from, to] = [random.between(0, text.length), random.between(0, text.length)].sort((a, b) => a - b);
    const insert = random.pick(pieces).repeat(random.chance(0.1) ? 500 : 1);
    text = text.slice(0, from) + insert + text.slice(random.chance(0.7) ? from : to);
  }
  return text;
}

test("broken HTML and CSS give a report all the same", () => {
  forEachSeed({ count: 2000, atLeast: { changed: 0.9, found: 0.5 } }, (random, tally) => {
    const html = broken(sound, random);
    if (html !== sound) tally.count("changed");
    const { features } = clientSupport(html);
    for (const { places, support } of features) {
      expect(places).toBeGreaterThan(0);
      expect(Object.keys(support)).toHaveLength(mailClients.length);
    }
    if (features.length > 0) tally.count("found");
  });
});

test("what is after a broken part is found: time and depth are no limit to what is read", () => {
  for (const piece of [
    "{",
    "a{",
    "}",
    ":not(",
    "[",
    "/*x",
    "\\",
    "a",
    "'\n",
    '"',
    "url( ",
    "{{",
    "@x",
    "1e",
    ".a",
    "--",
    "a:",
    ",",
  ]) {
    const css = piece.repeat(20_000);
    expect(placesIn(`<style>${css}</style><hr style="${css.replaceAll('"', "")}">`)).toMatchObject({ "html-hr": 1 });
  }
});
