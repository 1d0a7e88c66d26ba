import { expect, test } from "vitest";
import { emptyPage, Story, smallPage } from "../story.test.support.ts";
import { addButton } from "./add-button.ts";
import { setEmailDefaultStyles } from "./set-email-default-styles.ts";

const all = {
  contentAreaWidth: 640,
  contentAreaAlignment: "left",
  backgroundColor: "#f6efe1",
  contentAreaBackgroundColor: "transparent",
  fontFamily: "Georgia, 'Times New Roman', serif",
  linkColor: "#14312b",
} as const;

test("each style stands where templates have it", () => {
  const story = new Story(emptyPage());
  expect(story.run(setEmailDefaultStyles, all)).toEqual({ changed: Object.keys(all), current: all });
  expect(story.export()).toMatchObject({
    page: {
      body: {
        container: { style: { "background-color": "#f6efe1" } },
        content: {
          style: { "font-family": "Georgia, 'Times New Roman', serif" },
          computedStyle: {
            messageWidth: "640px",
            align: "left",
            messageBackgroundColor: "transparent",
            linkColor: "#14312b",
          },
        },
      },
    },
  });
});

test("blocks keep what they set themselves, and new ones take the new colour", () => {
  const story = new Story(smallPage());
  const before = story.element("row-1");
  expect(story.run(setEmailDefaultStyles, { linkColor: "#14312b" }).changed).toEqual(["linkColor"]);
  expect(story.change).toEqual({
    settings: { "/page/body/content/computedStyle/linkColor": { before: "#c8432b", after: "#14312b" } },
  });
  expect(story.element("row-1")).toEqual(before);
  story.run(addButton, { section: 0, text: "Book", href: "#" });
  expect(story.element("made-1")).toMatchObject({
    descriptor: { button: { style: { "background-color": "#14312b" } } },
  });
});

test("what stands there already is no change", () => {
  const story = new Story(smallPage());
  const { current } = story.run(setEmailDefaultStyles, {});
  expect(current).toEqual({ contentAreaWidth: 640, linkColor: "#c8432b" });
  expect(story.run(setEmailDefaultStyles, current).changed).toEqual([]);
});

test.each([
  [{ contentAreaWidth: 100 }, "contentAreaWidth has to be at least 320."],
  [{ contentAreaAlignment: "right" }, "contentAreaAlignment has to be left or center."],
  [{ backgroundColor: "red; position: fixed" }, "backgroundColor has to be a colour, like #1a2b3c or transparent."],
  [
    { fontFamily: "x; color: red" },
    "fontFamily has to be a list of font names, like Georgia, 'Times New Roman', serif.",
  ],
  [{ linkColour: "#fff" }, "Unknown argument linkColour. Did you mean linkColor?"],
])("%j is refused in words", (input, message) => {
  const refusal = new Story(smallPage()).refusal(setEmailDefaultStyles, input);
  expect([refusal.code, refusal.message]).toEqual(["INVALID_INPUT", expect.stringContaining(message)]);
});
