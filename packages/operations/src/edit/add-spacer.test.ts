import { expect, test } from "vitest";
import { Story, smallPage } from "../story.test.support.ts";
import { addSpacer } from "./add-spacer.ts";

test("a spacer is 20 px high unless a height is given, and shows everywhere", () => {
  const story = new Story(smallPage());
  expect(story.run(addSpacer, { section: 0 })).toEqual({ elementId: "made-1" });
  expect(story.element("made-1")).toEqual({
    uuid: "made-1",
    type: "mailup-bee-newsletter-modules-spacer",
    locked: false,
    descriptor: {
      spacer: { style: { height: "20px" } },
      mobileStyle: {},
      computedStyle: { hideContentOnDesktop: false, hideContentOnMobile: false },
    },
  });
});

test("what is given is written, at the place that is named", () => {
  const story = new Story(smallPage());
  story.run(addSpacer, { section: 0, index: 1, height: 60, mobileHeight: 24, hideOnDesktop: true });
  expect(story.outline()[0]).toBe(
    "title Spring is here, spacer, paragraph Dear customer, our sale starts., button Click here",
  );
  expect(story.element("made-1")).toMatchObject({
    descriptor: {
      spacer: { style: { height: "60px" } },
      mobileStyle: { height: "24px" },
      computedStyle: { hideContentOnDesktop: true },
    },
  });
});

test.each([
  [{ section: 0, height: -1 }, "height has to be at least 0."],
  [{ section: 0, height: "40px" }, "height has to be a number."],
  [{ section: 0, padding: 10 }, "Unknown argument padding."],
  [{ height: 40 }, "section is required"],
])("%j is refused, and it is said why", (input, words) => {
  const story = new Story(smallPage());
  const { code, message } = story.refusal(addSpacer, input);
  expect([code, message]).toEqual(["INVALID_INPUT", expect.stringContaining(`add_spacer: ${words}`)]);
});
