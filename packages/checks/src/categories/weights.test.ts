import { expect, test } from "vitest";
import { check, found, image, module, template } from "../fixtures/template.test.support.ts";
import { utf8Length } from "./overage-html-weight.ts";

const embedded = (bytes: number): string => `data:image/png;base64,${Buffer.alloc(bytes, 7).toString("base64")}`;

test("pictures over the limit are found: embedded ones by themselves, others by what the fetcher says", () => {
  const page = template({
    modules: [
      image({ src: embedded(600 * 1024) }, { uuid: "heavy" }),
      image({ src: embedded(400 * 1024) }, { uuid: "light" }),
      image({ src: "https://e.com/far.png" }, { uuid: "far" }),
      image({ src: "https://e.com/gone.png" }, { uuid: "gone" }),
      image({ src: "{{ picture }}" }, { uuid: "tag" }),
    ],
  });
  const pictures = new Map([
    ["https://e.com/far.png", { bytes: 2 * 1024 * 1024 }],
    ["https://e.com/gone.png", { failed: "the server answers 404" }],
  ]);
  const report = check(page, "overageImageWeight", { ports: { pictures } });
  expect([report.status, found(report)]).toEqual([
    "suggestion",
    [
      { id: "heavy", weight: 600 },
      { id: "far", weight: 2048 },
    ],
  ]);
  expect(report.facts).toEqual({ limit: 500, evaluated: 3, errored: 1, processed: true });
});

test("the limit is that of the medium unless the request names one", () => {
  const page = template({ modules: [image({ src: embedded(600 * 1024) })] });
  const counts = [
    check(page, "overageImageWeight"),
    check(page, "overageImageWeight", { medium: "page" }),
    check(page, "overageImageWeight", { medium: "row" }),
    check(page, "overageImageWeight", { limit: 600 }),
    check(page, "overageImageWeight", { limit: 599.9 }),
  ].map(({ findings }) => findings.length);
  expect(counts).toEqual([1, 0, 1, 0, 1]);
});

test("without the fetcher the check says that it did not look", () => {
  const page = template({ modules: [image({ src: "https://e.com/far.png" })] });
  expect(check(page, "overageImageWeight").facts).toEqual({ limit: 500, evaluated: 0, errored: 0, processed: false });
});

test("backgrounds and pictures in markup are weighed as well, each once a module", () => {
  const heavy = embedded(600 * 1024);
  const page = template({
    modules: [module("html", { html: { html: `<img src="${heavy}"><img src='${heavy}'>` } }, { uuid: "html" })],
    row: { container: { style: { "background-image": "url('https://e.com/back.png')" } } },
  });
  const pictures = new Map([["https://e.com/back.png", { bytes: 600 * 1024 }]]);
  expect(found(check(page, "overageImageWeight", { ports: { pictures } }))).toEqual([
    { id: "row", weight: 600 },
    { id: "html", weight: 600 },
  ]);
});

test("HTML over the limit is found, with its weight either way", () => {
  const page = template({ row: { container: { displayCondition: { before: "{% if a %}", after: "{% endif %}" } } } });
  const html = (_template: unknown, { beautified }: { beautified: boolean }) =>
    "ü".repeat(beautified ? 60 * 1024 : 30 * 1024);
  const heavy = check(page, "overageHtmlWeight", { ports: { html } });
  expect([heavy.status, found(heavy)]).toEqual(["warning", [{ weight: 120, beautified: true }]]);
  expect(heavy.facts).toEqual({ limit: 80, maxWeight: 120, displayConditions: true, processed: true });
  expect(heavy.findings[0]?.message).toBe("The HTML has 120 KB: Gmail cuts off its end.");
  const light = check(template({}), "overageHtmlWeight", { ports: { html }, beautified: false });
  expect([light.status, light.facts]).toEqual([
    "passed",
    { limit: 80, maxWeight: 60, displayConditions: false, processed: true },
  ]);
});

test("without anything that renders, the weight of the HTML is not known", () => {
  expect(check(template({}), "overageHtmlWeight").facts).toEqual({
    limit: 80,
    maxWeight: null,
    displayConditions: false,
    processed: false,
  });
});

test.each(["", "plain", "äöü", "…漢字", "🐝 and \ud800 alone"])("bytes of %j are those of UTF-8", (text) => {
  expect(utf8Length(text)).toBe(Buffer.byteLength(text));
});
