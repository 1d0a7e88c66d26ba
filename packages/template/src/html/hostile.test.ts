import { expect, test } from "vitest";
import { allowList } from "../rich-text/allow-list.ts";
import { htmlCodec } from "./codec.ts";
import { sanitiseHtml } from "./sanitise.ts";

const size = 90_000;

function repeated(piece: string): string {
  return piece.repeat(Math.floor(size / piece.length));
}

/** Each took minutes with some straightforward way of reading it. */
const sources: readonly (readonly [name: string, html: string])[] = [
  ["elements without end", repeated("<b>")],
  ["elements closed in a heap", repeated("<b>") + repeated("</b>")],
  ["end tags of nothing", `${repeated("<b>")}${repeated("</i>")}`],
  ["openers of template tags", repeated("{{ ")],
  ["openers of all kinds", repeated("{{ *| <% {% ")],
  ["template tags with markup", `${repeated("{{<b>")}}}`],
  ["template tags in an attribute", `<p title="${repeated("{{x}}")}">x</p>`],
  ["openers in an attribute", `<p title="${repeated("{{")}">x</p>`],
  ["brackets in a style", `<p style="${repeated("(")}">x</p>`],
  ["nested functions in a style", `<p style="color:${repeated("url(")}${repeated(")")}">x</p>`],
  ["an endless name in a style", `<p style="color:${repeated("a-")}">x</p>`],
  ["an endless address in a style", `<p style="color:url(${repeated(" ")}x">x</p>`],
  ["quotes in a style", `<p style="font-family:${repeated("'a',")}b">x</p>`],
  ["attributes", `<p ${repeated("a=1 ")}>x</p>`],
  ["equal neighbours", repeated("<b>a</b>")],
  ["pieces of raw HTML", repeated("<img>")],
  ["paragraphs", repeated("<p>a</p>")],
  ["brackets in an address", `<a href="${repeated("[x")}">x</a>`],
];

test.each(sources)("%s take time in proportion to their length", (_name, html) => {
  const started = performance.now();
  sanitiseHtml(html);
  const text = htmlCodec.parse(html);
  if (text) htmlCodec.serialise(text);
  expect(performance.now() - started).toBeLessThan(8_000);
});

test("what nests deeper than browsers nest is cut off, and all is closed", () => {
  const safe = sanitiseHtml(repeated("<b>a"));
  expect(safe.match(/<b>/g)?.length).toBe(safe.match(/<\/b>/g)?.length);
  expect(safe.match(/<b>/g)?.length).toBeLessThan(600);
  expect(sanitiseHtml(safe)).toBe(safe);
});

test("the rules name no element that runs, loads or submits", () => {
  for (const name of "script style iframe object embed form input svg math base meta link".split(" ")) {
    expect(allowList.elements.has(name)).toBe(false);
  }
});
