import { expect, test } from "vitest";
import { Story, smallPage } from "../story.test.support.ts";
import { updateTitle } from "./update-title.ts";

test("new words are a delta of the text, not a new value", () => {
  const story = new Story(smallPage());
  expect(story.run(updateTitle, { elementId: "title-1", text: "Autumn is here" })).toEqual({
    elementId: "title-1",
    changed: ["text"],
  });
  expect(story.change).toEqual({
    "title-1": { "/descriptor/heading/text": { text: [{ insert: "Autumn" }, { remove: "Spring" }] } },
  });
});

test("only what differs is changed and named", () => {
  const story = new Story(smallPage());
  const { changed } = story.run(updateTitle, {
    elementId: "title-1",
    text: "Spring is here",
    fontSize: 30,
    color: "#222222",
  });
  expect(changed).toEqual(["color"]);
  expect(story.change).toEqual({
    "title-1": { "/descriptor/heading/style/color": { before: "#111111", after: "#222222" } },
  });
});

test("markup is kept as formatting", () => {
  const story = new Story(smallPage());
  story.run(updateTitle, { elementId: "title-1", text: "Spring is <em>here</em>" });
  expect(story.element("title-1")).toMatchObject({ descriptor: { heading: { text: "Spring is <em>here</em>" } } });
});

test("a whole title that is a link stays one when its words change", () => {
  const page = smallPage();
  const story = new Story(page);
  story.run(updateTitle, { elementId: "title-1", text: '<a href="https://example.com">Spring is here</a>' });
  story.run(updateTitle, { elementId: "title-1", text: "Autumn" });
  expect(story.element("title-1")).toMatchObject({
    descriptor: { heading: { text: '<a href="https://example.com">Autumn</a>' } },
  });
});

test("an unknown id is refused with the nearest ones", () => {
  const story = new Story(smallPage());
  expect(story.refusal(updateTitle, { elementId: "titel-1", text: "x" })).toEqual({
    code: "ELEMENT_NOT_FOUND",
    message:
      "elementId: there is no element titel-1 (it may have been deleted). Nearest: title-1 (title). Call get_content_hierarchy for the ids there are.",
    data: { argument: "elementId", elementId: "titel-1", nearest: ["title-1"] },
  });
});

test("another type is refused by name", () => {
  const story = new Story(smallPage());
  expect(story.refusal(updateTitle, { elementId: "button-1", text: "x" })).toMatchObject({
    code: "INVALID_INPUT",
    message: expect.stringContaining("button-1 is a button, and update_title changes a title"),
  });
});

test("a level beyond h3 is refused with what is allowed", () => {
  const story = new Story(smallPage());
  expect(story.refusal(updateTitle, { elementId: "title-1", headingLevel: "h4" })).toMatchObject({
    message: "update_title: headingLevel has to be h1 or h2 or h3.",
    data: { argument: "headingLevel", allowed: ["h1", "h2", "h3"] },
  });
});
