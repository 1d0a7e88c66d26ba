import { expect, test } from "vitest";
import { check, found, module, paragraph, snapshotOf, template, title } from "../fixtures/template.test.support.ts";

const bare = snapshotOf({ page: { rows: [] } });

test("an e-mail lacks a subject and a preheader, a page a title and a description", () => {
  expect(found(check(bare, "missingDetailsEmail"))).toEqual([{ detailType: "subject" }, { detailType: "preheader" }]);
  expect(found(check(bare, "missingDetailsPage", { medium: "page" }))).toEqual([
    { detailType: "title" },
    { detailType: "description" },
  ]);
  expect(check(bare, "missingDetailsEmail").status).toBe("suggestion");
});

test("details count wherever templates keep them, merge tags included", () => {
  const page = snapshotOf({
    page: { title: "T", description: "D", head: { meta: { subject: "{{ subject }}", preheader: "P" } }, rows: [] },
  });
  expect([
    check(page, "missingDetailsEmail").status,
    check(page, "missingDetailsPage", { medium: "page" }).status,
  ]).toEqual(["passed", "passed"]);
});

test("the language is missing until one is named", () => {
  expect(found(check(bare, "missingMainLanguage"))).toEqual([{ detailType: "no-main-language" }]);
  expect(check(bare, "missingMainLanguage").status).toBe("warning");
  const named = [{ head: { meta: { lang: "en" } } }, { language: { value: "it-IT", label: "Italiano" } }];
  expect(named.map((page) => check(snapshotOf({ page: { ...page, rows: [] } }), "missingMainLanguage").status)).toEqual(
    ["passed", "passed"],
  );
});

test("text without a heading is found, an empty heading is none", () => {
  const without = template({ modules: [paragraph("<p>Hello</p>"), title("&nbsp;")] });
  const report = check(without, "missingHeadings");
  expect([report.status, found(report)]).toEqual(["warning", [{ detailType: "no-heading" }]]);
});

test.each([
  ["a title", [title("Hello"), paragraph("<p>Text</p>")]],
  ["a heading inside a text", [paragraph("<h3>Hello</h3><p>Text</p>")]],
  ["a heading in an HTML module", [module("html", { html: { html: "<h1>Hello</h1>" } }), paragraph("<p>Text</p>")]],
  ["no text at all", []],
])("with %s nothing is missing", (_what, modules) => {
  expect(check(template({ modules }), "missingHeadings").findings).toEqual([]);
});

test("one main heading is right: none and several are found", () => {
  const none = template({ modules: [title("A", { title: "h2" })] });
  expect(found(check(none, "overageHeadings"))).toEqual([{ detailType: "no-h1-heading" }]);
  const two = template({ modules: [title("A", {}, { uuid: "a" }), title("B", {}, { uuid: "b" })] });
  const report = check(two, "overageHeadings");
  expect([report.status, found(report)]).toEqual([
    "suggestion",
    [
      { id: "a", title: "h1" },
      { id: "b", title: "h1" },
    ],
  ]);
  expect(report.findings.map(({ element }) => element?.label)).toEqual(["A", "B"]);
  const one = template({ modules: [title("A"), title("B", { title: "h2" })] });
  expect(check(one, "overageHeadings").findings).toEqual([]);
  expect(check(two, "overageHeadings", { limit: 2 }).findings).toEqual([]);
});
