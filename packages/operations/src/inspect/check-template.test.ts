import { checkCategories, checks } from "@waggle/checks";
import { expect, test } from "vitest";
import { addImage } from "../edit/add-image.ts";
import { updateImage } from "../edit/update-image.ts";
import { Story, smallPage } from "../story.test.support.ts";
import { checkTemplate } from "./check-template.ts";

test("what is to mend is named with the element, the reason and the tool, warnings first; and never the tree", () => {
  const story = new Story(smallPage());
  const answer = story.run(checkTemplate, { includeMissingAltText: true, includeMissingDetailsEmail: true });
  expect(answer).toEqual({
    warnings: 1,
    suggestions: 2,
    passed: 0,
    findings: [
      {
        elementId: "image-1",
        category: "missingAltText",
        severity: "warning",
        message: expect.stringContaining("has no alt text"),
        fix: expect.stringContaining('update_image with elementId "image-1" and alt'),
      },
      expect.objectContaining({ category: "missingDetailsEmail", fix: expect.stringContaining("set_email_metadata") }),
      expect.objectContaining({ category: "missingDetailsEmail" }),
    ],
  });
  expect(answer.findings[1]).not.toHaveProperty("elementId");
});

test("a flag that is false leaves its check out, and the others run", () => {
  const story = new Story(smallPage());
  const categories = (input: object) => story.run(checkTemplate, input).findings.map(({ category }) => category);
  expect(categories({})).toContain("missingAltText");
  expect(categories({ includeMissingAltText: false })).not.toContain("missingAltText");
  expect(categories({ includeMissingAltText: false })).toContain("missingMainLanguage");
});

test("what was mended is found no more", () => {
  const story = new Story(smallPage());
  story.run(updateImage, { elementId: "image-1", alt: "A night train" });
  expect(story.run(checkTemplate, { includeMissingAltText: true })).toEqual({
    warnings: 0,
    suggestions: 0,
    passed: 1,
    findings: [],
  });
});

test("findings beyond the limit are counted", () => {
  const story = new Story(smallPage());
  for (let made = 0; made < 4; made++) story.run(addImage, { section: 0, src: "https://example.com/a.png" });
  const { findings, more, warnings } = story.run(checkTemplate, { includeMissingAltText: true, limit: 2 });
  expect([findings.length, more, warnings]).toEqual([2, 3, 5]);
});

test("checks that need a look at the web are not said to have passed", () => {
  const story = new Story(smallPage());
  const { notChecked, passed } = story.run(checkTemplate, { includeUnreachableWebLink: true });
  expect([notChecked, passed]).toEqual([["unreachableWebLink"], 0]);
});

test("the weight of the HTML is measured", () => {
  const story = new Story(smallPage());
  expect(story.run(checkTemplate, { includeOverageHtmlWeight: true })).toMatchObject({ passed: 1, findings: [] });
  const html = `<p>${"A long letter. ".repeat(1200)}</p>`;
  const modules = Array.from({ length: 6 }, (_none, index) => ({
    uuid: `long-${index}`,
    type: "mailup-bee-newsletter-modules-paragraph",
    descriptor: { paragraph: { html } },
  }));
  const heavy = new Story({
    page: { rows: [{ uuid: "row-1", columns: [{ uuid: "column-1", "grid-columns": 12, modules }] }] },
  });
  expect(heavy.run(checkTemplate, { includeOverageHtmlWeight: true })).toMatchObject({
    warnings: 1,
    findings: [{ category: "overageHtmlWeight", fix: expect.stringContaining("delete_element") }],
  });
});

test("there is a flag for every check of an e-mail", () => {
  const flags = Object.keys(checkTemplate.input.shape).filter((name) => name.startsWith("include"));
  const categories = checkCategories.filter((category) => checks[category].media.includes("message"));
  expect(flags.map((name) => name.replace("include", "").toLowerCase())).toEqual(
    categories.map((category) => category.toLowerCase()),
  );
});

test("an unknown flag is refused with the nearest", () => {
  const story = new Story(smallPage());
  expect(story.refusal(checkTemplate, { includeMissingAltTexts: true }).message).toContain(
    "Did you mean includeMissingAltText",
  );
});
