import { expect, test } from "vitest";
import { Story, smallPage } from "../story.test.support.ts";
import { addParagraph } from "./add-paragraph.ts";

const htmlOf = (story: Story, id: string): unknown =>
  (story.element(id) as { descriptor: { paragraph: { html: unknown } } }).descriptor.paragraph.html;

test("a paragraph keeps the HTML it was given", () => {
  const story = new Story(smallPage());
  const html = '<p>Book by <b>Sunday</b>, <a href="https://example.com">here</a>.</p><p>See you.</p>';
  const { elementId, warnings } = story.run(addParagraph, { section: 0, html });
  expect(warnings).toBeUndefined();
  expect(htmlOf(story, elementId)).toBe(html);
});

test("plain text becomes paragraphs at empty lines, and characters of HTML stay what they are", () => {
  const story = new Story(smallPage());
  const { elementId } = story.run(addParagraph, { section: 0, html: "5 < 6 & more\nnext line\n\nSecond" });
  expect(htmlOf(story, elementId)).toBe("<p>5 &lt; 6 &amp; more<br>next line</p><p>Second</p>");
});

test("merge tags are never escaped", () => {
  const story = new Story(smallPage());
  const text = "{% if age > 18 && vip %}Hi {{ first_name }}{% endif %} *|NAME|* <%= x %>";
  const { elementId } = story.run(addParagraph, { section: 0, html: text });
  expect(htmlOf(story, elementId)).toBe(`<p>${text}</p>`);
});

test("inline HTML becomes one paragraph", () => {
  const story = new Story(smallPage());
  const { elementId } = story.run(addParagraph, { section: 0, html: "Only <i>inline</i>" });
  expect(htmlOf(story, elementId)).toBe("<p>Only <i>inline</i></p>");
});

test("scripts and handlers are removed, and the answer says so", () => {
  const story = new Story(smallPage());
  const html = '<p onclick="steal()">Hi<script>steal()</script> <a href="javascript:steal()">x</a></p>';
  const { elementId, warnings } = story.run(addParagraph, { section: 0, html });
  expect(String(htmlOf(story, elementId))).not.toMatch(/script|steal|onclick/);
  expect(warnings?.[0]).toContain("<script>");
});

test("markup that hides in a merge tag is text", () => {
  const story = new Story(smallPage());
  const { elementId } = story.run(addParagraph, { section: 0, html: "Hi {{ <img src=x onerror=steal() }} there" });
  expect(htmlOf(story, elementId)).toBe("<p>Hi {{ &lt;img src=x onerror=steal() }} there</p>");
});

test("without text a paragraph says that it is new", () => {
  const story = new Story(smallPage());
  const { elementId } = story.run(addParagraph, { section: 1, column: 1 });
  expect(htmlOf(story, elementId)).toBe("<p>New paragraph</p>");
});

test("a text that is not text is refused", () => {
  const story = new Story(smallPage());
  expect(story.refusal(addParagraph, { section: 0, html: 5 }).message).toBe("add_paragraph: html has to be text.");
});

test("a missing section is refused by name", () => {
  const story = new Story(smallPage());
  expect(story.refusal(addParagraph, { html: "x" }).message).toBe(
    "add_paragraph: section is required: it has to be a section id or its 0-based index.",
  );
});
