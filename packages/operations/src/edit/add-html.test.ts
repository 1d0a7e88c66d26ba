import { expect, test } from "vitest";
import { getElementDetails } from "../inspect/get-element-details.ts";
import { Story, smallPage } from "../story.test.support.ts";
import { addHtml } from "./add-html.ts";
import { pageOf } from "./page-of.test.support.ts";
import { updateHtml } from "./update-html.ts";

const bar = '<table width="100%"><tr><td bgcolor="#14312b" style="height: 8px;">{{ share }}%</td></tr></table>';

const htmlOf = (story: Story, elementId: string): unknown =>
  story.run(getElementDetails, { elementId }).properties.html;

test("markup stands as it was given, without space around it", () => {
  const story = new Story(smallPage());
  const { elementId, warnings } = story.run(addHtml, { section: 0, html: bar });
  expect(warnings).toBeUndefined();
  expect(story.run(getElementDetails, { elementId })).toMatchObject({
    type: "html",
    updateWith: "update_html",
    properties: { paddingTop: 0, hideOnMobile: false },
  });
  expect(htmlOf(story, elementId)).toContain("{{ share }}%");
  expect(htmlOf(story, elementId)).toContain('bgcolor="#14312b"');
});

test("scripts, handlers and forms are taken out and told; conditions for Outlook and merge tags stay", () => {
  const story = new Story(smallPage());
  const html =
    '<script>x()</script><p onclick="x()">{% if a < b %}a{% endif %}</p><form><input></form>' +
    "<!--[if mso]><b>Outlook</b><![endif]-->";
  const { elementId, warnings } = story.run(addHtml, { section: 0, html });
  expect(htmlOf(story, elementId)).toBe("<p>{% if a < b %}a{% endif %}</p><!--[if mso]><b>Outlook</b><![endif]-->");
  expect(warnings).toEqual([
    "Removed, because e-mail clients do not show it: <script>, <form>, <input>, event handlers.",
  ]);
});

test("an update cleans new markup, and leaves alone what is sent back or not given", () => {
  const wild = '<div onclick="x()"><script>x()</script>a</div>';
  const story = new Story(pageOf(["html", "html-1", { html: { html: wild } }]));
  expect(story.run(updateHtml, { elementId: "html-1", html: wild })).toEqual({ elementId: "html-1", changed: [] });
  expect(story.run(updateHtml, { elementId: "html-1", paddingTop: 12 }).changed).toEqual(["paddingTop"]);
  expect(htmlOf(story, "html-1")).toBe(wild);
  expect(story.run(updateHtml, { elementId: "html-1", html: "<i>b</i><script>y()</script>" })).toEqual({
    elementId: "html-1",
    changed: ["html"],
    warnings: ["Removed, because e-mail clients do not show it: <script>."],
  });
  expect(htmlOf(story, "html-1")).toBe("<i>b</i>");
});

test("what is no HTML block, no text or too long is refused", () => {
  const story = new Story(smallPage());
  expect(story.refusal(addHtml, { section: 0 }).message).toContain("html is required");
  expect(story.refusal(addHtml, { section: 0, html: "x".repeat(100_001) }).message).toContain("html has to be at most");
  expect(story.refusal(updateHtml, { elementId: "title-1", html: "x" }).message).toContain("update_html changes");
});
