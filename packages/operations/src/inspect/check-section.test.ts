import { expect, test } from "vitest";
import { addImage } from "../edit/add-image.ts";
import { updateSectionStyle } from "../edit/update-section-style.ts";
import { Story, smallPage } from "../story.test.support.ts";
import { checkSection } from "./check-section.ts";

test("only what is in the section is found, and nothing of the email as a whole", () => {
  const story = new Story(smallPage());
  const { elementId } = story.run(addImage, { section: 0, src: "https://example.com/a.png" });
  const ids = (sectionId: string) => story.run(checkSection, { sectionId }).findings.map((each) => each.elementId);
  expect(ids("row-1")).toContain(elementId);
  expect(ids("row-1")).not.toContain("image-1");
  expect(ids("row-2")).toContain("image-1");
  expect(ids("row-2")).not.toContain(undefined);
});

test("contrast is judged on the colours the email gives the section", () => {
  const story = new Story(smallPage());
  const wish = { sectionId: "row-1", includeInsufficientColorContrast: true };
  expect(story.run(checkSection, wish).findings.map((each) => each.elementId)).not.toContain("title-1");
  story.run(updateSectionStyle, { sectionId: "row-1", contentAreaBackgroundColor: "#14312b" });
  expect(story.run(checkSection, wish).findings.map((each) => each.elementId)).toContain("title-1");
});

test("a check that there is only of the whole email is named as not done", () => {
  const story = new Story(smallPage());
  expect(story.run(checkSection, { sectionId: "row-1", includeMissingHeadings: true })).toEqual({
    warnings: 0,
    suggestions: 0,
    passed: 0,
    findings: [],
    notChecked: ["missingHeadings"],
  });
});

test("a block or an unknown id is refused", () => {
  const story = new Story(smallPage());
  expect(story.refusal(checkSection, { sectionId: "title-1" })).toMatchObject({ code: "INVALID_INPUT" });
  expect(story.refusal(checkSection, { sectionId: "row-3" })).toMatchObject({ code: "ELEMENT_NOT_FOUND" });
});
