import { expect, test } from "vitest";
import { Story, smallPage } from "../story.test.support.ts";
import { addImage } from "./add-image.ts";

test("a picture is built as templates have them, and fills its column", () => {
  const story = new Story(smallPage());
  const input = { section: 0, index: 0, src: "https://example.com/train.jpg", alt: "A train" };
  expect(story.run(addImage, input)).toEqual({ elementId: "made-1" });
  expect(story.outline()[0]).toBe(
    "image A train, title Spring is here, paragraph Dear customer, our sale starts., button Click here",
  );
  expect(story.element("made-1")).toEqual({
    uuid: "made-1",
    type: "mailup-bee-newsletter-modules-image",
    locked: false,
    descriptor: {
      image: { src: "https://example.com/train.jpg", alt: "A train", href: "", target: "_blank", prefix: "" },
      style: {
        "border-radius": "0px",
        width: "100%",
        "padding-top": "0px",
        "padding-right": "0px",
        "padding-bottom": "0px",
        "padding-left": "0px",
      },
      mobileStyle: {},
      computedStyle: {
        class: "center autowidth",
        width: "100%",
        hideContentOnDesktop: false,
        hideContentOnMobile: false,
      },
    },
  });
});

test("a width in pixels is fixed, one in per cent is counted of the column, and 100 % fills it", () => {
  const story = new Story(smallPage());
  const input = { section: 1, column: 1, src: "a.png", alt: "" };
  const [pixels, half, whole] = [320, "50%", "100%"].map(
    (width) => story.run(addImage, { ...input, width, align: "left" }).elementId,
  );
  expect(story.element(pixels ?? "")).toMatchObject({
    descriptor: { computedStyle: { class: "left fixedwidth", width: "320px" } },
  });
  // Two thirds of 640 pixels, halved.
  expect(story.element(half ?? "")).toMatchObject({
    descriptor: { image: { percWidth: 50 }, computedStyle: { class: "left fixedwidth", width: "213.33px" } },
  });
  expect(story.element(whole ?? "")).toMatchObject({
    descriptor: { computedStyle: { class: "left autowidth", width: "100%" } },
  });
});

test("a picture without alt text is told", () => {
  const { warnings } = new Story(smallPage()).run(addImage, { section: 0, src: "a.png" });
  expect(warnings).toEqual(["No alt text: set alt with update_image, or to an empty text for decoration."]);
});

test("a picture in the address itself is told that mail programs hide it", () => {
  const src = "data:image/png;base64,AA==";
  const { warnings } = new Story(smallPage()).run(addImage, { section: 0, src, alt: "Dot" });
  expect(warnings?.[0]).toContain("Gmail and Outlook show no data: pictures");
});

test.each([
  "https://example.com/a.png?w=2:3",
  "http://example.com/a.png",
  "//example.com/a.png",
  "/assets/a.png",
  "assets/a.png",
  "{{ picture }}",
  "{{ base }}/a.png",
  "*|IMAGE|*",
  "data:image/gif;base64,AA==",
])("%j is an address of a picture", (src) => {
  const story = new Story(smallPage());
  const { elementId } = story.run(addImage, { section: 0, src, alt: "" });
  expect(story.element(elementId)).toMatchObject({ descriptor: { image: { src } } });
});

test.each([
  "",
  " ",
  "javascript:alert(1)",
  "java\tscript:alert(1)",
  "{{ x }}javascript:alert(1)",
  "data:text/html,<script>1</script>",
  "mailto:a@b.c",
  "file:///etc/passwd",
  `data:image/png;base64,${"A".repeat(17_000)}`,
  `https://example.com/${"a".repeat(2000)}`,
])("%j is none", (src) => {
  const story = new Story(smallPage());
  expect(story.refusal(addImage, { section: 0, src, alt: "" })).toMatchObject({
    code: "INVALID_INPUT",
    message: expect.stringContaining("add_image: src has to be"),
    data: { argument: "src" },
  });
});

test.each([0, 3000, "0%", "120%", "50", "half"])("%j is no width", (width) => {
  const story = new Story(smallPage());
  expect(story.refusal(addImage, { section: 0, src: "a.png", width }).message).toBe(
    'add_image: width has to be a number of pixels, 1 to 2000, or a share of the column, like "50%".',
  );
});

test("a picture needs an address", () => {
  const story = new Story(smallPage());
  expect(story.refusal(addImage, { section: 0, alt: "x" }).message).toMatch(/^add_image: src is required/);
});
