import { htmlCodec } from "@waggle/template/html";
import { afterEach, describe, expect, test } from "vitest";
import everyModule from "../fixtures/every-module.test.json" with { type: "json" };
import { pageSnapshot } from "../fixtures/page-snapshot.test.support.ts";
import { everyLayout, everyRichModule, longWords, rightToLeft } from "../fixtures/rich-pages.test.support.ts";
import type { DocumentKind } from "./document.ts";
import { renderHtml } from "./render-html.ts";

const phone = 375;
const desktop = 700;

const frames: HTMLIFrameElement[] = [];
afterEach(() => {
  for (const frame of frames.splice(0)) frame.remove();
});

interface OpenOptions {
  readonly width: number;
  readonly kind?: DocumentKind;
}

/** The document as a reader's window shows it. */
async function open(template: object, { width, kind = "message" }: OpenOptions): Promise<Document> {
  const frame = document.createElement("iframe");
  frame.style.cssText = `width:${width}px;height:800px;border:0`;
  // Fonts and pictures of these templates are nowhere; waiting for them would only take time.
  const html = renderHtml(pageSnapshot(template), { sanitise: htmlCodec.sanitise, kind });
  frame.srcdoc = html.replace(/<link [^>]*>/g, "").replaceAll("https://example.com/bg.png", "data:,");
  const loaded = new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
  document.body.append(frame);
  frames.push(frame);
  await loaded;
  if (!frame.contentDocument) throw new Error("The frame has no document.");
  return frame.contentDocument;
}

/** The column that holds a paragraph of these words. */
function columnOf(page: Document, words: string): DOMRect {
  return boxOf(page, words, ".column");
}

function boxOf(page: Document, words: string, selector = "p"): DOMRect {
  const paragraph = [...page.querySelectorAll("p")].find(({ textContent }) => textContent === words);
  const found = paragraph?.closest(selector);
  if (!found) throw new Error(`Nothing says “${words}”.`);
  return found.getBoundingClientRect();
}

const isShown = (box: DOMRect): boolean => box.width > 0 && box.height > 0;

const pages: Readonly<Record<string, () => object>> = {
  everyModule: () => everyModule,
  everyRichModule,
  everyLayout,
  longWords,
  rightToLeft,
};

describe.each([phone, desktop])("at %d pixels", (width) => {
  test.each(Object.keys(pages))("%s needs no scrolling sideways", async (name) => {
    for (const kind of ["message", "page", "popup"] as const) {
      const page = await open(pages[name]?.() ?? {}, { width, kind });
      const root = page.documentElement;
      expect([kind, root.scrollWidth]).toEqual([kind, root.clientWidth]);
    }
  });
});

test("columns stand beside each other where there is room, and below each other on phones", async () => {
  const wide = await open(everyLayout(), { width: desktop });
  const [one, two] = [columnOf(wide, "stacks one"), columnOf(wide, "stacks two")];
  const widths = [one.width, two.width, two.left - one.right].map(Math.round);
  expect([one.top, ...widths]).toEqual([two.top, 200, 400, 0]);

  const narrow = await open(everyLayout(), { width: phone });
  const [first, second] = [columnOf(narrow, "stacks one"), columnOf(narrow, "stacks two")];
  expect([first.width, second.width, second.top]).toEqual([first.width, first.width, first.bottom]);
  expect(first.width).toBe(narrow.documentElement.clientWidth);
});

test("columns that turn round stand last to first on phones, however many", async () => {
  const narrow = await open(everyLayout(), { width: phone });
  const tops = (words: readonly string[]): number[] => words.map((each) => columnOf(narrow, each).top);
  const [one = 0, two = 0] = tops(["turns one", "turns two"]);
  expect(two).toBeLessThan(one);
  for (const [name, count] of [
    ["turns3", 3],
    ["turns4", 4],
  ] as const) {
    const order = tops(Array.from({ length: count }, (_each, index) => `${name} ${index + 1}`));
    expect(order).toEqual(order.toSorted((a, b) => b - a));
    expect(new Set(order).size).toBe(count);
  }
  const widths = ["turns one", "turns two", "turns3 2", "turns4 3"].map((words) => columnOf(narrow, words).width);
  expect(new Set(widths)).toEqual(new Set([narrow.documentElement.clientWidth]));
});

test("columns that stay beside each other do so on phones too", async () => {
  const narrow = await open(everyLayout(), { width: phone });
  const [one, two] = [columnOf(narrow, "stays one"), columnOf(narrow, "stays two")];
  expect(one.top).toBe(two.top);
  expect(two.width / one.width).toBeCloseTo(2, 0);
});

test("a gap is as wide as the template says, and as high between columns that stack", async () => {
  const wide = await open(everyLayout(), { width: desktop });
  expect(Math.round(columnOf(wide, "turns two").left - columnOf(wide, "turns one").right)).toBe(20);
  const narrow = await open(everyLayout(), { width: phone });
  expect(columnOf(narrow, "turns one").top - columnOf(narrow, "turns two").bottom).toBe(20);
});

test("what is hidden on one kind of screen shows on the other alone", async () => {
  const shownAt = async (width: number): Promise<readonly string[]> => {
    const page = await open(everyLayout(), { width });
    const words = [
      "desktop-only one",
      "mobile-only one",
      "not on phones",
      "only on phones",
      "module not on phones",
      "module only on phones",
    ];
    return words.filter((each) => isShown(boxOf(page, each)));
  };
  expect(await shownAt(desktop)).toEqual(["desktop-only one", "not on phones", "module not on phones"]);
  expect(await shownAt(phone)).toEqual(["mobile-only one", "only on phones", "module only on phones"]);
});

test("a column that only phones show is as wide as the phone", async () => {
  const narrow = await open(everyLayout(), { width: phone });
  expect(columnOf(narrow, "only on phones").width).toBe(narrow.documentElement.clientWidth);
});

test("mobile styles hold on phones alone", async () => {
  const sizeAt = async (width: number): Promise<readonly (string | undefined)[]> => {
    const page = await open(everyRichModule(), { width });
    const heading = page.querySelector("h1");
    const picture = page.querySelector('img[alt="An orange box"]');
    const style = heading && page.defaultView?.getComputedStyle(heading);
    return [style?.fontSize, style?.textAlign, String(picture?.getBoundingClientRect().width)];
  };
  expect(await sizeAt(desktop)).toEqual(["38px", "center", "250"]);
  expect(await sizeAt(phone)).toEqual(["24px", "left", "375"]);
});

test("a menu folds into a button on phones, and opens when that is clicked", async () => {
  const narrow = await open(everyRichModule(), { width: phone });
  const link = requireElement(narrow, 'a[href$="menu/1"]');
  const trigger = requireElement(narrow, "label.menu-trigger");
  expect([isShown(link.getBoundingClientRect()), isShown(trigger.getBoundingClientRect())]).toEqual([false, true]);
  trigger.click();
  expect(isShown(link.getBoundingClientRect())).toBe(true);

  const wide = await open(everyRichModule(), { width: desktop });
  const shown = ['a[href$="menu/1"]', "label.menu-trigger"].map((selector) =>
    isShown(requireElement(wide, selector).getBoundingClientRect()),
  );
  expect(shown).toEqual([true, false]);
});

test("from right to left the first column is the right one, and texts begin there", async () => {
  const wide = await open(rightToLeft(), { width: desktop });
  const heading = requireElement(wide, "h2").getBoundingClientRect();
  const button = requireElement(wide, 'a[href*="order"]').getBoundingClientRect();
  expect(heading.left).toBeGreaterThan(button.right);
});

test("a message at the side stands there without letting anything beside it", async () => {
  for (const [align, edge] of [
    ["left", "left"],
    ["right", "right"],
  ] as const) {
    const template = structuredClone(everyLayout()) as { page: { body: { content: { computedStyle: object } } } };
    Object.assign(template.page.body.content.computedStyle, { align });
    const page = await open(template, { width: desktop });
    const rows = [...page.querySelectorAll(".row-content")].map((row) => row.getBoundingClientRect()).filter(isShown);
    const edges = new Set(rows.map((box) => Math.round(box[edge])));
    expect([...edges]).toEqual([align === "left" ? 0 : page.documentElement.clientWidth]);
    const tops = rows.map(({ top }) => top);
    expect(tops).toEqual(tops.toSorted((a, b) => a - b));
    expect(new Set(tops).size).toBe(tops.length);
  }
});

function requireElement(page: Document, selector: string): HTMLElement {
  const found = page.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`No ${selector}.`);
  return found;
}
