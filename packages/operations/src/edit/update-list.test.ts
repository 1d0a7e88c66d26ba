import { applyDelta, isRichText, isTextCell, plainText, type TextDelta, transformDelta } from "@waggle/template";
import { expect, test } from "vitest";
import { getElementDetails } from "../inspect/get-element-details.ts";
import { Story, smallPage } from "../story.test.support.ts";
import { pageOf } from "./page-of.test.support.ts";
import { updateList } from "./update-list.ts";

const elementId = "list-1";
const textKey = "/descriptor/list/html";

const listPage = (html: string, more: Record<string, string> = {}) =>
  pageOf(["list", elementId, { list: { tag: html.includes("<ul") ? "ul" : "ol", html, ...more } }]);

const itemsIn = (story: Story): unknown => story.run(getElementDetails, { elementId }).properties.items;

const htmlIn = (story: Story): unknown => {
  const exported = story.element(elementId);
  return JSON.parse(JSON.stringify(exported)).descriptor.list.html;
};

/** What of the list's text the latest operation touched. */
function deltaOf(story: Story): TextDelta {
  const cell = story.change[elementId]?.[textKey];
  if (!cell || !isTextCell(cell)) throw new Error("The text was not changed by letters.");
  return cell.text;
}

const styled =
  '<ul class="own"><li style="color: #c8432b;"><span style="color: #14312b;">Soft bags</span></li>' +
  '<li style="color: #c8432b;"><span style="color: #14312b;">Bikes <b>free</b></span></li><li>Dogs</li></ul>';

test("what was read can be sent back and changes nothing", () => {
  for (const html of [
    styled,
    "<ul><li>a<ol><li>b</li><li>c</li></ol></li><li><p>d</p><p>e</p></li><li></li></ul>",
    "<div class='txtTinyMce-wrapper'><ol start='3'><li>5 &lt; 6 &amp; {{ x }}</li><li>two<br/>lines</li></ol></div>",
    "<ul>\n<li>one</li>\n<li>two</li>\n</ul><p>between</p><ul><li>three</li></ul>",
    '<ul><li>a <img src="x.png" alt="y"> b</li><li><a href="https://example.com">c</a></li></ul>',
  ]) {
    const story = new Story(listPage(html));
    const { properties } = story.run(getElementDetails, { elementId });
    expect(properties.items).toBeDefined();
    expect(story.run(updateList, { elementId, ...properties })).toEqual({ elementId, changed: [] });
    expect(story.change).toEqual({});
    expect(htmlIn(story)).toBe(html);
  }
});

test("one item that changes leaves the letters of the others alone", () => {
  const story = new Story(listPage(styled));
  const { changed } = story.run(updateList, {
    elementId,
    items: [
      '<span style="color: #14312b;">Soft bags</span>',
      '<span style="color: #14312b;">Boats <b>free</b></span>',
      "Dogs",
    ],
  });
  expect(changed).toEqual(["items"]);
  const touched = deltaOf(story).map((part) => {
    if ("keep" in part) return part.keep;
    return "insert" in part ? part.insert : part.remove;
  });
  expect(touched).toEqual(["Soft bags\u2029".length, "Boats", "Bikes"]);
  expect(htmlIn(story)).toBe(styled.replace("Bikes", "Boats"));
});

test("a plain item keeps the formatting of the one it replaces, a new one that of its neighbour", () => {
  const story = new Story(listPage(styled));
  story.run(updateList, { elementId, items: ["Hard bags", "Skis free", "More skis", "Dogs"] });
  expect(htmlIn(story)).toBe(
    '<ul class="own"><li style="color: #c8432b;"><span style="color: #14312b;">Hard bags</span></li>' +
      '<li style="color: #c8432b;"><span style="color: #14312b;">Skis free</span></li>' +
      '<li style="color: #c8432b;"><span style="color: #14312b;">More skis</span></li><li>Dogs</li></ul>',
  );
});

test("a new item does not lead where its neighbour leads", () => {
  const story = new Story(listPage('<ul><li><a href="https://example.com"><b>Shop</b></a></li></ul>'));
  story.run(updateList, { elementId, items: ["Shops", "About"] });
  expect(htmlIn(story)).toBe('<ul><li><a href="https://example.com"><b>Shops</b></a></li><li><b>About</b></li></ul>');
});

test("items come and go, and the others stay as they are", () => {
  const story = new Story(listPage("<ol><li>a <b>1</b></li><li>b</li><li>c</li></ol>"));
  story.run(updateList, { elementId, items: ["zero", "a <b>1</b>", "c", "{{ last }}"] });
  const removed = deltaOf(story).flatMap((part) => ("remove" in part ? [part.remove] : []));
  expect(removed.join("")).toBe("b\u2029");
  expect(itemsIn(story)).toEqual(["zero", "a <b>1</b>", "c", "{{ last }}"]);
});

test("bullets become numbers, and a marker of bullets the usual one", () => {
  const page = pageOf([
    "list",
    elementId,
    { list: { tag: "ul", html: "<ul><li>a<ul><li>b</li></ul></li></ul>", computedStyle: { listStyleType: "square" } } },
  ]);
  const story = new Story(page);
  expect(story.run(updateList, { elementId, listType: "ol" }).changed).toEqual(["listType", "listStyleType"]);
  expect(story.element(elementId)).toMatchObject({
    descriptor: {
      list: { tag: "ol", html: "<ol><li>a<ul><li>b</li></ul></li></ol>", computedStyle: { listStyleType: "revert" } },
    },
  });
  expect(story.run(updateList, { elementId, listType: "ol" })).toEqual({ elementId, changed: [] });
});

test("several lists in one text share the items, and what is between them stays", () => {
  const story = new Story(listPage("<ul><li>a</li><li>b</li></ul><p>and</p><ol><li>c</li></ol>"));
  expect(itemsIn(story)).toEqual(["a", "b", "c"]);
  story.run(updateList, { elementId, items: ["a", "c", "d"] });
  expect(htmlIn(story)).toBe("<ul><li>a</li></ul><p>and</p><ol><li>c</li><li>d</li></ol>");
});

test("a text that cannot be taken apart is replaced as a whole, and its type only with items", () => {
  const opaque = "<ul><li>{{ev<em>ent.name}}</li></ul>";
  const story = new Story(listPage(opaque));
  expect(itemsIn(story)).toBeUndefined();
  expect(story.refusal(updateList, { elementId, listType: "ol" })).toMatchObject({
    code: "INVALID_INPUT",
    message: expect.stringContaining("Give items as well"),
  });
  expect(story.run(updateList, { elementId, fontSize: 20 }).changed).toEqual(["fontSize"]);
  expect(htmlIn(story)).toBe(opaque);
  expect(story.run(updateList, { elementId, items: ["a"] }).changed).toEqual(["items"]);
  expect(htmlIn(story)).toBe("<ul><li>a</li></ul>");
});

test("what is not given stays", () => {
  const story = new Story(listPage(styled));
  expect(story.run(updateList, { elementId, itemSpacing: 8, mobilePaddingLeft: 0 }).changed).toEqual([
    "itemSpacing",
    "mobilePaddingLeft",
  ]);
  expect(htmlIn(story)).toBe(styled);
});

test("another block is named with the tool that is asked for", () => {
  const story = new Story(smallPage());
  expect(story.refusal(updateList, { elementId: "title-1", items: ["x"] })).toMatchObject({
    code: "INVALID_INPUT",
    message: expect.stringContaining("title-1 is a title, and update_list changes a list"),
  });
  expect(story.refusal(updateList, { elementId: "list-x", items: ["x"] }).code).toBe("ELEMENT_NOT_FOUND");
});

test("what somebody types in one item stays while others come, go and change", () => {
  const story = new Story(listPage("<ol><li>a</li><li>b</li><li>c</li><li>d</li></ol>"));
  const typed = new Story(listPage("<ol><li>a</li><li>b</li><li>c</li><li>d</li></ol>"));
  story.run(updateList, { elementId, items: ["a", "c", "d", "{{ last }}"] });
  typed.run(updateList, { elementId, items: ["a", "b", "c and more", "d"] });
  const [mine, theirs] = [deltaOf(story), deltaOf(typed)];
  const before = new Story(listPage("<ol><li>a</li><li>b</li><li>c</li><li>d</li></ol>")).snapshot.nodes.get(
    elementId,
  )?.[textKey];
  if (!isRichText(before)) throw new Error("The list is no rich text.");
  const merged = applyDelta(applyDelta(before, theirs), transformDelta(mine, theirs, { first: false, wins: true }));
  expect(plainText(merged)).toBe("a\u2029c and more\u2029d\u2029{{ last }}\u2029");
});
