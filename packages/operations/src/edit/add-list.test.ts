import { expect, test } from "vitest";
import { getElementDetails } from "../inspect/get-element-details.ts";
import { emptyPage, Story, smallPage } from "../story.test.support.ts";
import { addList } from "./add-list.ts";

test("a list stands at the end of the column with the page's colours", () => {
  const story = new Story(smallPage());
  const { elementId } = story.run(addList, { section: 0, listType: "ul", items: ["A bed", "Breakfast"] });
  expect(story.outline()[0]).toMatch(/, list A bed Breakfast$/);
  expect(story.element(elementId)).toMatchObject({
    type: "mailup-bee-newsletter-modules-list",
    descriptor: {
      list: {
        tag: "ul",
        html: "<ul><li>A bed</li><li>Breakfast</li></ul>",
        style: { color: "#222222", "font-size": "16px" },
        computedStyle: { linkColor: "#c8432b", liIndent: "30px", listStyleType: "revert" },
      },
      style: { "padding-top": "10px" },
    },
  });
});

test("styles are written where templates have them", () => {
  const story = new Story(smallPage());
  const look = {
    listStyleType: "upper-roman",
    listStylePosition: "inside",
    indent: 12,
    itemSpacing: 6,
    fontSize: 18,
    mobileFontSize: 14,
    paddingTop: 0,
    hideOnDesktop: true,
  } as const;
  const { elementId } = story.run(addList, { section: 0, index: 0, listType: "ol", items: ["Book"], ...look });
  expect(story.element(elementId)).toMatchObject({
    descriptor: {
      list: {
        tag: "ol",
        html: "<ol><li>Book</li></ol>",
        style: { "font-size": "18px" },
        computedStyle: {
          liIndent: "12px",
          liSpacing: "6px",
          listStyleType: "upper-roman",
          listStylePosition: "inside",
        },
      },
      style: { "padding-top": "0px" },
      mobileStyle: { "font-size": "14px" },
      computedStyle: { hideContentOnDesktop: true },
    },
  });
});

test("items are plain text, HTML, or hold a list; merge tags and signs stay", () => {
  const story = new Story(smallPage());
  const items = [
    "5 < 6 & more",
    "Hi {{ first_name }}, {% if a < b %}yes{% endif %}",
    '<b>Bed</b> by <a href="{{ url }}">the window</a>',
    "Berths<ol><li>upper</li><li>lower</li></ol>",
    "two\nlines",
  ];
  const { elementId } = story.run(addList, { section: 0, listType: "ul", items });
  expect(story.element(elementId)).toMatchObject({
    descriptor: {
      list: {
        html:
          "<ul><li>5 &lt; 6 &amp; more</li><li>Hi {{ first_name }}, {% if a < b %}yes{% endif %}</li>" +
          '<li><b>Bed</b> by <a href="{{ url }}">the window</a></li>' +
          "<li>Berths<ol><li>upper</li><li>lower</li></ol></li><li>two<br>lines</li></ul>",
      },
    },
  });
});

test("what could do harm is taken out of items, and told", () => {
  const story = new Story(smallPage());
  const { elementId, warnings } = story.run(addList, {
    section: 0,
    listType: "ul",
    items: ['<b onclick="x()">a</b><script>x()</script>', "b"],
  });
  expect(story.run(getElementDetails, { elementId }).properties.items).toEqual(["<b>a</b>", "b"]);
  expect(warnings).toEqual(["Removed, because e-mail clients do not show it: <script>, event handlers."]);
});

test.each([
  [{ listType: "ul" }, "items is required"],
  [{ items: ["a"] }, "listType is required"],
  [{ listType: "dl", items: ["a"] }, "listType has to be ul or ol"],
  [{ listType: "ul", items: [] }, "items has to be at least 1"],
  [{ listType: "ul", items: ["a", 1] }, "items.1 has to be text"],
  [{ listType: "ul", items: Array.from({ length: 20 }, () => "x".repeat(4000)) }, "items has to be at most 50000"],
  [{ listType: "ul", items: "a" }, "items has to be a list"],
  [{ listType: "ul", items: ["a"], bullet: "disc" }, "Unknown argument bullet."],
  [{ listType: "ul", items: ["a"], listStyleType: "star" }, "listStyleType has to be revert or none or disc"],
])("%j is refused: %s", (input, message) => {
  const refusal = new Story(smallPage()).refusal(addList, { section: 0, ...input });
  expect(refusal.code).toBe("INVALID_INPUT");
  expect(refusal.message).toContain(message);
});

test("an email without sections is told to get one", () => {
  const input = { section: 0, listType: "ul", items: ["a"] };
  expect(new Story(emptyPage()).refusal(addList, input).message).toContain("Call add_section first");
});
