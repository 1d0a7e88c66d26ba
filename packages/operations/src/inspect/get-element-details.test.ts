import { expect, test } from "vitest";
import { updateButton } from "../edit/update-button.ts";
import { Story, smallPage } from "../story.test.support.ts";
import { getElementDetails } from "./get-element-details.ts";

test("a block tells its properties by the names of the arguments that change them", () => {
  const story = new Story(smallPage());
  expect(story.run(getElementDetails, { elementId: "button-1" })).toEqual({
    elementId: "button-1",
    kind: "module",
    type: "button",
    parentId: "column-1",
    index: 2,
    updateWith: "update_button",
    properties: {
      text: "<strong>Click here</strong>",
      href: "https://example.com/sale",
      backgroundColor: "#3aaee0",
      borderWidth: 0,
      borderStyle: "solid",
      borderColor: "transparent",
      paddingTop: 10,
    },
  });
});

test("what was read can be sent back and changes nothing", () => {
  const story = new Story(smallPage());
  const { properties } = story.run(getElementDetails, { elementId: "button-1" });
  expect(story.run(updateButton, { ...properties, elementId: "button-1" })).toMatchObject({ changed: [] });
});

test("a section tells its columns", () => {
  const story = new Story(smallPage());
  expect(story.run(getElementDetails, { elementId: "row-2" })).toMatchObject({
    kind: "row",
    index: 1,
    childIds: ["column-2", "column-3"],
    updateWith: "update_section_style",
  });
});

test("of very many blocks the first are named, and all are counted", () => {
  const modules = Array.from({ length: 130 }, (_none, at) => ({
    uuid: `spacer-${at}`,
    type: "mailup-bee-newsletter-modules-spacer",
    descriptor: {},
  }));
  const columns = [{ uuid: "column-1", "grid-columns": 12, modules }];
  const story = new Story({ page: { rows: [{ uuid: "row-1", columns }] } });
  const { childIds, childCount } = story.run(getElementDetails, { elementId: "column-1" });
  expect([childIds?.length, childIds?.at(-1), childCount]).toEqual([100, "spacer-99", 130]);
});

test("a block without an update of its own tells its JSON", () => {
  const carousel = {
    uuid: "carousel-1",
    type: "mailup-bee-newsletter-modules-carousel",
    descriptor: { carousel: { dotColor: "#ffffff" } },
  };
  const columns = [{ uuid: "column-1", "grid-columns": 12, modules: [carousel] }];
  const story = new Story({ page: { rows: [{ uuid: "row-1", columns }] } });
  expect(story.run(getElementDetails, { elementId: "carousel-1" }).properties).toEqual({
    "/descriptor/carousel/dotColor": "#ffffff",
  });
});

test("an unknown element is refused", () => {
  expect(new Story(smallPage()).refusal(getElementDetails, { elementId: "image-2" })).toMatchObject({
    code: "ELEMENT_NOT_FOUND",
    data: { nearest: ["image-1"] },
  });
});

test("texts that stay opaque are listed with the reason, translations too; tables tell their rows", () => {
  const paragraph = {
    uuid: "paragraph-9",
    type: "mailup-bee-newsletter-modules-paragraph",
    descriptor: { paragraph: { html: "<p>{{ev<em>ent.name}}</p>", translations: { "fr-FR": { html: "<p>a</p>" } } } },
  };
  const content = { headers: [], rows: [{ cells: [{ html: "<b>a</b>" }] }] };
  const table = { uuid: "table-9", type: "mailup-bee-newsletter-modules-table", descriptor: { table: { content } } };
  const columns = [{ uuid: "column-1", "grid-columns": 12, modules: [paragraph, table] }];
  const story = new Story({ page: { rows: [{ uuid: "row-1", columns }] } });
  expect(story.run(getElementDetails, { elementId: "paragraph-9" }).opaqueTexts).toEqual({
    "/descriptor/paragraph/html": expect.stringContaining("template tag"),
  });
  const details = story.run(getElementDetails, { elementId: "table-9" });
  expect(details.opaqueTexts).toBeUndefined();
  expect(details.properties).toEqual({ headers: [], rows: [["<b>a</b>"]] });
});
