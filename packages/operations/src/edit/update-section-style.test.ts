import { expect, test } from "vitest";
import { getElementDetails } from "../inspect/get-element-details.ts";
import { Story, smallPage } from "../story.test.support.ts";
import { addSection } from "./add-section.ts";
import { updateSectionStyle } from "./update-section-style.ts";

test("only what is given changes, and it is said what did", () => {
  const story = new Story(smallPage());
  const { elementId } = story.run(addSection, { columns: [12], rowBackgroundColor: "#f6efe1", columnsSpacing: 8 });
  expect(
    story.run(updateSectionStyle, {
      sectionId: elementId,
      rowBackgroundColor: "#F6EFE1",
      contentAreaBackgroundColor: "#ffffff",
      contentAreaPadding: 20,
      contentAreaPaddingTop: 44,
      verticalAlign: "middle",
      hideOnMobile: true,
    }),
  ).toEqual({
    elementId,
    changed: [
      "rowBackgroundColor",
      "contentAreaBackgroundColor",
      "contentAreaPadding",
      "contentAreaPaddingTop",
      "verticalAlign",
      "hideOnMobile",
    ],
  });
  expect(story.element(elementId)).toMatchObject({
    container: { style: { "background-color": "#F6EFE1" } },
    content: {
      style: { "background-color": "#ffffff", "padding-top": "44px", "padding-bottom": "20px", color: "#222222" },
      computedStyle: { verticalAlign: "middle", columnsSpacing: "8px", hideContentOnMobile: true },
    },
  });
});

test("a background picture covers its area, and none takes it away", () => {
  const story = new Story(smallPage());
  const sectionId = "row-2";
  story.run(updateSectionStyle, { sectionId, rowBackgroundImage: "https://example.com/paper.png" });
  expect(story.element(sectionId)).toMatchObject({
    container: {
      style: {
        "background-image": "url('https://example.com/paper.png')",
        "background-size": "cover",
        "background-position": "center center",
        "background-repeat": "no-repeat",
      },
    },
  });
  expect(story.run(getElementDetails, { elementId: sectionId }).properties).toEqual({
    rowBackgroundImage: "https://example.com/paper.png",
  });
  story.run(updateSectionStyle, { sectionId, rowBackgroundImage: "none" });
  expect(story.element(sectionId)).toMatchObject({ container: { style: { "background-image": "none" } } });
});

test.each([
  "javascript:alert(1)",
  "https://x.example/a.png'); color: red; (",
  "data:image/png;base64,AA==",
  "a b.png",
  "",
])("%j is no background picture", (rowBackgroundImage) => {
  const story = new Story(smallPage());
  expect(story.refusal(updateSectionStyle, { sectionId: "row-1", rowBackgroundImage })).toMatchObject({
    code: "INVALID_INPUT",
    data: { argument: "rowBackgroundImage" },
  });
});

test("what was read can be sent back and changes nothing", () => {
  const story = new Story(smallPage());
  const { elementId } = story.run(addSection, {
    columns: [6, 6],
    contentAreaBackgroundImage: "https://example.com/{{season}}.png",
    contentAreaBorderWidth: 1,
    contentAreaBorderColor: "#14312b",
    reverseOnMobile: true,
  });
  const { properties, updateWith } = story.run(getElementDetails, { elementId });
  expect(updateWith).toBe("update_section_style");
  expect(properties).toMatchObject({ contentAreaBorderWidth: 1, stackOnMobile: true, reverseOnMobile: true });
  expect(story.run(updateSectionStyle, { ...properties, sectionId: elementId })).toEqual({ elementId, changed: [] });
  expect(story.change).toEqual({});
});

test("a column or an unknown id is refused with what to do", () => {
  const story = new Story(smallPage());
  expect(story.refusal(updateSectionStyle, { sectionId: "column-1" })).toMatchObject({
    code: "INVALID_INPUT",
    data: { argument: "sectionId", kind: "column", allowed: ["row"] },
  });
  expect(story.refusal(updateSectionStyle, { sectionId: "row-3" })).toMatchObject({
    code: "ELEMENT_NOT_FOUND",
    data: { nearest: ["row-1", "row-2"] },
  });
  expect(story.refusal(updateSectionStyle, { rowBackgroundColor: "#ffffff" }).message).toContain(
    "sectionId is required",
  );
});
