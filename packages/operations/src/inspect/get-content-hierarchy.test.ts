import { expect, test } from "vitest";
import { emptyPage, Story, smallPage } from "../story.test.support.ts";
import { getContentHierarchy } from "./get-content-hierarchy.ts";

test("the hierarchy names sections, columns and blocks with their texts", () => {
  const story = new Story(smallPage());
  expect(story.run(getContentHierarchy, {})).toEqual({
    sections: [
      {
        id: "row-1",
        index: 0,
        columns: [
          {
            id: "column-1",
            index: 0,
            width: 12,
            blocks: [
              { id: "title-1", index: 0, type: "title", text: "Spring is here" },
              { id: "paragraph-1", index: 1, type: "paragraph", text: "Dear customer, our sale starts." },
              { id: "button-1", index: 2, type: "button", text: "Click here" },
            ],
          },
        ],
      },
      {
        id: "row-2",
        index: 1,
        name: "Story",
        columns: [
          { id: "column-2", index: 0, width: 4, blocks: [{ id: "image-1", index: 0, type: "image" }] },
          { id: "column-3", index: 1, width: 8, blocks: [{ id: "text-1", index: 0, type: "text", text: "Old text" }] },
        ],
      },
    ],
  });
});

test("parts can be left out", () => {
  const story = new Story(smallPage());
  const options = { section: 0, includeIds: false, includePositions: false, includeText: false };
  expect(story.run(getContentHierarchy, options)).toEqual({
    sections: [{ columns: [{ width: 12, blocks: [{ type: "title" }, { type: "paragraph" }, { type: "button" }] }] }],
  });
});

test("block types filter the blocks, and what is empty then is left out", () => {
  const story = new Story(smallPage());
  expect(story.run(getContentHierarchy, { blockTypes: ["button"], includePositions: false })).toEqual({
    sections: [
      {
        id: "row-1",
        columns: [{ id: "column-1", width: 12, blocks: [{ id: "button-1", type: "button", text: "Click here" }] }],
      },
    ],
  });
});

test("an empty email has no sections", () => {
  expect(new Story(emptyPage()).run(getContentHierarchy, {})).toEqual({ sections: [] });
});

test("an unknown section is refused", () => {
  const story = new Story(smallPage());
  expect(story.refusal(getContentHierarchy, { section: "row-9" }).code).toBe("ELEMENT_NOT_FOUND");
});
