import { expect, test } from "vitest";
import {
  button,
  check,
  found,
  module,
  type PageParts,
  paragraph,
  template,
  title,
} from "../fixtures/template.test.support.ts";

const contrast = (parts: PageParts) => check(template(parts), "insufficientColorContrast");
const pairs = (parts: PageParts) =>
  contrast(parts).findings.flatMap(({ data }) =>
    [data.colors, data.tinyColorsList].flat().map((pair) => {
      const { color, backgroundColor, contrastRatio } = pair as Record<string, unknown>;
      return [color, backgroundColor, contrastRatio];
    }),
  );

test("text too near to its background is found, with colours that would do", () => {
  const report = contrast({ modules: [paragraph("<p>Hello</p>", { color: "#777777" }, { uuid: "text" })] });
  expect(report.status).toBe("warning");
  expect(found(report)).toEqual([
    {
      id: "text",
      colors: [
        {
          color: "#777777",
          backgroundColor: "#ffffff",
          contrastRatio: 4.47,
          wanted: 4.5,
          suggestedColor: "#767676",
          label: "default",
        },
      ],
      hasLinks: false,
      tinyColorsList: [],
    },
  ]);
});

test.each([
  ["#ffffff", "#3aaee0"],
  ["#dddddd", "#ffffff"],
  ["#333333", "#222222"],
  ["#ff0000", "#00ff00"],
  ["#808080", "#808080"],
])("for %s on %s the proposed colours pass", (color, background) => {
  const looks = (text: unknown, back: unknown) =>
    contrast({ modules: [button({}, { color: text, "background-color": back })] }).findings;
  const [finding] = looks(color, background);
  const colors = finding?.data.colors as readonly Record<string, string>[] | undefined;
  const { suggestedColor, suggestedBackgroundColor = "#ffffff" } = colors?.[0] ?? {};
  expect(suggestedColor).toMatch(/^#[0-9a-f]{6}$/);
  expect(looks(suggestedColor, background)).toEqual([]);
  if (colors?.[0]?.suggestedBackgroundColor) expect(looks(color, suggestedBackgroundColor)).toEqual([]);
});

test("a button keeps its white text when its fill can be darker", () => {
  const { findings } = contrast({ modules: [button({}, { color: "#ffffff", "background-color": "#3aaee0" })] });
  expect(findings[0]?.fix).toMatch(/^Make the text #3a3a3a \(.*\), or what is behind it #2[0-9a-f]{5}\.$/);
});

test.each([
  ["#767676 is enough for small text", paragraph("<p>x</p>", { color: "#767676" })],
  ["large text needs 3", title("x", { style: { color: "#949494", "font-size": "24px", "font-weight": "400" } })],
  [
    "so does bold text from 14 points",
    title("x", { style: { color: "#949494", "font-size": "19px", "font-weight": "700" } }),
  ],
])("%s", (_rule, module) => {
  expect(pairs({ modules: [module] })).toEqual([]);
});

test("19 px that are not bold are small, and large text under 3 fails too", () => {
  expect(
    pairs({ modules: [title("x", { style: { color: "#949494", "font-size": "19px", "font-weight": "400" } })] }),
  ).toHaveLength(1);
  expect(pairs({ modules: [title("x", { style: { color: "#aaaaaa", "font-size": "40px" } })] })).toEqual([
    ["#aaaaaa", "#ffffff", 2.32],
  ]);
});

test("the nearest background counts: of page, row, content, column, and button", () => {
  const white = paragraph("<p>x</p>", { color: "#ffffff" });
  const dark = { "background-color": "#000000" };
  const behind: readonly PageParts[] = [
    { page: { body: { container: { style: dark } } } },
    { page: { body: { content: { computedStyle: { messageBackgroundColor: "#000000" } } } } },
    { row: { container: { style: dark } } },
    { row: { content: { style: dark } } },
    { column: { style: dark } },
  ];
  expect(behind.map((parts) => pairs({ ...parts, modules: [white] }))).toEqual(behind.map(() => []));
  const covered = { row: { container: { style: dark } }, column: { style: { "background-color": "#eeeeee" } } };
  expect(pairs({ ...covered, modules: [white] })).toEqual([["#ffffff", "#eeeeee", 1.16]]);
  expect(pairs({ ...covered, modules: [button({}, { color: "#ffffff", "background-color": "#ffff00" })] })).toEqual([
    ["#ffffff", "#ffff00", 1.07],
  ]);
});

test("what is see-through is mixed with what is below", () => {
  const over = (color: string, background: string) =>
    pairs({ column: { style: { "background-color": background } }, modules: [paragraph("<p>x</p>", { color })] });
  expect(over("#000000", "rgba(0, 0, 0, 0.5)")).toEqual([]);
  expect(over("#ffffff", "rgba(0,0,0,0.5)")).toEqual([["#ffffff", "#808080", 3.97]]);
  expect(over("rgba(0, 0, 0, 0.3)", "transparent")).toEqual([["#b3b3b3", "#ffffff", 2.1]]);
  expect(over("#00000080", "#ffffff")).toEqual([["#7f7f7f", "#ffffff", 4]]);
});

test("colours inside a text are judged word by word", () => {
  const html =
    '<p>dark <span style="color:#ffff00">yellow</span> <font color="#cccccc">grey</font> <span style="background-color:#111111">lost</span></p>';
  const [finding] = contrast({ modules: [paragraph(html)] }).findings;
  expect(finding?.data).toMatchObject({
    colors: [{ color: "#000000", backgroundColor: "#111111" }],
    tinyColorsList: [
      { text: "yellow", color: "#ffff00" },
      { text: "grey", color: "#cccccc" },
    ],
  });
});

test("links have the colour of the page, of their module, or their own", () => {
  const page = { body: { content: { computedStyle: { linkColor: "#eeeeee" } } } };
  const html = '<p>See <a href="https://e.com">this</a></p>';
  const linked = contrast({ page, modules: [paragraph(html)] });
  expect(linked.findings[0]?.data).toMatchObject({ colors: [{ color: "#eeeeee", label: "link" }], hasLinks: true });
  const ofModule = module("paragraph", {
    paragraph: { html, style: { color: "#000000" }, computedStyle: { linkColor: "#0000ee" } },
  });
  expect(pairs({ page, modules: [ofModule] })).toEqual([]);
  expect(pairs({ page, modules: [paragraph(html.replace("<a", '<a style="color:#00ff00"'))] })).toEqual([
    ["#00ff00", "#ffffff", 1.37],
  ]);
});

test("text over a background picture is not judged but listed; an opaque colour over it is judged again", () => {
  const row = { content: { style: { "background-image": "url('https://e.com/a.png')" } } };
  const pale = paragraph("<p>x</p>", { color: "#ffffff" }, { uuid: "text" });
  const over = contrast({ row, modules: [pale] });
  expect(over.findings).toEqual([]);
  expect(over.facts.ignored).toEqual([
    { uuid: "text", widgetType: "paragraph", widgetLabel: "x", reasons: ["unknownColors"] },
  ]);
  expect(pairs({ row, column: { style: { "background-color": "#fffffe" } }, modules: [pale] })).toHaveLength(1);
});

test("a colour that is a merge tag is not judged but listed", () => {
  const report = contrast({ modules: [paragraph("<p>x</p>", { color: "{{ brand }}" })] });
  expect([report.findings, report.facts.ignored]).toEqual([
    [],
    [expect.objectContaining({ reasons: ["unknownColors"] })],
  ]);
});

test.each([
  ["list", { list: { html: "<ul><li>x</li></ul>", style: { color: "#eeeeee" } } }],
  [
    "menu",
    {
      menuItemsList: { items: [{ text: "x", link: { href: "https://e.com" } }] },
      style: { color: "#eeeeee" },
      computedStyle: { linkColor: "#eeeeee" },
    },
  ],
  [
    "icons",
    { iconsList: { icons: [{ image: "https://e.com/a.png", alt: "a", text: "x" }] }, style: { color: "#eeeeee" } },
  ],
  ["table", { table: { content: { rows: [{ cells: [{ html: "x" }] }] }, style: { color: "#eeeeee" } } }],
  ["text", { text: { html: '<div style="color:#eeeeee">x</div>' } }],
  ["html", { html: { html: '<div style="color:#eeeeee">x' } }],
])("%s modules are judged as well", (type, descriptor) => {
  expect(pairs({ modules: [module(type, descriptor)] })).toEqual([["#eeeeee", "#ffffff", 1.16]]);
});
