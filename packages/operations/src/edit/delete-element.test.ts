import { isVisible } from "@waggle/template";
import { expect, test } from "vitest";
import { Story, smallPage } from "../story.test.support.ts";
import { addSection } from "./add-section.ts";
import { deleteElement } from "./delete-element.ts";

test("a block goes to the trash", () => {
  const story = new Story(smallPage());
  expect(story.run(deleteElement, { elementId: "button-1" })).toEqual({ elementId: "button-1", kind: "module" });
  expect(story.element("button-1")).toBeUndefined();
  expect(story.snapshot.nodes.has("button-1")).toBe(true);
});

test("a section takes what it holds along", () => {
  const story = new Story(smallPage());
  expect(story.run(deleteElement, { elementId: "row-1" })).toEqual({ elementId: "row-1", kind: "row" });
  expect(isVisible(story.snapshot, "title-1")).toBe(false);
  expect(story.outline()).toEqual(["image | text Old text"]);
});

test("the other columns take the width of a deleted one, in proportion", () => {
  const story = new Story(smallPage());
  const { columnIds } = story.run(addSection, { columns: [3, 3, 6] });
  const output = story.run(deleteElement, { elementId: columnIds[2] ?? "" });
  expect(output).toMatchObject({ kind: "column", widened: [columnIds[0], columnIds[1]] });
  expect(columnIds.slice(0, 2).map((id) => story.snapshot.nodes.get(id)?.["/grid-columns"])).toEqual([6, 6]);
});

test("widths stay whole numbers that sum to 12", () => {
  const story = new Story(smallPage());
  const { columnIds } = story.run(addSection, { columns: [2, 2, 3, 5] });
  story.run(deleteElement, { elementId: columnIds[3] ?? "" });
  const weights = columnIds.slice(0, 3).map((id) => story.snapshot.nodes.get(id)?.["/grid-columns"]);
  expect(weights).toEqual([4, 3, 5]);
});

test("the only column of a section is not deleted alone", () => {
  const story = new Story(smallPage());
  expect(story.refusal(deleteElement, { elementId: "column-1" })).toMatchObject({
    code: "INVALID_INPUT",
    data: { argument: "elementId", nearest: ["row-1"] },
  });
});

test("what was deleted is not found again", () => {
  const story = new Story(smallPage());
  story.run(deleteElement, { elementId: "row-1" });
  expect(story.refusal(deleteElement, { elementId: "title-1" }).code).toBe("ELEMENT_NOT_FOUND");
});

test("the settings of the page are no element", () => {
  const story = new Story(smallPage());
  expect(story.refusal(deleteElement, { elementId: "settings" }).code).toBe("ELEMENT_NOT_FOUND");
});
