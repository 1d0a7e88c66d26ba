import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { Snapshot } from "@waggle/template";
import { htmlCodec } from "@waggle/template/html";
import { HtmlValidate } from "html-validate";
import { expect, test } from "vitest";
import everyModule from "../fixtures/every-module.test.json" with { type: "json" };
import { pageSnapshot } from "../fixtures/page-snapshot.test.support.ts";
import { everyLayout, everyRichModule, longWords, rightToLeft } from "../fixtures/rich-pages.test.support.ts";
import type { DocumentKind } from "./document.ts";
import { renderHtml } from "./render-html.ts";
import { withoutTemplateTags } from "./well-formed.test.support.ts";

/** What the renderer itself answers for, on top of the preset for the HTML standard. */
const validator = new HtmlValidate({
  root: true,
  extends: ["html-validate:standard", "html-validate:a11y"],
  rules: {
    // Mail clients take sizes, alignment and the gaps of tables from attributes, and styles from the element itself.
    "no-deprecated-attr": "off",
    "no-inline-style": "off",
    // Looks of the source, which nobody writes by hand: `&` in addresses and texts is escaped all the same.
    "attribute-boolean-style": "off",
    "attribute-empty-style": "off",
    "doctype-style": "off",
    "void-style": "off",
    "long-title": "off",
    "no-trailing-whitespace": "off",
    // The preheader is for lists of mails, and stays in the page on purpose.
    "hidden-focusable": "off",
  },
});

function faultsOf(html: string): readonly string[] {
  const { results } = validator.validateStringSync(withoutTemplateTags(html));
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, line, column }) => `${ruleId}: ${message} (${line}:${column})`),
  );
}

const { sanitise } = htmlCodec;
const fixtures: Readonly<Record<string, () => object>> = { everyRichModule, everyLayout, longWords, rightToLeft };
const kinds: readonly DocumentKind[] = ["message", "page", "popup"];

test.each(Object.keys(fixtures))("%s is clean in every kind of document", (name) => {
  const snapshot = pageSnapshot(fixtures[name]?.());
  for (const kind of kinds) {
    for (const beautified of [false, true]) {
      const html = renderHtml(snapshot, { sanitise, kind, beautified });
      expect([kind, beautified, ...faultsOf(html)]).toEqual([kind, beautified]);
    }
  }
});

test("the validator sees what is wrong", () => {
  const html = renderHtml(pageSnapshot(everyModule), { sanitise });
  expect(faultsOf(html.replace("</h1>", "</h2>"))).not.toEqual([]);
  expect(faultsOf(html.replace(' alt="A cat"', ""))).not.toEqual([]);
});

const corpus = new URL("../../../../../shared/corpus/pages/", import.meta.url);

/** Of what the authors wrote: links around pictures that nobody described, and elements of older HTML in their texts. */
const ofTheAuthor = /: wcag\/h30: Anchor link must have a text|<strike>/;

test("real pages are clean but for what their authors wrote", ({ skip }) => {
  skip(!existsSync(corpus), "no corpus beside this repository");
  const files = readdirSync(corpus).filter((name) => name.endsWith(".json"));
  const faults = files.flatMap((name) => {
    const snapshot: Snapshot = pageSnapshot(JSON.parse(readFileSync(new URL(name, corpus), "utf8")));
    const html = renderHtml(snapshot, { sanitise });
    const all = faultsOf(html).map((fault) => `${name}: ${fault}`);
    return all.filter((fault) => !ofTheAuthor.test(fault));
  });
  expect(files.length).toBeGreaterThan(10);
  expect(faults).toEqual([]);
});
