import { expect, test } from "vitest";
import { getElementDetails } from "../inspect/get-element-details.ts";
import { Story, smallPage } from "../story.test.support.ts";
import { addIcon } from "./add-icon.ts";
import { updateIcon } from "./update-icon.ts";

const [bed, tea] = ["https://example.com/berth.png", "https://example.com/tea.png"];

function withIcons() {
  const story = new Story(smallPage());
  const icons = [
    {
      src: bed,
      text: "Made beds",
      textPosition: "bottom" as const,
      href: "https://example.com",
      width: 80,
      height: 40,
    },
    { src: tea, text: "Tea at seven", alt: "A cup" },
  ];
  const { elementId } = story.run(addIcon, { section: 0, icons, iconHeight: 48, fontSize: 18 });
  return { story, elementId };
}

test("what was read can be sent back and changes nothing", () => {
  const { story, elementId } = withIcons();
  const { properties, updateWith } = story.run(getElementDetails, { elementId });
  expect(updateWith).toBe("update_icon");
  expect(properties).toMatchObject({ iconHeight: 48, fontSize: 18, icons: [{ src: bed }, { src: tea, alt: "A cup" }] });
  expect(story.run(updateIcon, { ...properties, elementId })).toEqual({ elementId, changed: [] });
  expect(story.change).toEqual({});
});

test("an icon whose picture stays keeps what is not said of it, in any order; its alt text follows its words", () => {
  const { story, elementId } = withIcons();
  const icons = [{ src: tea }, { src: "https://example.com/new.png", text: "New" }, { src: bed, text: "Fresh linen" }];
  expect(story.run(updateIcon, { elementId, icons })).toEqual({ elementId, changed: ["icons"] });
  expect(story.element(elementId)).toMatchObject({
    descriptor: {
      iconsList: {
        icons: [
          { id: "made-3", text: "Tea at seven", alt: "A cup" },
          { id: "made-4", text: "New", alt: "New", textPosition: "right" },
          {
            id: "made-2",
            text: "Fresh linen",
            alt: "Fresh linen",
            textPosition: "bottom",
            href: "https://example.com",
            width: "80px",
          },
        ],
      },
      computedStyle: { iconHeight: "48px" },
    },
  });
});

test("icons of another program keep what it has with them, and their spaces that differ", () => {
  const icon = {
    alt: "Made by",
    height: "325px",
    width: 325,
    href: "https://example.com/",
    id: "x",
    image: bed,
    own: 1,
    text: "Made by",
  };
  const computedStyle = {
    iconHeight: "16px",
    iconSpacing: { "padding-bottom": "5px", "padding-left": "5px", "padding-right": "6px", "padding-top": "5px" },
  };
  const module = {
    uuid: "icons-1",
    type: "mailup-bee-newsletter-modules-icons",
    descriptor: { iconsList: { icons: [icon, { ...icon, image: { src: tea, kept: true } }] }, computedStyle },
  };
  const story = new Story({
    page: { rows: [{ uuid: "row-1", columns: [{ uuid: "c", "grid-columns": 12, modules: [module] }] }] },
  });
  const { properties } = story.run(getElementDetails, { elementId: "icons-1" });
  expect(story.run(updateIcon, { ...properties, elementId: "icons-1" }).changed).toEqual([]);
  story.run(updateIcon, { elementId: "icons-1", icons: [{ src: bed, text: "Sent by" }, { src: tea }] });
  expect(story.element("icons-1")).toMatchObject({
    descriptor: {
      iconsList: {
        icons: [
          { ...icon, text: "Sent by", alt: "Sent by" },
          { ...icon, image: { src: tea, kept: true } },
        ],
      },
      computedStyle,
    },
  });
});

test("a block of another type is refused", () => {
  const { story } = withIcons();
  expect(story.refusal(updateIcon, { elementId: "image-1", iconHeight: 20 }).message).toContain("update_icon changes");
});
