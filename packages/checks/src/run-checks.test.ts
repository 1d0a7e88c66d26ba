import { WaggleError } from "@waggle/contract";
import { expect, test } from "vitest";
import { checkAnswer } from "./answer.ts";
import { checks } from "./catalogue.ts";
import { checkCategories, findCategory } from "./categories.ts";
import {
  button,
  check,
  found,
  image,
  module,
  paragraph,
  snapshotOf,
  template,
  title,
} from "./fixtures/template.test.support.ts";
import { addressesToFetch, checksFor, runChecks } from "./run-checks.ts";

test("the categories are those of the contract", () => {
  expect(checkCategories).toEqual([
    "missingAltText",
    "missingCopyLink",
    "missingImageLink",
    "overageImageWeight",
    "missingDetailsEmail",
    "missingDetailsPage",
    "overageHtmlWeight",
    "missingHeadings",
    "overageHeadings",
    "missingMainLanguage",
    "insufficientColorContrast",
    "insufficientFontSize",
    "unreachableWebLink",
  ]);
  expect(checkCategories.map((category) => checks[category].category)).toEqual(checkCategories);
});

test.each([
  ["missingEmailDetail", "missingDetailsEmail"],
  ["missingDetailsEmail", "missingDetailsEmail"],
  ["missingAltTexts", undefined],
  ["constructor", undefined],
  ["__proto__", undefined],
])("%s is read as %s", (name, category) => {
  expect(findCategory(name)).toBe(category);
});

test("each medium has its checks", () => {
  const namesFor = (medium: "message" | "page" | "row") => checksFor(medium).map(({ category }) => category);
  const all = [...checkCategories];
  expect(namesFor("message")).toEqual(all.filter((category) => category !== "missingDetailsPage"));
  expect(namesFor("page")).toEqual(
    all.filter((category) => !["missingDetailsEmail", "overageHtmlWeight"].includes(category)),
  );
  expect(namesFor("row")).toEqual([
    "missingAltText",
    "missingCopyLink",
    "missingImageLink",
    "overageImageWeight",
    "insufficientColorContrast",
    "insufficientFontSize",
    "unreachableWebLink",
  ]);
});

test("a check that there is not for a medium is refused with those there are", () => {
  const run = () => runChecks(template({}), { medium: "row", categories: [{ category: "missingDetailsEmail" }] });
  expect(run).toThrow(WaggleError);
  expect(run).toThrow(
    /^missingDetailsEmail is no check of a row, but of a message\. For a row there are: missingAltText, /,
  );
});

test("a sound e-mail passes everything", () => {
  const sound = template({ modules: [title("Hello {{ name }}"), paragraph("<p>Text</p>"), image({}), button({})] });
  const reports = runChecks(sound, { medium: "message", ports: { html: () => "<html></html>" } });
  expect(reports.map(({ category, status }) => [category, status])).toEqual(
    checksFor("message").map(({ category }) => [category, "passed"]),
  );
});

test("the answer is the contract's: counts of findings, the worst status, uuid of the module", () => {
  const page = template({
    modules: [image({ alt: "", href: "" }, { uuid: "a" }), image({ alt: "" }, { uuid: "b" })],
    row: { synced: true },
  });
  const categories = [
    { category: "missingAltText" },
    { category: "missingImageLink" },
    { category: "insufficientFontSize" },
  ] as const;
  const answer = checkAnswer(runChecks(page, { medium: "message", categories }), { language: "default", now: 0 });
  const [alt, link, size] = answer.checks;
  expect({ ...answer, checks: [] }).toEqual({
    language: "default",
    status: "warning",
    checks: [],
    checksFailedCount: 3,
    checksWarningCount: 2,
    checksSuggestionCount: 1,
    dateTime: "1970-01-01T00:00:00.000Z",
  });
  expect(alt).toMatchObject({ type: "missingAltText", targetsCount: 2, checkStatus: "warning" });
  expect(alt?.targets[0]).toEqual({
    uuid: "a",
    widgetType: "image",
    widgetLabel: "a.png",
    locked: false,
    synced: true,
    moduleIndex: 0,
    message: "The picture “a.png” has no alt text: who does not see it learns nothing of it.",
    fix: 'Say what it shows: update_image with elementId "a" and alt.',
  });
  expect(link).toMatchObject({ type: "missingImageLink", targetsCount: 1, checkStatus: "suggestion" });
  expect(size).toEqual({
    type: "insufficientFontSize",
    targetsCount: 0,
    checkStatus: "passed",
    targets: [],
    limit: 14,
  });
});

test("details of the document have no element", () => {
  const answer = checkAnswer([check(snapshotOf({ page: { rows: [] } }), "missingMainLanguage")], {
    language: "default",
    now: 0,
  });
  expect(answer.checks[0]?.targets).toEqual([
    { detailType: "no-main-language", message: expect.any(String), fix: expect.stringContaining("set_email_metadata") },
  ]);
});

const translations = { "it-IT": { alt: " ", src: "https://e.com/it.png" }, de: { alt: "Ein Bild" } };
const manyLanguages = template({
  page: { head: { meta: { lang: "en" } } },
  modules: [
    image({ alt: "A picture", translations }, { uuid: "picture" }),
    module("heading", {
      heading: { title: "h1", text: "Hello", translations: { "it-IT": { text: "<i></i>" } } },
    }),
    module(
      "menu",
      {
        menuItemsList: {
          items: [
            { text: "Home", link: { href: "https://e.com" }, translations: { "it-IT": { link: { href: "#" } } } },
          ],
        },
      },
      { uuid: "menu" },
    ),
  ],
});

test("each language is checked as its readers get it", () => {
  const run = (language?: string) =>
    (["missingAltText", "missingHeadings", "missingCopyLink"] as const).map((category) =>
      found(check(manyLanguages, category, language ? { language } : {})),
    );
  expect([run(), run("de"), run("en-GB")]).toEqual([
    [[], [], []],
    [[], [], []],
    [[], [], []],
  ]);
  expect(run("it-IT")).toEqual([
    [{ id: "picture" }],
    [{ detailType: "no-heading" }],
    [{ id: "menu", subModuleIndex: 0 }],
  ]);
});

test("a language that a template is not in is refused with those it is in", () => {
  const run = () => check(manyLanguages, "missingAltText", { language: "fr" });
  expect(run).toThrow("The template has no translation “fr”. It has: de, it-IT.");
  expect(
    check(template({ modules: [image({ alt: "" })] }), "missingAltText", { language: "fr" }).findings,
  ).toHaveLength(1);
});

test("what is fetched are the web addresses people see, in their language", () => {
  const page = template({
    modules: [
      image({ src: "data:image/png;base64,AA==", href: "mailto:a@e.com" }),
      image({ src: "https://e.com/a.png", href: " https://e.com/1 ", translations }),
      image({ src: "https://e.com/a.png", href: "{{ url }}" }),
      paragraph('<p><a href="https://e.com/1">x</a><a href="https://e.com/2">y</a></p>'),
    ],
  });
  expect(addressesToFetch(page)).toEqual({
    pictures: ["https://e.com/a.png"],
    links: ["https://e.com/1", "https://e.com/2"],
  });
  expect(addressesToFetch(page, { language: "it-IT" }).pictures).toEqual([
    "https://e.com/it.png",
    "https://e.com/a.png",
  ]);
});
