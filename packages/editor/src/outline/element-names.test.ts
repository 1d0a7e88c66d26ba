import { rootId, type Snapshot, snapshotOf } from "@waggle/template";
import { expect, test } from "vitest";
import { nameOf } from "./element-names.ts";

const withParagraph = (html: string): Snapshot =>
  snapshotOf([
    [
      "words",
      {
        type: "module",
        pos: [rootId, "a0"],
        "/type": "mailup-bee-newsletter-modules-paragraph",
        "/descriptor/paragraph/html": html,
      },
    ],
  ]);

test("a text kept as markup is called by its words", () => {
  expect(nameOf(withParagraph("<p>One <b title='x'>two</b></p>"), "words")).toBe("One two");
});

test("a text of nothing but beginnings of tags is read once, not once for each", () => {
  expect(nameOf(withParagraph("<a".repeat(100_000)), "words")).toBe("<a".repeat(30));
});
