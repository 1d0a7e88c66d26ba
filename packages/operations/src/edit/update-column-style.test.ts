import { expect, test } from "vitest";
import { getElementDetails } from "../inspect/get-element-details.ts";
import { Story, smallPage } from "../story.test.support.ts";
import { updateColumnStyle } from "./update-column-style.ts";

test("fill, space and border are written where the template has them, and nothing else", () => {
  const story = new Story(smallPage());
  expect(
    story.run(updateColumnStyle, {
      columnId: "column-2",
      backgroundColor: "#ffffff",
      padding: 24,
      paddingLeft: 40,
      borderWidth: 1,
      borderColor: "#e0d6c2",
      borderRadius: 12,
    }),
  ).toMatchObject({ elementId: "column-2", changed: expect.arrayContaining(["backgroundColor", "borderRadius"]) });
  expect(story.element("column-2")).toMatchObject({
    "grid-columns": 4,
    style: {
      "background-color": "#ffffff",
      "padding-top": "24px",
      "padding-left": "40px",
      "border-top": "1px solid #e0d6c2",
      "border-left": "1px solid #e0d6c2",
      "border-radius": "12px",
    },
  });
  expect(story.element("column-3")).toMatchObject({ style: {} });
});

test("what was read can be sent back and changes nothing", () => {
  const story = new Story(smallPage());
  story.run(updateColumnStyle, { columnId: "column-1", backgroundImage: "https://example.com/a.png", paddingTop: 8 });
  const { properties, updateWith } = story.run(getElementDetails, { elementId: "column-1" });
  expect([updateWith, properties]).toEqual([
    "update_column_style",
    { backgroundImage: "https://example.com/a.png", paddingTop: 8 },
  ]);
  expect(story.run(updateColumnStyle, { ...properties, columnId: "column-1" }).changed).toEqual([]);
});

test("a section is no column, and an unknown argument gets the nearest name", () => {
  const story = new Story(smallPage());
  expect(story.refusal(updateColumnStyle, { columnId: "row-1" })).toMatchObject({
    code: "INVALID_INPUT",
    data: { argument: "columnId", kind: "row", allowed: ["column"] },
  });
  expect(story.refusal(updateColumnStyle, { columnId: "column-1", background: "#fff" }).message).toContain(
    "Did you mean backgroundColor",
  );
});
