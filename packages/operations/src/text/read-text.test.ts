import { expect, test } from "vitest";
import { textStart } from "./read-text.ts";

const paragraph = (html: string) => ({
  type: "module",
  "/type": "mailup-bee-newsletter-modules-paragraph",
  "/descriptor/paragraph/html": html,
});

test("the start of a text kept as markup is its words", () => {
  expect(textStart(paragraph("<p>One <b title='x'>two</b></p>\n<p>three</p>"), 40)).toBe("One two three");
  expect(textStart(paragraph("<p>One two three</p>"), 8)).toBe("One two…");
});

test("a text of nothing but beginnings of tags is read once, not once for each", () => {
  expect(textStart(paragraph("<a".repeat(100_000)), 5)).toBe("<a<a…");
});
