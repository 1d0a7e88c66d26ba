import { emptySnapshot, type ModuleType, moduleTypes, type NodeData } from "@waggle/template";
import { expect, test } from "vitest";
import everyModule from "../fixtures/every-module.test.json" with { type: "json" };
import { pageSnapshot } from "../fixtures/page-snapshot.test.support.ts";
import { serialise } from "../html/serialise.ts";
import { pageOf } from "../page.ts";
import { moduleRenderers } from "./module-renderers.ts";
import { viewOf } from "./module-view.ts";

/** What a reader gets of each type, besides the table around it. */
const shown: Readonly<Record<ModuleType, readonly string[]>> = {
  heading: ['<h1 class="text"', "font-size:38px", "text-align:center", "A <em>title</em></h1>"],
  paragraph: ['<div class="text"', "<p>One {{ first_name }}</p>", '<a href="https://example.com">link</a>'],
  text: ["line-height:120%", "font-size: 14px", "Old text"],
  list: ["<ul><li>One</li><li>Two</li></ul>"],
  image: ['src="https://example.com/cat.png"', 'alt="A cat"', 'width="120"', "border-radius:4px", "max-width:120px"],
  button: ['href="https://example.com/?a=1&amp;b={{ id }}"', "background-color:#3aaee0", "Buy <strong>now</strong>"],
  divider: ["border-top:1px solid #bbbbbb", 'width="80%"', 'align="left"'],
  spacer: ["height:30px;line-height:30px"],
  social: ['href="https://example.com/here"', 'src="https://example.com/here.png"', 'width="32"'],
  icons: ['width="64" height="32"', ">Star</td>", ">Moon</td>", "margin-left:10px"],
  menu: ['href="https://example.com/shop"', ">Shop</a>", ">|</span>", ">About</span>"],
  html: ['<div class="own"><div class="own"><p style="color:red;position:fixed">Own markup</p></div></div>'],
  video: ['href="https://example.com/film"', 'src="https://example.com/film.png"'],
  table: ["<thead><tr><th", "Name</th>", "Tea</td>", "background-color:#f9f9f9", "font-weight:700;"],
  form: ["Your mail", "you@example.com", "Send</span>"],
  carousel: ['href="https://example.com/1"', 'src="https://example.com/one.png"'],
  "merge-content": ["{{ weather }}"],
  addon: ['<td class="pad"'],
  empty: ['<td class="pad"'],
  unknown: ['<td class="pad"'],
};

test.each(Object.entries(shown))("a %s shows what it holds", (type, pieces) => {
  const html = htmlOf(fixtureOf(type));
  for (const piece of pieces) expect(html).toContain(piece);
});

test("every type has a fixture and a renderer", () => {
  const types = Object.keys(moduleTypes).sort();
  expect(Object.keys(shown).sort()).toEqual(types);
  expect(Object.keys(moduleRenderers).sort()).toEqual(types);
});

test.each(Object.keys(moduleTypes))("a %s without anything in it renders in both modes", (type) => {
  const bare: NodeData = { type: "module", "/type": `mailup-bee-newsletter-modules-${type}`, "/descriptor": {} };
  for (const mode of ["edit", "send"] as const) expect(htmlOf(bare, mode)).not.toMatch(/undefined|NaN|\[object/);
});

test("names that hand-written templates use are understood", () => {
  const button = moduleNode("button", {
    "/descriptor/button/text": "Go",
    "/descriptor/button/link": "https://example.com",
  });
  expect(htmlOf(button)).toContain('href="https://example.com" target="_blank"');
  expect(htmlOf(button)).toContain("Go</span></a>");
});

test("a divider without a line is the gap it was meant as", () => {
  const style = "/descriptor/divider/style";
  const divider = moduleNode("divider", {
    [`${style}/border-top`]: "0px solid transparent",
    [`${style}/height`]: "25px",
  });
  expect(htmlOf(divider)).toContain("height:25px;line-height:25px");
});

test("a picture is never wider than its place", () => {
  const source = { "/descriptor/image/src": "https://example.com/a.png" };
  const width = (value: string | number) =>
    /<img[^>]* width="(\d+)"/.exec(
      htmlOf(moduleNode("image", { ...source, "/descriptor/computedStyle/width": value })),
    )?.[1];
  expect(["900px", 120, "", "auto"].map(width)).toEqual(["600", "120", "600", "600"]);
});

function moduleNode(type: string, values: NodeData): NodeData {
  return { type: "module", "/type": `mailup-bee-newsletter-modules-${type}`, ...values };
}

function fixtureOf(type: string): NodeData {
  const node = pageSnapshot(everyModule).nodes.get(`module-${type}`);
  if (!node) throw new Error(`The fixture has no module-${type}.`);
  return node;
}

function htmlOf(node: NodeData, mode: "edit" | "send" = "send"): string {
  const view = viewOf(node, { id: "module", page: pageOf(emptySnapshot), mode, width: 600 });
  const pieces = serialise(moduleRenderers[view.type](view), { sanitise: (html) => html });
  return pieces
    .map((piece) => (typeof piece === "object" && "names" in piece ? ` class="${piece.names.join(" ")}"` : piece))
    .join("");
}
