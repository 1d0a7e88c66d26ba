import { expect, test } from "vitest";
import { check, found, image, module, template } from "../fixtures/template.test.support.ts";

const icons = (type: string, list: readonly object[]) => module(type, { iconsList: { icons: list } }, { uuid: type });

test("a picture, an icon and a social icon without alt text are found, each with its place", () => {
  const report = check(
    template({
      modules: [
        image({ alt: "" }, { uuid: "picture" }),
        icons("icons", [
          { image: "https://example.com/star.png", alt: "A star" },
          { image: "https://example.com/moon.png" },
        ]),
        icons("social", [{ name: "facebook", image: { src: "https://example.com/f.png", href: "#", alt: " " } }]),
      ],
    }),
    "missingAltText",
  );
  expect(report.status).toBe("warning");
  expect(report.findings.map(({ element }) => [element?.id, element?.widgetType, element?.label])).toEqual([
    ["picture", "image", "a.png"],
    ["icons", "icon", "moon.png"],
    ["social", "social", "facebook"],
  ]);
  expect(found(report)).toEqual([
    { id: "picture" },
    { id: "icons", subModuleIndex: 1 },
    { id: "social", subModuleIndex: 0 },
  ]);
  expect(report.findings[0]?.fix).toBe('Say what it shows: update_image with elementId "picture" and alt.');
});

test.each([
  ["text", image({ alt: "A ferry" })],
  ["a merge tag", image({ alt: "{{ product.name }}" })],
  ["no picture yet", image({ alt: "", src: "" })],
  [
    "custom attributes that say it decorates",
    module("image", {
      image: { src: "https://example.com/a.png", alt: "" },
      customAttributes: [{ key: "role", value: "presentation" }],
    }),
  ],
])("nothing is missing where there is %s", (_what, picture) => {
  const report = check(template({ modules: [picture] }), "missingAltText");
  expect([report.status, found(report)]).toEqual(["passed", []]);
});

test("moving pictures and stickers have the contract's names", () => {
  const addresses = [
    "https://example.com/a.gif?x=1",
    "https://media2.giphy.com/media/x/giphy.gif?cid=1&ep=v1_stickers_search&ct=s",
    "https://media0.giphy.com/media/x/giphy.gif?ct=g",
    "https://example.com/gif/a.jpg",
  ];
  const report = check(template({ modules: addresses.map((src) => image({ src, alt: "" })) }), "missingAltText");
  expect(report.findings.map(({ element }) => element?.widgetType)).toEqual(["gif", "sticker", "gif", "image"]);
});

test("what nobody sees needs no alt text, whichever of module, column and row hides it", () => {
  const hidden = { hideContentOnMobile: true, hideContentOnDesktop: true };
  const bare = { src: "https://example.com/a.png", alt: "" };
  const inModule = template({ modules: [module("image", { image: bare, computedStyle: hidden })] });
  const apart = template({
    modules: [module("image", { image: bare, computedStyle: { hideContentOnMobile: true } })],
    row: { content: { computedStyle: { hideContentOnDesktop: "true" } } },
  });
  const onPhonesOnly = template({
    modules: [module("image", { image: bare, computedStyle: { hideContentOnDesktop: true } })],
  });
  const counts = [inModule, apart, onPhonesOnly].map((page) => check(page, "missingAltText").findings.length);
  expect(counts).toEqual([0, 0, 1]);
});

test("a locked or synced row is named with what is in it", () => {
  const report = check(
    template({ modules: [image({ alt: "" })], row: { locked: true, synced: true } }),
    "missingAltText",
  );
  expect(report.findings[0]?.element).toMatchObject({ isLocked: true, isSynced: true });
});
