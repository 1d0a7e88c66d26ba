import { expect, test } from "vitest";
import { Story, smallPage } from "../story.test.support.ts";
import { addDivider } from "./add-divider.ts";

test("a divider is a thin grey line across the column", () => {
  const story = new Story(smallPage());
  expect(story.run(addDivider, { section: 1, column: 1 })).toEqual({ elementId: "made-1" });
  expect(story.element("made-1")).toEqual({
    uuid: "made-1",
    type: "mailup-bee-newsletter-modules-divider",
    locked: false,
    descriptor: {
      divider: { style: { "border-top": "1px solid #dddddd", width: "100%" } },
      style: { "padding-top": "10px", "padding-right": "10px", "padding-bottom": "10px", "padding-left": "10px" },
      mobileStyle: {},
      computedStyle: { align: "center", hideContentOnDesktop: false, hideContentOnMobile: false },
    },
  });
});

test.each([
  ["2px dashed #c8432b", "2px dashed #c8432b"],
  ["  1.5PX   Dotted   rgb(1, 2, 3) ", "1.5px dotted rgb(1, 2, 3)"],
  ["3 solid red", "3px solid red"],
  ["none", "0px solid transparent"],
])("the line %j is stored as %j", (line, stored) => {
  const story = new Story(smallPage());
  const { elementId } = story.run(addDivider, { section: 0, line });
  expect(story.element(elementId)).toMatchObject({
    descriptor: { divider: { style: { "border-top": stored } } },
  });
});

test.each([
  "1px",
  "solid",
  "1px solid",
  "1px wavy #000000",
  "1px solid #00",
  "1px solid red; color: blue",
  "900px solid red",
])("the line %j is refused with an example", (line) => {
  const story = new Story(smallPage());
  expect(story.refusal(addDivider, { section: 0, line })).toEqual({
    code: "INVALID_INPUT",
    message: 'add_divider: line has to be a line, like "1px solid #dddddd" (solid, dashed, dotted or double), or none.',
    data: { argument: "line" },
  });
});

test("a width is pixels or a share of the column", () => {
  const story = new Story(smallPage());
  const stored = [120, "50%", "100%"].map((width) => {
    const { elementId } = story.run(addDivider, { section: 0, width });
    return story.element(elementId);
  });
  expect(stored).toMatchObject(
    ["120px", "50%", "100%"].map((width) => ({ descriptor: { divider: { style: { width } } } })),
  );
  for (const width of [0, 5000, "0%", "120%", "50", "half"])
    expect(story.refusal(addDivider, { section: 0, width }).message).toBe(
      'add_divider: width has to be a number of pixels, 1 to 2000, or a share, like "50%".',
    );
});
