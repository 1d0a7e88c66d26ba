import { expect, test } from "vitest";
import { Story, smallPage } from "../story.test.support.ts";
import { updateButton } from "./update-button.ts";

test("a new label keeps the wrapper and the formatting of the old one", () => {
  const story = new Story(smallPage());
  story.run(updateButton, { elementId: "button-1", text: "Find a night train" });
  expect(story.element("button-1")).toMatchObject({
    descriptor: {
      button: {
        label:
          '<div class="txtTinyMce-wrapper" style=""><p style="word-break: break-word;"><strong>Find a night train</strong></p></div>',
      },
    },
  });
});

test("link, colours and border are written where the template has them", () => {
  const story = new Story(smallPage());
  const { changed } = story.run(updateButton, {
    elementId: "button-1",
    href: "https://example.com/new",
    backgroundColor: "#14312b",
    borderWidth: 1,
    borderColor: "#ffffff",
    align: "right",
  });
  expect(changed).toEqual(["href", "backgroundColor", "borderWidth", "borderColor", "align"]);
  expect(story.element("button-1")).toMatchObject({
    descriptor: {
      button: {
        href: "https://example.com/new",
        style: {
          "background-color": "#14312b",
          "border-top": "1px solid #ffffff",
          "border-bottom": "1px solid #ffffff",
        },
      },
      style: { "text-align": "right", "padding-top": "10px" },
    },
  });
});

test("padding for all sides gives way to a side that is named too", () => {
  const story = new Story(smallPage());
  story.run(updateButton, { elementId: "button-1", padding: 12, paddingLeft: 40 });
  expect(story.element("button-1")).toMatchObject({
    descriptor: { style: { "padding-top": "12px", "padding-right": "12px", "padding-left": "40px" } },
  });
});

test("an empty label is refused", () => {
  const story = new Story(smallPage());
  expect(story.refusal(updateButton, { elementId: "button-1", text: "" }).message).toBe(
    "update_button: text has to be at least 1 characters long.",
  );
});

test("a deleted button cannot be changed", () => {
  const story = new Story(smallPage());
  expect(story.refusal(updateButton, { elementId: "gone", text: "x" }).code).toBe("ELEMENT_NOT_FOUND");
});
