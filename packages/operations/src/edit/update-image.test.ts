import type { Json } from "@waggle/template";
import { expect, test } from "vitest";
import { getElementDetails } from "../inspect/get-element-details.ts";
import { Story, smallPage } from "../story.test.support.ts";
import { updateImage } from "./update-image.ts";

/** A picture as an editor wrote it, 75 % of a column of 640 pixels. */
const image = (changes: Readonly<Record<string, Json>> = {}) => ({
  uuid: "image-1",
  type: "mailup-bee-newsletter-modules-image",
  align: "left",
  descriptor: {
    image: {
      src: "https://example.com/a.png",
      alt: "",
      href: "",
      width: "900px",
      height: "142px",
      percWidth: 75,
      ...changes,
    },
    style: { width: "100%", "padding-top": "0px" },
    computedStyle: { class: "left fixedwidth fullwidthOnMobile", width: "480px" },
  },
});

function storyOf(module: Json): Story {
  const columns = [{ uuid: "column-1", "grid-columns": 12, modules: [module] }];
  const body = { content: { computedStyle: { messageWidth: "640px" } } };
  return new Story({ page: { body, rows: [{ uuid: "row-1", columns }] } });
}

test("another picture leaves its place and width, and forgets the size of the file before", () => {
  const story = storyOf(image());
  const { changed } = story.run(updateImage, { elementId: "image-1", src: "https://example.com/b.png", alt: "Berths" });
  expect(changed).toEqual(["src", "alt"]);
  expect(story.element("image-1")).toEqual({
    ...image(),
    descriptor: {
      ...image().descriptor,
      image: { src: "https://example.com/b.png", alt: "Berths", href: "", percWidth: 75 },
    },
  });
});

test("width and alignment share one class, and keep what else it says", () => {
  const story = storyOf(image());
  story.run(updateImage, { elementId: "image-1", align: "right", width: "100%" });
  const element = story.element("image-1");
  expect(element).toMatchObject({
    align: "right",
    descriptor: { computedStyle: { class: "right autowidth fullwidthOnMobile", width: "100%" } },
  });
  expect(element).not.toHaveProperty("descriptor.image.percWidth");
});

test("a share that comes to the pixels there are is no change", () => {
  const story = storyOf(image());
  expect(story.run(updateImage, { elementId: "image-1", width: "75%" })).toEqual({ elementId: "image-1", changed: [] });
  expect(story.run(updateImage, { elementId: "image-1", width: "25%" }).changed).toEqual(["width"]);
  expect(story.element("image-1")).toMatchObject({
    descriptor: { image: { percWidth: 25 }, computedStyle: { width: "160px" } },
  });
});

test("an image that says nothing of its look takes what it is given", () => {
  const story = new Story(smallPage());
  story.run(updateImage, { elementId: "image-1", align: "right", width: 200, borderRadius: 8, hideOnMobile: true });
  expect(story.element("image-1")).toMatchObject({
    descriptor: {
      style: { "border-radius": "8px" },
      computedStyle: { class: "right fixedwidth", width: "200px", hideContentOnMobile: true },
    },
  });
});

test("what was read can be sent back and changes nothing", () => {
  const story = storyOf(image());
  const { properties, updateWith } = story.run(getElementDetails, { elementId: "image-1" });
  expect([updateWith, properties.width, properties.align]).toEqual(["update_image", 480, "left"]);
  expect(story.run(updateImage, { ...properties, elementId: "image-1" }).changed).toEqual([]);
  expect(story.change).toEqual({});
});

test("a dynamic source, which would hide the new picture, is told", () => {
  const story = storyOf(image({ dynamicSrc: "{{ picture }}" }));
  expect(story.run(updateImage, { elementId: "image-1", src: "b.png" }).warnings?.[0]).toContain("dynamic source");
});

test("a link that runs is refused, and so is another block", () => {
  const story = new Story(smallPage());
  expect(story.refusal(updateImage, { elementId: "image-1", href: "javascript:1" }).data).toEqual({ argument: "href" });
  expect(story.refusal(updateImage, { elementId: "button-1", alt: "x" }).message).toContain(
    "button-1 is a button, and update_image changes an image",
  );
});
