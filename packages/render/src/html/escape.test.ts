import { expect, test } from "vitest";
import { attributeText, escapeText } from "./escape.ts";

test("markup in a text becomes text", () => {
  expect(escapeText('<b title="x">Tea & cake</b>')).toBe('&lt;b title="x"&gt;Tea &amp; cake&lt;/b&gt;');
});

test("a template tag keeps what it says", () => {
  expect(escapeText("{% if a < b && c > d %} & {{ name }}")).toBe("{% if a < b && c > d %} &amp; {{ name }}");
});

test("a template tag that holds markup is text like any other", () => {
  expect(escapeText("{{ <img src=x onerror=alert(1)> }}")).toBe("{{ &lt;img src=x onerror=alert(1)&gt; }}");
});

test("an attribute can't be left", () => {
  expect(attributeText("alt", '" onclick="alert(1)')).toBe('alt="&quot; onclick=&quot;alert(1)"');
  expect(attributeText("alt", '{{ x }} " {{')).toBe('alt="{{ x }} &quot; &#123;&#123;"');
});

test("quotes in a template tag are kept by putting the others around", () => {
  expect(attributeText("href", '{{ "x" }}?a=1&b=2')).toBe(`href='{{ "x" }}?a=1&amp;b=2'`);
  expect(attributeText("href", "{{ 'x' }}")).toBe(`href="{{ 'x' }}"`);
});
