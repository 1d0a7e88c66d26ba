import { expect, test } from "vitest";
import { emptyPage, Story, smallPage } from "../story.test.support.ts";
import { addTitle } from "./add-title.ts";

test("a title is added at the end of the first column, complete and in the colours of the page", () => {
  const story = new Story(smallPage());
  expect(story.run(addTitle, { section: 0, text: "Three slow ways out" })).toEqual({ elementId: "made-1" });
  expect(story.outline()[0]).toContain("button Click here, title Three slow ways out");
  expect(story.element("made-1")).toMatchObject({
    type: "mailup-bee-newsletter-modules-heading",
    locked: false,
    descriptor: {
      heading: {
        title: "h2",
        text: "Three slow ways out",
        style: { color: "#222222", "link-color": "#c8432b", "font-size": "24px", "line-height": "120%" },
      },
      style: { "padding-top": "10px" },
      computedStyle: { hideContentOnMobile: false },
    },
  });
});

test("every argument lands in the JSON in its unit", () => {
  const story = new Story(smallPage());
  story.run(addTitle, {
    section: "row-2",
    column: 1,
    index: 0,
    text: "A <b>bold</b> word",
    headingLevel: "h1",
    fontSize: 40,
    fontWeight: 500,
    lineHeight: 1.25,
    textAlign: "center",
    padding: 8,
    mobileFontSize: 28,
    hideOnDesktop: true,
  });
  expect(story.outline()[1]).toBe("image | title A bold word, text Old text");
  expect(story.element("made-1")).toMatchObject({
    descriptor: {
      heading: {
        title: "h1",
        text: "A <b>bold</b> word",
        style: { "font-size": "40px", "font-weight": "500", "line-height": "125%", "text-align": "center" },
      },
      style: { "padding-left": "8px" },
      mobileStyle: { "font-size": "28px" },
      computedStyle: { hideContentOnDesktop: true },
    },
  });
});

test("an h1 is larger than an h2 unless a size is given", () => {
  const story = new Story(smallPage());
  story.run(addTitle, { section: 0, text: "Big", headingLevel: "h1" });
  expect(story.element("made-1")).toMatchObject({ descriptor: { heading: { style: { "font-size": "32px" } } } });
});

test("paragraphs in a title become one line with breaks", () => {
  const story = new Story(smallPage());
  story.run(addTitle, { section: 0, text: "<p>First</p><p>Second</p>" });
  expect(story.element("made-1")).toMatchObject({ descriptor: { heading: { text: "First<br>Second" } } });
});

test("an index past the end is the end, and the answer says so", () => {
  const story = new Story(smallPage());
  const { warnings } = story.run(addTitle, { section: 0, index: 9, text: "Late" });
  expect(warnings).toEqual(["index 9 is past the end of the column; the block was added at 3."]);
});

test("announced merge tags that are not there are told", () => {
  const story = new Story(smallPage());
  expect(story.run(addTitle, { section: 0, text: "Hello", mergeTagPassed: true }).warnings).toHaveLength(1);
  expect(story.run(addTitle, { section: 0, text: "Hello {{ name }}", mergeTagPassed: true }).warnings).toBeUndefined();
});

test("a section that does not exist is refused with what there is", () => {
  const story = new Story(smallPage());
  expect(story.refusal(addTitle, { section: 4, text: "x" })).toEqual({
    code: "INVALID_INPUT",
    message: "section: 4 does not exist. The email has 2 sections: 0 to 1 can be used.",
    data: { argument: "section", allowed: ["row-1", "row-2"], nearest: ["row-2"] },
  });
  expect(story.refusal(addTitle, { section: "row-3", text: "x" })).toMatchObject({
    code: "ELEMENT_NOT_FOUND",
    data: { argument: "section", elementId: "row-3", nearest: ["row-1", "row-2"] },
  });
});

test("a column that does not exist is refused", () => {
  const story = new Story(smallPage());
  expect(story.refusal(addTitle, { section: 0, column: 1, text: "x" }).message).toBe(
    "column: 1 does not exist. The section has 1 column: only 0 can be used.",
  );
});

test("without sections the refusal says what to do first", () => {
  const story = new Story(emptyPage());
  expect(story.refusal(addTitle, { section: 0, text: "x" }).message).toContain("Call add_section first.");
});

test("an unknown argument is refused with the nearest known one", () => {
  const story = new Story(smallPage());
  const { message, data } = story.refusal(addTitle, { section: 0, text: "x", colour: "#fff" });
  expect(message).toContain("Unknown argument colour. Did you mean color?");
  expect(data).toMatchObject({ argument: "colour", nearest: ["color"] });
});

test("a colour that would leave its declaration is refused", () => {
  const story = new Story(smallPage());
  expect(story.refusal(addTitle, { section: 0, text: "x", color: "red;position:fixed" }).message).toBe(
    "add_title: color has to be a colour, like #1a2b3c or transparent.",
  );
});
