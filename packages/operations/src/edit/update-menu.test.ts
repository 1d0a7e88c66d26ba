import { expect, test } from "vitest";
import { getElementDetails } from "../inspect/get-element-details.ts";
import { Story, smallPage } from "../story.test.support.ts";
import { pageOf } from "./page-of.test.support.ts";
import { updateMenu } from "./update-menu.ts";

const elementId = "menu-1";

const journeys = {
  type: "menu-item",
  text: "Journeys",
  link: { href: "https://example.com/journeys", target: "_self", title: "Journeys", rel: "x" },
  own: 1,
};
const cabins = { text: "Cabins", link: { href: "https://example.com/cabins", target: "_blank", title: "Our cabins" } };
const bare = { text: "Journal" };

const menuPage = (...items: readonly unknown[]) =>
  pageOf([
    "menu",
    elementId,
    JSON.parse(JSON.stringify({ menuItemsList: { items }, style: { color: "#111111" }, computedStyle: {} })),
  ]);

const itemsIn = (story: Story) => JSON.parse(JSON.stringify(story.element(elementId))).descriptor.menuItemsList.items;

test("what was read can be sent back and changes nothing", () => {
  const story = new Story(menuPage(journeys, cabins, bare));
  const { items } = story.run(getElementDetails, { elementId }).properties;
  expect(items).toEqual([
    { text: "Journeys", href: "https://example.com/journeys", target: "_self", title: "Journeys" },
    { text: "Cabins", href: "https://example.com/cabins", target: "_blank", title: "Our cabins" },
    { text: "Journal" },
  ]);
  const { changed } = story.run(updateMenu, { elementId, items: items as [] });
  expect(changed).toEqual([]);
  expect(story.change).toEqual({});
});

test("an item keeps what is not said of it, also when others come before it", () => {
  const story = new Story(menuPage(journeys, cabins));
  const { changed } = story.run(updateMenu, {
    elementId,
    items: [
      { text: "New", href: "{{ url }}" },
      { text: "Trips", href: "https://example.com/journeys" },
      { text: "Cabins", href: "https://example.com/berths" },
    ],
  });
  expect(changed).toEqual(["items"]);
  expect(itemsIn(story)).toEqual([
    { type: "menu-item", text: "New", link: { href: "{{ url }}", target: "_blank" } },
    { ...journeys, text: "Trips", link: { ...journeys.link, title: "Trips" } },
    { ...cabins, link: { ...cabins.link, href: "https://example.com/berths" } },
  ]);
});

test("the same items without what is kept are no change", () => {
  const story = new Story(menuPage(journeys, cabins));
  const items = [journeys, cabins].map(({ text, link }) => ({ text, href: link.href }));
  expect(story.run(updateMenu, { elementId, items })).toEqual({ elementId, changed: [] });
});

test("an item without an address loses the one it had", () => {
  const story = new Story(menuPage(cabins));
  const { warnings } = story.run(updateMenu, { elementId, items: [{ text: "Cabins" }] });
  expect(itemsIn(story)).toEqual([{ ...cabins, link: { ...cabins.link, href: "" } }]);
  expect(warnings).toEqual(["items.0 leads nowhere: give it an href."]);
});

test("links follow the text's colour unless they are given their own", () => {
  const story = new Story(menuPage(cabins));
  expect(story.run(updateMenu, { elementId, color: "#c8432b" }).changed).toEqual(["color", "linkColor"]);
  expect(story.run(updateMenu, { elementId, color: "#000000", linkColor: "#c8432b" }).changed).toEqual(["color"]);
});

test("what is not given stays", () => {
  const story = new Story(menuPage(journeys, cabins, bare));
  expect(story.run(updateMenu, { elementId, layout: "vertical", fontSize: 18 }).changed).toEqual([
    "layout",
    "fontSize",
  ]);
  expect(itemsIn(story)).toEqual([journeys, cabins, bare]);
});

test("another block is named with the tool that is asked for", () => {
  expect(new Story(smallPage()).refusal(updateMenu, { elementId: "image-1", items: [{ text: "a" }] })).toMatchObject({
    code: "INVALID_INPUT",
    message: expect.stringContaining("image-1 is an image, and update_menu changes a menu"),
  });
});
