import { expect, test } from "vitest";
import { getElementDetails } from "../inspect/get-element-details.ts";
import { Story, smallPage } from "../story.test.support.ts";
import { addSocial } from "./add-social.ts";
import { updateSocial } from "./update-social.ts";

const instagram = { name: "instagram", href: "https://www.instagram.com/slowline" };
const youtube = { name: "youtube", href: "https://www.youtube.com/@slowline", alt: "Our films" };
const blog = { name: "Blog", href: "https://example.com/blog", src: "https://example.com/blog.png" };

function withIcons() {
  const story = new Story(smallPage());
  const { elementId } = story.run(addSocial, { section: 0, socialIcons: [instagram, youtube, blog] });
  return { story, elementId };
}

const icons = (story: Story, elementId: string): unknown => {
  const { properties } = story.run(getElementDetails, { elementId });
  return properties.socialIcons;
};

test("what was read can be sent back and changes nothing", () => {
  const { story, elementId } = withIcons();
  const { properties, updateWith } = story.run(getElementDetails, { elementId });
  expect(updateWith).toBe("update_social");
  expect(properties).toMatchObject({
    socialIcons: [instagram, youtube, { ...blog, alt: "Blog" }],
    iconStyle: "outline",
    iconSize: 32,
    iconSpacing: 4,
  });
  expect(story.run(updateSocial, { ...properties, elementId })).toEqual({ elementId, changed: [] });
  expect(story.change).toEqual({});
});

test("an icon that stays keeps what is not said of it, in any order; others go and come", () => {
  const { story, elementId } = withIcons();
  const socialIcons = [{ name: "tiktok", href: "https://www.tiktok.com/@s" }, { name: "Blog" }, { name: "Instagram" }];
  expect(story.run(updateSocial, { elementId, socialIcons })).toEqual({ elementId, changed: ["socialIcons"] });
  expect(icons(story, elementId)).toEqual([socialIcons[0], { ...blog, alt: "Blog" }, instagram]);
  // The second to fourth ids were made by the first call, the next one by this.
  expect(story.element(elementId)).toMatchObject({
    descriptor: { iconsList: { icons: [{ id: "made-5" }, { id: "made-4" }, { id: "made-2" }] } },
  });
});

test("a style is given to the icons of the set, and own pictures stay", () => {
  const { story, elementId } = withIcons();
  expect(story.run(updateSocial, { elementId, iconStyle: "filled", align: "center" })).toEqual({
    elementId,
    changed: ["iconStyle"],
  });
  const { properties } = story.run(getElementDetails, { elementId });
  expect(properties).toMatchObject({ iconStyle: "filled", socialIcons: [instagram, youtube, { src: blog.src }] });
  story.run(updateSocial, { elementId, socialIcons: [instagram, { name: "facebook", href: "#" }] });
  expect(JSON.stringify(story.element(elementId))).toContain("/filled/brand-facebook.png");
});

test("icons of another program are read, changed and sized without losing what it keeps with them", () => {
  const old = {
    id: "a",
    name: "social icon",
    text: "",
    type: "follow",
    own: { kept: true },
    image: {
      alt: "social icon",
      href: "https://www.facebook.com",
      prefix: "https://www.facebook.com",
      src: "f.png",
      width: 40,
    },
  };
  const descriptor = {
    iconsList: { icons: [old, { ...old, id: "b", image: { ...old.image, src: "t.png" } }] },
    computedStyle: { iconsDefaultWidth: "32px", padding: "3px 2px" },
  };
  const module = { uuid: "social-1", type: "mailup-bee-newsletter-modules-social", descriptor };
  const story = new Story({
    page: { rows: [{ uuid: "row-1", columns: [{ uuid: "c", "grid-columns": 12, modules: [module] }] }] },
  });
  const { properties } = story.run(getElementDetails, { elementId: "social-1" });
  expect(story.run(updateSocial, { ...properties, elementId: "social-1" }).changed).toEqual([]);
  const name = "social icon";
  story.run(updateSocial, {
    elementId: "social-1",
    socialIcons: [{ name, href: "https://example.com/new" }, { name }],
    iconSize: 20,
    iconSpacing: 8,
  });
  const image = { alt: "social icon", title: "social icon", target: "_blank" };
  expect(story.element("social-1")).toMatchObject({
    descriptor: {
      iconsList: {
        icons: [
          { ...old, image: { ...image, href: "https://example.com/new", prefix: "", src: "f.png" } },
          {
            ...old,
            id: "b",
            image: { ...image, href: "https://www.facebook.com", prefix: old.image.prefix, src: "t.png" },
          },
        ],
      },
      computedStyle: { iconsDefaultWidth: 20, padding: "3px 8px 3px 8px" },
    },
  });
  expect(JSON.stringify(story.element("social-1"))).not.toContain('"width":40');
});

test("a block of another type is refused", () => {
  const { story } = withIcons();
  expect(story.refusal(updateSocial, { elementId: "image-1", iconSize: 20 }).message).toContain(
    "update_social changes",
  );
});
