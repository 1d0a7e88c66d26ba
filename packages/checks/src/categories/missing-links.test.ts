import { expect, test } from "vitest";
import { button, check, found, image, module, template } from "../fixtures/template.test.support.ts";

const menu = (hrefs: readonly unknown[]) =>
  module(
    "menu",
    { menuItemsList: { items: hrefs.map((href, at) => ({ text: `Entry ${at}`, link: { href } })) } },
    { uuid: "menu" },
  );
const social = (hrefs: readonly unknown[]) =>
  module(
    "social",
    {
      iconsList: { icons: hrefs.map((href) => ({ name: "x", image: { src: "https://e.com/x.png", alt: "x", href } })) },
    },
    { uuid: "social" },
  );

test("buttons, menu entries and social icons without a link are found, each with its place", () => {
  const page = template({
    modules: [
      button({ href: "" }, {}, { uuid: "button" }),
      menu(["https://e.com", undefined]),
      social(["#", "https://e.com"]),
    ],
  });
  const report = check(page, "missingCopyLink");
  expect(report.status).toBe("warning");
  expect(found(report)).toEqual([
    { id: "button" },
    { id: "menu", subModuleIndex: 1 },
    { id: "social", subModuleIndex: 0 },
  ]);
  expect(report.findings.map(({ element }) => element?.label)).toEqual(["Buy", "Entry 1", "x"]);
  expect(report.findings[1]?.fix).toContain('update_menu with elementId "menu", and href in items[1]');
});

test.each(["", " ", "#", "http://", "https://", "mailto:", "tel:", "javascript:void(0)"])(
  "%j leads nowhere",
  (href) => {
    expect(check(template({ modules: [button({ href })] }), "missingCopyLink").findings).toHaveLength(1);
  },
);

test.each([
  "https://example.com",
  "mailto:ann@example.com",
  "tel:+491234",
  "#top",
  "{{ unsubscribe }}",
  "http://[unsubscribe]/",
  "*|UNSUB|*",
  "%%view_url%%",
  "<%= url %>",
])("%j is a link", (href) => {
  expect(check(template({ modules: [button({ href })] }), "missingCopyLink").findings).toEqual([]);
});

test("pictures and icons without a link are found; social icons are links of their own", () => {
  const icons = module(
    "icons",
    {
      iconsList: {
        icons: [
          { image: "https://e.com/a.png", alt: "a", href: "https://e.com" },
          { image: "https://e.com/b.png", alt: "b" },
        ],
      },
    },
    { uuid: "icons" },
  );
  const page = template({ modules: [image({ href: "" }, { uuid: "picture" }), icons, social([""])] });
  const report = check(page, "missingImageLink");
  expect(report.status).toBe("suggestion");
  expect(found(report)).toEqual([{ id: "picture" }, { id: "icons", subModuleIndex: 1 }]);
});

test("linked pictures and those that are not there yet lack nothing", () => {
  const page = template({ modules: [image({}), image({ href: "{{ url }}" }), image({ href: "", src: "" })] });
  expect(check(page, "missingImageLink").findings).toEqual([]);
});
