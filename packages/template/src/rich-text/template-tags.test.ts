import { expect, test } from "vitest";
import { findTemplateTags, outsideTags } from "./template-tags.ts";

function found(text: string): string[] {
  return findTemplateTags(text).map(({ start, end }) => text.slice(start, end));
}

test.each([
  ["{{a}}b{{ c }}", ["{{a}}", "{{ c }}"]],
  ["{{{ raw }}}}", ["{{{ raw }}}"]],
  ["{{!-- a }} b --}} c", ["{{!-- a }} b --}}"]],
  ["{%- if x -%}{# note #}", ["{%- if x -%}", "{# note #}"]],
  ["<%= a %><% b %>", ["<%= a %>", "<% b %>"]],
  ["*|IF:A|* *|a<b|* *|c|d|*", ["*|IF:A|*"]],
  ["{{ never closed", []],
  ["{% a }} {{ b }}", ["{{ b }}"]],
  ["[name] $(x) %%y%% {z}", []],
])("in %s these are tags: %j", (text, tags) => {
  expect(found(text)).toEqual(tags);
});

test("a tag with markup is told apart, for parsers don't read it as text", () => {
  expect(findTemplateTags("{{ <b>x</b> }}{{ a < b }}").map(({ hasMarkup }) => hasMarkup)).toEqual([true, false]);
});

test("rewriting leaves tags as they are", () => {
  expect(outsideTags("a{{a}}a{{<a>}}", (part) => part.replaceAll("a", "b"))).toBe("b{{a}}b{{<b>}}");
});
