import { expect, test } from "vitest";
import { getElementDetails } from "../inspect/get-element-details.ts";
import { Story } from "../story.test.support.ts";
import { updateDivider } from "./update-divider.ts";

const page = (descriptor: object) => ({
  page: {
    rows: [
      {
        uuid: "row-1",
        columns: [
          {
            uuid: "column-1",
            "grid-columns": 12,
            modules: [{ uuid: "divider-1", type: "mailup-bee-newsletter-modules-divider", descriptor }],
          },
        ],
      },
    ],
  },
});

const line = {
  divider: { style: { "border-top": "1px dotted #CCCCCC", width: "80%" } },
  style: { "padding-top": "15px", "padding-bottom": "20px" },
  computedStyle: { align: "center" },
};

test("only what is given changes", () => {
  const story = new Story(page(line));
  expect(story.run(updateDivider, { elementId: "divider-1", line: "3px solid #14312b", paddingTop: 15 })).toEqual({
    elementId: "divider-1",
    changed: ["line"],
  });
  expect(story.element("divider-1")).toMatchObject({
    descriptor: { ...line, divider: { style: { "border-top": "3px solid #14312b", width: "80%" } } },
  });
});

test("what was read can be sent back and changes nothing", () => {
  const story = new Story(page(line));
  const { properties } = story.run(getElementDetails, { elementId: "divider-1" });
  expect(properties).toEqual({
    line: "1px dotted #CCCCCC",
    width: "80%",
    align: "center",
    paddingTop: 15,
    paddingBottom: 20,
  });
  expect(story.run(updateDivider, { ...properties, elementId: "divider-1" }).changed).toEqual([]);
});

test("a divider that only makes room reads as no line, and gets one", () => {
  const story = new Story(
    page({ divider: { style: { "border-top": "0 solid transparent", height: "50px", width: "100%" } } }),
  );
  const { properties } = story.run(getElementDetails, { elementId: "divider-1" });
  expect(properties).toEqual({ line: "none", height: 50, width: "100%" });
  expect(story.run(updateDivider, { ...properties, elementId: "divider-1" }).changed).toEqual([]);
  expect(story.run(updateDivider, { elementId: "divider-1", line: "1px solid #000000" }).changed).toEqual(["line"]);
});

test("a deleted divider cannot be changed", () => {
  expect(new Story(page(line)).refusal(updateDivider, { elementId: "gone", line: "none" }).code).toBe(
    "ELEMENT_NOT_FOUND",
  );
});
