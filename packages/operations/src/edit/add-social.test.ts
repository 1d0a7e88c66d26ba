import { expect, test } from "vitest";
import { IconSet } from "../social/icon-set.ts";
import { networks } from "../social/networks.ts";
import { emptyPage, Story, smallPage } from "../story.test.support.ts";
import { addSection } from "./add-section.ts";
import { addSocial } from "./add-social.ts";

const folder = "https://cdn.jsdelivr.net/npm/@tabler/icons-png@3.48.0/icons";

test("networks known by name bring their icon, and each icon is complete", () => {
  const story = new Story(smallPage());
  const socialIcons = [{ name: "Facebook", href: "https://www.facebook.com/slowline" }];
  expect(story.run(addSocial, { section: 0, socialIcons })).toEqual({ elementId: "made-1" });
  expect(story.element("made-1")).toEqual({
    uuid: "made-1",
    type: "mailup-bee-newsletter-modules-social",
    locked: false,
    descriptor: {
      iconsList: {
        icons: [
          {
            id: "made-2",
            name: "facebook",
            type: "follow",
            text: "",
            image: {
              src: `${folder}/outline/brand-facebook.png`,
              href: "https://www.facebook.com/slowline",
              alt: "Facebook",
              title: "Facebook",
              prefix: "",
              target: "_blank",
            },
          },
        ],
      },
      style: {
        "text-align": "center",
        "padding-top": "10px",
        "padding-right": "10px",
        "padding-bottom": "10px",
        "padding-left": "10px",
      },
      mobileStyle: {},
      computedStyle: {
        iconsDefaultWidth: 32,
        padding: "0 4px 0 4px",
        hideContentOnDesktop: false,
        hideContentOnMobile: false,
      },
    },
  });
});

test("an own icon has its picture, and what it is called is its alt text unless another is given", () => {
  const story = new Story(smallPage());
  const src = "https://example.com/blog.png";
  story.run(addSocial, {
    section: 0,
    socialIcons: [
      { name: "Blog", href: "{{ blog_url }}", src },
      { name: "x", href: "https://x.com/s", src, alt: "Follow us" },
    ],
    iconSize: 24,
    iconSpacing: 6,
    align: "left",
  });
  expect(story.element("made-1")).toMatchObject({
    descriptor: {
      iconsList: {
        icons: [
          { name: "Blog", type: "custom", image: { src, alt: "Blog", href: "{{ blog_url }}" } },
          { name: "x", type: "follow", image: { src, alt: "Follow us" } },
        ],
      },
      style: { "text-align": "left" },
      computedStyle: { iconsDefaultWidth: 24, padding: "0 6px 0 6px" },
    },
  });
});

test.each([
  ["x.com", "brand-x"],
  ["X / Twitter", "brand-x"],
  ["E-Mail", "mail"],
  ["web", "world"],
  ["LinkedIn", "brand-linkedin"],
])("%j is a known name", (name, file) => {
  const story = new Story(smallPage());
  const { elementId } = story.run(addSocial, { section: 0, socialIcons: [{ name, href: "#" }] });
  expect(JSON.stringify(story.element(elementId))).toContain(`/${file}.png`);
});

test("a name without an icon is refused with the nearest and all known ones", () => {
  const story = new Story(smallPage());
  const socialIcons = [
    { name: "x", href: "#" },
    { name: "instagran", href: "#" },
  ];
  expect(story.refusal(addSocial, { section: 0, socialIcons })).toMatchObject({
    code: "INVALID_INPUT",
    message: expect.stringMatching(/^socialIcons\.1\.name: .*Did you mean instagram\? Known: facebook, .* give src/),
    data: { argument: "socialIcons.1.name", nearest: ["instagram"], allowed: networks.map(({ name }) => name) },
  });
});

test.each([
  [{ section: 0 }, "socialIcons is required"],
  [{ section: 0, socialIcons: [] }, "socialIcons has to be at least 1 entries long"],
  [{ section: 0, socialIcons: ["facebook"] }, "socialIcons.0 has to be an object"],
  [{ section: 0, socialIcons: [{ name: "x", url: "#" }] }, "url"],
  [{ section: 0, socialIcons: [{ name: "x", href: "javascript:alert(1)" }] }, "socialIcons.0.href has to be"],
  [{ section: 0, socialIcons: [{ name: "x", href: "#" }], iconSize: 4 }, "iconSize has to be at least 8"],
  [{ section: 0, socialIcons: [{ name: "x", href: "#" }], iconStyle: "rainbow" }, "outline or filled"],
])("%j is refused, and it is said why", (input, words) => {
  const story = new Story(smallPage());
  const { code, message } = story.refusal(addSocial, input);
  expect([code, message]).toEqual(["INVALID_INPUT", expect.stringContaining(words)]);
});

test("filled icons are used where there are any, and it is said where not", () => {
  const story = new Story(smallPage());
  const socialIcons = ["youtube", "bluesky"].map((name) => ({ name, href: "https://example.com" }));
  expect(story.run(addSocial, { section: 0, socialIcons, iconStyle: "filled" }).warnings).toEqual([
    "No filled icon for bluesky: the outline is used. outline has all of them.",
  ]);
  const json = JSON.stringify(story.element("made-1"));
  expect([json.includes("/filled/brand-youtube.png"), json.includes("/outline/brand-bluesky.png")]).toEqual([
    true,
    true,
  ]);
});

test("links that are missing, and black icons on a dark ground, are told", () => {
  const story = new Story(emptyPage());
  story.run(addSection, { columns: [12], rowBackgroundColor: "#14312b" });
  const { warnings } = story.run(addSocial, { section: 0, socialIcons: [{ name: "x" }] });
  expect(warnings).toEqual([
    "1 of the icons lead nowhere yet: give each its href.",
    expect.stringContaining("black and stand on a dark colour"),
  ]);
});

test("a host's own copy of the set is used where there is one", () => {
  const set = new IconSet("https://example.com/icons/");
  const [facebook] = networks;
  if (!facebook) throw new Error("There are no networks.");
  expect(set.address(facebook, "filled")).toBe("https://example.com/icons/filled/brand-facebook.png");
  expect(set.find(`${folder}/outline/brand-facebook.png`)).toEqual({ network: facebook, style: "outline" });
});
