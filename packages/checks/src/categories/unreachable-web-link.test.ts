import type { Json } from "@waggle/template";
import { expect, test } from "vitest";
import type { LinkState } from "../check.ts";
import { button, check, found, paragraph, template } from "../fixtures/template.test.support.ts";

const page = template({
  modules: [
    button({ href: "https://e.com/gone" }, {}, { uuid: "gone" }),
    paragraph(
      '<p>See <a href="https://e.com/?a=1&amp;b=2">this</a>, <a href="https://e.com/moved">that</a></p>',
      {},
      { uuid: "text" },
    ),
    button({ href: "{{ url }}" }, {}, { uuid: "tag" }),
    button({ href: "mailto:ann@e.com" }, {}, { uuid: "mail" }),
    button({ href: "e.com/no-scheme" }, {}, { uuid: "bare" }),
    button({ href: "https://sub.known.com/x" }, {}, { uuid: "known" }),
    button({ href: "https://e.com/robots" }, {}, { uuid: "robots" }),
    button({ href: "" }, {}, { uuid: "empty" }),
  ],
});

const links = new Map<string, LinkState>([
  ["https://e.com/gone", { state: "unreached", reason: "the server answers 404" }],
  ["https://e.com/?a=1&b=2", { state: "reached" }],
  ["https://e.com/moved", { state: "reached", redirectedTo: "https://e.com/new" }],
  ["https://e.com/robots", { state: "unknown", reason: "the site does not answer programs (403)" }],
]);

const listed = (value: Json | undefined) =>
  (Array.isArray(value) ? value : []).map(({ uuid, reasons }) => (reasons ? [uuid, ...reasons] : [uuid]));

test("broken links are found, the others are listed with why", () => {
  const report = check(page, "unreachableWebLink", { ports: { links }, allowedHosts: ["Known.com"] });
  expect([report.status, found(report)]).toEqual(["warning", [{ id: "gone", checkedElement: "https://e.com/gone" }]]);
  expect(report.findings[0]?.message).toBe("The link https://e.com/gone is broken: the server answers 404.");
  const { passed, redirected, ignored, processed } = report.facts;
  expect([listed(passed), listed(redirected), processed]).toEqual([[["text"]], [["text"]], true]);
  expect(listed(ignored)).toEqual([
    ["tag", "notApplicable"],
    ["mail", "notApplicable"],
    ["bare", "urlValidation"],
    ["known", "allowList"],
    ["robots", "missingChecked"],
  ]);
});

test("without the fetcher nothing is called broken, and nothing passed", () => {
  const { status, facts } = check(page, "unreachableWebLink");
  expect([status, facts.passed, facts.processed]).toEqual(["passed", [], false]);
  expect(listed(facts.ignored)).toContainEqual(["gone", "missingChecked"]);
});
