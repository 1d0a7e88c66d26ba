import { expect, test } from "vitest";
import { Story, smallPage } from "../story.test.support.ts";
import { updateParagraph } from "./update-paragraph.ts";

test("plain text keeps the paragraph's own style", () => {
  const story = new Story(smallPage());
  story.run(updateParagraph, { elementId: "paragraph-1", html: "Dear customer, our sale ends." });
  expect(story.element("paragraph-1")).toMatchObject({
    descriptor: { paragraph: { html: '<p style="margin: 0;">Dear customer, our sale ends.</p>' } },
  });
  expect(Object.keys(story.change["paragraph-1"]?.["/descriptor/paragraph/html"] ?? {})).toEqual(["text"]);
});

test("HTML with paragraphs of its own replaces them", () => {
  const story = new Story(smallPage());
  story.run(updateParagraph, { elementId: "paragraph-1", html: "<p>One</p><p>Two</p>" });
  expect(story.element("paragraph-1")).toMatchObject({ descriptor: { paragraph: { html: "<p>One</p><p>Two</p>" } } });
});

test("lists become part of the text", () => {
  const story = new Story(smallPage());
  const html = "<p>Bring:</p><ul><li>a book</li><li>a mug</li></ul>";
  story.run(updateParagraph, { elementId: "paragraph-1", html });
  expect(story.element("paragraph-1")).toMatchObject({ descriptor: { paragraph: { html } } });
});

test("a variant for phones is written where an empty list stood", () => {
  const story = new Story(smallPage());
  const { changed } = story.run(updateParagraph, {
    elementId: "paragraph-1",
    mobileFontSize: 14,
    mobilePaddingLeft: 0,
  });
  expect(changed).toEqual(["mobileFontSize", "mobilePaddingLeft"]);
  expect(story.element("paragraph-1")).toMatchObject({
    descriptor: { mobileStyle: { "font-size": "14px", "padding-left": "0px" } },
  });
});

test("a text block of an older template is changed inside its wrapper", () => {
  const story = new Story(smallPage());
  story.run(updateParagraph, { elementId: "text-1", html: "New text", color: "#111111" });
  expect(story.element("text-1")).toMatchObject({
    descriptor: {
      text: { html: '<div class="txtTinyMce-wrapper"><p>New text</p></div>', style: { color: "#111111" } },
    },
  });
});

test("what an older text block cannot hold is refused with what it can", () => {
  const story = new Story(smallPage());
  expect(story.refusal(updateParagraph, { elementId: "text-1", fontSize: 20 })).toMatchObject({
    code: "INVALID_INPUT",
    message: expect.stringContaining("fontSize cannot be set on this older text block: put it into html as HTML."),
    data: { argument: "fontSize" },
  });
});

test("saying the same again changes nothing", () => {
  const story = new Story(smallPage());
  const input = { elementId: "paragraph-1", html: "Hello {{first_name}}", lineHeight: 1.6 };
  story.run(updateParagraph, input);
  expect(story.run(updateParagraph, input)).toEqual({ elementId: "paragraph-1", changed: [] });
  expect(story.change).toEqual({});
});

test("a section is no paragraph", () => {
  const story = new Story(smallPage());
  expect(story.refusal(updateParagraph, { elementId: "row-1", html: "x" })).toMatchObject({
    code: "INVALID_INPUT",
    message: expect.stringContaining("row-1 is a row, and update_paragraph changes a paragraph or text"),
  });
});
