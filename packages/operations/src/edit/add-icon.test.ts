import { expect, test } from "vitest";
import { Story, smallPage } from "../story.test.support.ts";
import { addIcon } from "./add-icon.ts";

const src = "https://example.com/berth.png";

test("an icon is complete, its words beside it and its alt text the same words", () => {
  const story = new Story(smallPage());
  expect(story.run(addIcon, { section: 0, icons: [{ src, text: "Made beds" }] })).toEqual({ elementId: "made-1" });
  expect(story.element("made-1")).toMatchObject({
    type: "mailup-bee-newsletter-modules-icons",
    descriptor: {
      iconsList: {
        icons: [
          {
            id: "made-2",
            image: src,
            text: "Made beds",
            alt: "Made beds",
            href: "",
            target: "_blank",
            textPosition: "right",
          },
        ],
      },
      style: { color: "#222222", "font-size": "14px", "text-align": "center", "padding-top": "10px" },
      computedStyle: {
        iconHeight: "32px",
        itemsSpacing: "0px",
        iconSpacing: { "padding-top": "5px", "padding-left": "5px" },
        hideContentOnMobile: false,
      },
    },
  });
});

test("what is given is written", () => {
  const story = new Story(smallPage());
  story.run(addIcon, {
    section: 0,
    icons: [
      {
        src: "{{ icon }}",
        text: "{{ city }}",
        textPosition: "bottom",
        href: "tel:+15550100",
        alt: "",
        width: 80,
        height: 40,
      },
      { src, alt: "A bed" },
    ],
    iconHeight: 48,
    iconSpacing: 12,
    itemsSpacing: 24,
    align: "left",
    fontSize: 18,
    fontWeight: 700,
    color: "#14312b",
    hideOnMobile: true,
  });
  expect(story.element("made-1")).toMatchObject({
    descriptor: {
      iconsList: {
        icons: [
          {
            image: "{{ icon }}",
            text: "{{ city }}",
            textPosition: "bottom",
            href: "tel:+15550100",
            alt: "",
            width: "80px",
            height: "40px",
          },
          { image: src, text: "", alt: "A bed" },
        ],
      },
      style: { color: "#14312b", "font-size": "18px", "font-weight": "700", "text-align": "left" },
      computedStyle: {
        iconHeight: "48px",
        itemsSpacing: "24px",
        iconSpacing: { "padding-top": "12px", "padding-right": "12px" },
        hideContentOnMobile: true,
      },
    },
  });
});

test("icons that say nothing, and pictures mail programs do not show, are told", () => {
  const story = new Story(smallPage());
  const { warnings } = story.run(addIcon, { section: 0, icons: [{ src: "data:image/png;base64,AA==" }] });
  expect(warnings).toEqual([
    "1 of the icons have neither text nor alt: give alt, many readers see no pictures.",
    expect.stringContaining("data: pictures"),
  ]);
});

test.each([
  [{ section: 0 }, "icons is required"],
  [{ section: 0, icons: [{ text: "x" }] }, "icons.0.src is required"],
  [{ section: 0, icons: [{ src: "mailto:a@b.c" }] }, "icons.0.src has to be"],
  [{ section: 0, icons: [{ src, href: "javascript:x" }] }, "icons.0.href has to be"],
  [
    { section: 0, icons: [{ src, textPosition: "middle" }] },
    "icons.0.textPosition has to be left or right or top or bottom",
  ],
  [{ section: 0, icons: [{ src }], iconHeight: 2 }, "iconHeight has to be at least 8"],
])("%j is refused, and it is said why", (input, words) => {
  const story = new Story(smallPage());
  const { code, message } = story.refusal(addIcon, input);
  expect([code, message]).toEqual(["INVALID_INPUT", expect.stringContaining(words)]);
});
