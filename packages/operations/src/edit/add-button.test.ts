import { expect, test } from "vitest";
import { Story, smallPage } from "../story.test.support.ts";
import { addButton } from "./add-button.ts";

test("a button takes the link colour of the page, and a text colour that reads on it", () => {
  const story = new Story(smallPage());
  expect(story.run(addButton, { section: 0, text: "Book", href: "https://example.com" })).toEqual({
    elementId: "made-1",
  });
  expect(story.element("made-1")).toMatchObject({
    type: "mailup-bee-newsletter-modules-button",
    descriptor: {
      button: {
        label: '<div class="txtTinyMce-wrapper"><p style="word-break: break-word;">Book</p></div>',
        href: "https://example.com",
        target: "_blank",
        style: { "background-color": "#c8432b", color: "#ffffff", "border-radius": "4px", width: "auto" },
      },
    },
  });
});

test("a light fill gets dark text", () => {
  const story = new Story(smallPage());
  story.run(addButton, {
    section: 0,
    text: "Book",
    href: "#",
    backgroundColor: "#fbf5e9",
    width: 50,
    borderWidth: 2,
    borderColor: "#14312b",
  });
  expect(story.element("made-1")).toMatchObject({
    descriptor: {
      button: {
        style: {
          color: "#000000",
          width: "50%",
          "border-top": "2px solid #14312b",
          "border-left": "2px solid #14312b",
        },
      },
    },
  });
});

test("a button without a link is told", () => {
  const story = new Story(smallPage());
  expect(story.run(addButton, { section: 0, text: "Book" }).warnings).toEqual([
    "The button leads nowhere yet: set href with update_button.",
  ]);
});

test.each(["javascript:alert(1)", "java\tscript:alert(1)", "data:text/html,x", " vbscript:x"])(
  "%j is no link",
  (href) => {
    const story = new Story(smallPage());
    expect(story.refusal(addButton, { section: 0, text: "x", href })).toMatchObject({
      code: "INVALID_INPUT",
      data: { argument: "href" },
    });
  },
);

test.each(["https://x.example/?a=1:2", "mailto:a@b.c", "{{ url }}", "*|UNSUB|*", "#top", "/path"])(
  "%j is a link",
  (href) => {
    const story = new Story(smallPage());
    const { elementId } = story.run(addButton, { section: 0, text: "x", href });
    expect(story.element(elementId)).toMatchObject({ descriptor: { button: { href } } });
  },
);

test("a button needs text", () => {
  const story = new Story(smallPage());
  expect(story.refusal(addButton, { section: 0 }).message).toBe("add_button: text is required: it has to be text.");
});

test("a table is no text of a button", () => {
  const story = new Story(smallPage());
  const { code, data } = story.refusal(addButton, { section: 0, text: "<table><tr><td>x</td></tr></table>" });
  expect([code, data]).toEqual(["INVALID_INPUT", { argument: "text" }]);
});
