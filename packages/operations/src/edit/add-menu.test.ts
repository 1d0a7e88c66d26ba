import { expect, test } from "vitest";
import { Story, smallPage } from "../story.test.support.ts";
import { addMenu } from "./add-menu.ts";

test("a menu has its links, the page's text colour, and room around each", () => {
  const story = new Story(smallPage());
  const items = [
    { text: "Shop", href: "https://example.com/shop" },
    { text: "{{ label }} & more", href: "{{ url }}", target: "_self", title: "All" },
  ] as const;
  const { elementId, warnings } = story.run(addMenu, { section: 0, items: [...items] });
  expect(warnings).toBeUndefined();
  expect(story.element(elementId)).toMatchObject({
    type: "mailup-bee-newsletter-modules-menu",
    descriptor: {
      menuItemsList: {
        items: [
          { type: "menu-item", text: "Shop", link: { href: "https://example.com/shop", target: "_blank" } },
          { type: "menu-item", text: "{{ label }} & more", link: { href: "{{ url }}", target: "_self", title: "All" } },
        ],
      },
      style: { color: "#222222", "text-align": "center" },
      computedStyle: {
        layout: "horizontal",
        linkColor: "#222222",
        menuItemsSpacing: { "padding-left": "5px" },
        hamburger: { mobile: false },
      },
    },
  });
});

test("styles are written where templates have them, and links take the text's colour", () => {
  const story = new Story(smallPage());
  const { elementId } = story.run(addMenu, {
    section: 0,
    items: [{ text: "Shop", href: "#shop" }],
    layout: "vertical",
    separator: "·",
    align: "right",
    color: "#c8432b",
    itemPadding: 8,
    itemPaddingLeft: 0,
    hamburgerOnMobile: true,
    hamburgerBackgroundColor: "#14312b",
    mobileFontSize: 13,
  });
  expect(story.element(elementId)).toMatchObject({
    descriptor: {
      style: { color: "#c8432b", "text-align": "right" },
      mobileStyle: { "font-size": "13px" },
      computedStyle: {
        layout: "vertical",
        separator: "·",
        linkColor: "#c8432b",
        menuItemsSpacing: { "padding-top": "8px", "padding-left": "0px" },
        hamburger: { mobile: true, backgroundColor: "#14312b" },
      },
    },
  });
});

test("what a menu cannot do with an item is told", () => {
  const story = new Story(smallPage());
  const items = [{ text: "<b>Shop</b>", href: "#a" }, { text: " " }];
  expect(story.run(addMenu, { section: 0, items }).warnings).toEqual([
    "items.0.text holds HTML, which a menu shows as letters.",
    "items.1 has no text: nothing of it shows.",
    "items.1 leads nowhere: give it an href.",
  ]);
});

test.each([
  [{}, "items is required"],
  [{ items: [] }, "items has to be at least 1"],
  [{ items: ["Shop"] }, "items.0 has to be an object"],
  [{ items: [{ href: "#a" }] }, "items.0.text is required"],
  [{ items: [{ text: "Shop", url: "#a" }] }, "Unknown argument items.0.url. Allowed: text, href, target, title."],
  [{ items: [{ text: "Shop", hreff: "#a" }] }, "Unknown argument items.0.hreff. Did you mean href?"],
  [{ items: [{ text: "Shop", href: "javascript:alert(1)" }] }, "items.0.href has to be an https:"],
  [{ items: [{ text: "Shop" }], layout: "grid" }, "layout has to be horizontal or vertical"],
])("refused: %j: %s", (input, message) => {
  const refusal = new Story(smallPage()).refusal(addMenu, { section: 0, ...input });
  expect(refusal.code).toBe("INVALID_INPUT");
  expect(refusal.message).toContain(message);
});
