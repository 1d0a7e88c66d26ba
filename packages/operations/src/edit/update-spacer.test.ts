import { expect, test } from "vitest";
import { getElementDetails } from "../inspect/get-element-details.ts";
import { Story, smallPage } from "../story.test.support.ts";
import { addSpacer } from "./add-spacer.ts";
import { updateSpacer } from "./update-spacer.ts";

test("only what is given changes", () => {
  const story = new Story(smallPage());
  const { elementId } = story.run(addSpacer, { section: 0, height: 60, mobileHeight: 24, backgroundColor: "#595959" });
  expect(story.run(updateSpacer, { elementId, height: 30, hideOnMobile: true })).toEqual({
    elementId,
    changed: ["height", "hideOnMobile"],
  });
  expect(story.element(elementId)).toMatchObject({
    descriptor: {
      spacer: { style: { height: "30px", "background-color": "#595959" } },
      mobileStyle: { height: "24px" },
      computedStyle: { hideContentOnMobile: true, hideContentOnDesktop: false },
    },
  });
});

test("what was read can be sent back and changes nothing", () => {
  const story = new Story(smallPage());
  const { elementId } = story.run(addSpacer, { section: 0, height: 60, mobileHeight: 24 });
  const { properties, updateWith } = story.run(getElementDetails, { elementId });
  expect([updateWith, properties]).toEqual([
    "update_spacer",
    { height: 60, mobileHeight: 24, hideOnMobile: false, hideOnDesktop: false },
  ]);
  expect(story.run(updateSpacer, { ...properties, elementId })).toEqual({ elementId, changed: [] });
  expect(story.change).toEqual({});
});

test("a block of another type is refused with what it is", () => {
  const story = new Story(smallPage());
  expect(story.refusal(updateSpacer, { elementId: "title-1", height: 10 })).toMatchObject({
    code: "INVALID_INPUT",
    message: expect.stringContaining("title-1 is a title, and update_spacer changes a spacer"),
  });
  expect(story.refusal(updateSpacer, { elementId: "gone", height: 10 }).code).toBe("ELEMENT_NOT_FOUND");
});
