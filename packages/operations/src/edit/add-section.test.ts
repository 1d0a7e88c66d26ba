import { expect, test } from "vitest";
import { emptyPage, Story, smallPage } from "../story.test.support.ts";
import { addSection } from "./add-section.ts";

test("a section is added at the end with its columns, and answers with their ids", () => {
  const story = new Story(smallPage());
  expect(story.run(addSection, { columns: [8, 4] })).toEqual({ elementId: "made-1", columnIds: ["made-2", "made-3"] });
  expect(story.outline()).toHaveLength(3);
  expect(story.element("made-2")).toMatchObject({ "grid-columns": 8, modules: [] });
  expect(story.element("made-3")).toMatchObject({ "grid-columns": 4, modules: [] });
});

test("the JSON of a new section is complete, with the width and text colour of the page", () => {
  const story = new Story(smallPage());
  story.run(addSection, {
    columns: [12],
    rowBackgroundColor: "#f6efe1",
    contentAreaPadding: 20,
    contentAreaPaddingTop: 44,
  });
  expect(story.element("made-1")).toMatchObject({
    uuid: "made-1",
    type: "row-1-columns-12",
    locked: false,
    container: { style: { "background-color": "#f6efe1", "background-image": "none" } },
    content: {
      style: { color: "#222222", width: "640px", "padding-top": "44px", "padding-left": "20px" },
      computedStyle: { rowColStackOnMobile: true, hideContentOnMobile: false },
    },
  });
});

test("a section goes to a position, or above another one", () => {
  const story = new Story(smallPage());
  story.run(addSection, { columns: [12], position: 0 });
  story.run(addSection, { columns: [6, 6], before_row_id: "row-2" });
  const ids = story.snapshot.children.get("root");
  expect(ids).toEqual(["made-1", "row-1", "made-3", "row-2"]);
});

test("a position past the end is the end, and the answer says so", () => {
  const story = new Story(emptyPage());
  const { warnings } = story.run(addSection, { columns: [12], position: 7 });
  expect(warnings).toEqual(["position 7 is past the end; the section was added at 0."]);
});

test("columns that do not sum to 12 are refused", () => {
  const story = new Story(smallPage());
  expect(story.refusal(addSection, { columns: [6, 5] })).toEqual({
    code: "INVALID_INPUT",
    message: "add_section: columns has to sum to 12, like [12], [6, 6] or [4, 4, 4].",
    data: { argument: "columns" },
  });
});

test("position and before_row_id together are refused", () => {
  const story = new Story(smallPage());
  const { code, message } = story.refusal(addSection, { columns: [12], position: 0, before_row_id: "row-1" });
  expect([code, message]).toEqual(["INVALID_INPUT", "Give position or before_row_id, not both."]);
});

test("before_row_id has to be a section", () => {
  const story = new Story(smallPage());
  expect(story.refusal(addSection, { columns: [12], before_row_id: "title-1" })).toMatchObject({
    code: "INVALID_INPUT",
    data: { argument: "before_row_id", kind: "module", allowed: ["row"] },
  });
});

test("how columns stand, what is behind them and who sees them is written", () => {
  const story = new Story(smallPage());
  story.run(addSection, {
    columns: [6, 6],
    contentAreaBackgroundImage: "https://example.com/paper.png",
    verticalAlign: "bottom",
    columnsSpacing: 24,
    columnsBorderRadius: 8,
    stackOnMobile: false,
    reverseOnMobile: true,
    hideOnDesktop: true,
  });
  expect(story.element("made-1")).toMatchObject({
    content: {
      style: { "background-image": "url('https://example.com/paper.png')", "background-size": "cover" },
      computedStyle: {
        verticalAlign: "bottom",
        columnsSpacing: "24px",
        columnsBorderRadius: "8px",
        rowColStackOnMobile: false,
        rowReverseColStackOnMobile: true,
        hideContentOnDesktop: true,
        hideContentOnMobile: false,
      },
    },
  });
});
