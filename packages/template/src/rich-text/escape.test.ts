import fc from "fast-check";
import { expect, test } from "vitest";
import { isAttributeList, isStartTag } from "./attribute-list.ts";
import { attribute, escapeText, hasMixedQuotes } from "./escape.ts";
import { readAttributes, readStartTag } from "./start-tag.ts";

test("text is escaped, template tags are not", () => {
  expect(escapeText('a < b & "c" > d\u00a0{{ e && f < g }}')).toBe('a &lt; b &amp; "c" &gt; d&nbsp;{{ e && f < g }}');
  expect(escapeText("{{ <b> & }}")).toBe("{{ &lt;b&gt; &amp; }}");
});

test("a template tag chooses the quotes around it", () => {
  expect(attribute("href", "a&b\"c'd")).toBe('href="a&amp;b&quot;c\'d"');
  expect(attribute("href", "{{ f 'x' }}\"")).toBe("href=\"{{ f 'x' }}&quot;\"");
  expect(attribute("href", '{{ f "x" }}\'')).toBe("href='{{ f \"x\" }}&#39;'");
  expect(hasMixedQuotes("{{ f \"x\" }} and {{ 'y' }}")).toBe(true);
});

test("attributes are read back from what was written", () => {
  const value = fc
    .array(
      fc.constantFrom(
        "a",
        "&",
        '"',
        "'",
        "<",
        ">",
        "=",
        " ",
        "\u00a0",
        "&quot;",
        "{{ x }}",
        '{{ "y" }}',
        "{{ 'z' }}",
        "{{",
      ),
    )
    .map((parts) => parts.join(""))
    .filter((text) => !hasMixedQuotes(text));
  fc.assert(
    fc.property(value, value, (title, href) => {
      const rest = `${attribute("title", title)} ${attribute("data-x", href)}`;
      expect(isAttributeList(rest)).toBe(true);
      expect(readAttributes(rest)).toEqual([
        ["title", title],
        ["data-x", href],
      ]);
    }),
    { seed: 1, numRuns: 500 },
  );
});

test("only start tags of known elements are such", () => {
  const names = new Set(["span", "b"]);
  expect(isStartTag("b", names)).toBe(true);
  expect(isStartTag("span class=\"x\" title='y'", names)).toBe(true);
  for (const tag of [
    "img src=x",
    "span><script>",
    "span onclick",
    'span class="x"title="y"',
    "span ",
    'span class="x" ',
    "",
  ]) {
    expect(isStartTag(tag, names)).toBe(false);
  }
  expect(readStartTag('span class="a&amp;b"')).toEqual({ name: "span", attributes: [["class", "a&b"]] });
});
