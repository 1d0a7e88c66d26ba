import { expect, test } from "vitest";
import { check, found, module, paragraph, template, title } from "../fixtures/template.test.support.ts";

const small = (modules: Parameters<typeof template>[0]["modules"], limit?: number) =>
  found(check(template({ modules: modules ?? [] }), "insufficientFontSize", limit === undefined ? {} : { limit }));

test("text under 14 px is found, with the smallest size of its module", () => {
  const text = paragraph(
    '<p>Large <span style="font-size: 12px">small <sub>smaller</sub></span> <small>x</small></p>',
    {},
    { uuid: "text" },
  );
  const report = check(template({ modules: [text] }), "insufficientFontSize");
  expect([report.status, found(report)]).toEqual(["suggestion", [{ id: "text", mode: "both", fontSize: 12 }]]);
  expect(report.facts).toEqual({ limit: 14 });
});

test("14 px is enough, and the limit can be set", () => {
  const text = paragraph("<p>Text</p>", { "font-size": "14px" }, { uuid: "text" });
  expect(small([text])).toEqual([]);
  expect(small([text], 16)).toEqual([{ id: "text", mode: "both", fontSize: 14 }]);
});

test.each([
  ["10pt", 13.33],
  ["0.75em", 12],
  ["80%", 12.8],
  ["small", 13],
  ["13", 13],
])("a size of %s is %d px", (size, pixels) => {
  expect(small([paragraph(`<p><span style="font-size:${size}">x</span></p>`, {}, { uuid: "text" })])).toEqual([
    { id: "text", mode: "both", fontSize: pixels },
  ]);
});

test("narrow screens may have a size of their own", () => {
  const onPhones = module(
    "paragraph",
    { paragraph: { html: "<p>x</p>", style: { "font-size": "16px" } }, mobileStyle: { "font-size": "11px" } },
    { uuid: "a" },
  );
  const onScreens = module(
    "paragraph",
    { paragraph: { html: "<p>x</p>", style: { "font-size": "12px" } }, mobileStyle: { "font-size": "18px" } },
    { uuid: "b" },
  );
  expect(small([onPhones, onScreens])).toEqual([
    { id: "a", mode: "mobile", fontSize: 11 },
    { id: "b", mode: "desktop", fontSize: 12 },
  ]);
});

test("head and body of a table are told apart", () => {
  const table = module("table", {
    table: {
      content: { headers: [{ cells: [{ html: "Head" }] }], rows: [{ cells: [{ html: "Body" }] }] },
      style: { "font-size": "12px" },
      computedStyle: { headersFontSize: "11px" },
    },
  });
  const report = check(template({ modules: [table] }), "insufficientFontSize");
  expect(report.findings.map(({ element, data }) => [element?.widgetType, data.fontSize])).toEqual([
    ["table-header", 11],
    ["table-content", 12],
  ]);
});

test("text that nobody sees is not judged", () => {
  expect(small([title('<span style="display:none;font-size:1px">hidden</span>&#8203;Hello')])).toEqual([]);
});
