import { expect, test } from "vitest";
import { sentencePartsOf } from "./sentence-parts.ts";

test.each([
  ["Button text “Buy” → “Order now”", { phrase: "changed button text", old: "Buy", next: "Order now" }],
  ["Paragraph text “or later” added", { phrase: "added to paragraph text", next: "or later" }],
  ["Paragraph text “or later” removed", { phrase: "removed from paragraph text", old: "or later" }],
  ["Row added", { phrase: "added row" }],
  ["HTML moved", { phrase: "moved HTML" }],
  ["Button changed: fill, radius and 2 more", { phrase: "changed button: fill, radius and 2 more" }],
  ["Button fill #c8432b → #14312b", { phrase: "changed button fill #c8432b → #14312b" }],
])("%s", (sentence, parts) => {
  expect(sentencePartsOf(sentence)).toEqual(parts);
});
