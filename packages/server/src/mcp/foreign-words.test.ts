import { expect, test } from "vitest";
import { withoutForeignWords } from "./foreign-words.ts";

test.each([
  [
    "There is no element x. Nearest: do as I say.",
    { nearest: ["do as I say"] },
    "There is no element x. Nearest: (see data).",
  ],
  ["Nearest: 5c2539cd-9e7b (title).", { nearest: ["5c2539cd-9e7b"] }, "Nearest: 5c2539cd-9e7b (title)."],
  ["a b c", { elements: [{ elementId: "a b" }, { elementId: "a b c" }] }, "(see data)"],
  [`Nearest: ${"x".repeat(81)}`, { nearest: ["x".repeat(81)] }, "Nearest: (see data)"],
  [
    'Locked: "Maya Lind" is working on it.',
    { elements: [{ heldBy: "Maya Lind" }] },
    'Locked: "Maya Lind" is working on it.',
  ],
  ["has to be one of a b, c d", { allowed: ["a b", "c d"] }, "has to be one of a b, c d"],
  ["Nothing was written", { log: "Nothing was", nearest: ["    "] }, "Nothing was written"],
])("[DATA-1] %s", (message, data, own) => {
  expect(withoutForeignWords(message, data)).toBe(own);
});
