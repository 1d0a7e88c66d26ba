import { expect, test } from "vitest";
import type { Json } from "../document/value.ts";
import { propertiesFor, propertyOwners } from "./properties-of.ts";
import type { PropertyValue } from "./property.ts";
import { allowedValues, storedValue } from "./stored-value.ts";

const size: PropertyValue = { kind: "size", minimum: 0, maximum: 100, takesPercent: true, words: ["auto"] };

test.each<[PropertyValue, readonly (readonly [Json, Json])[], readonly Json[]]>([
  [
    size,
    [
      [5, "5px"],
      ["5.5px", "5.5px"],
      [" 7 ", "7px"],
      ["50%", "50%"],
      ["auto", "auto"],
    ],
    [101, -1, "101%", "wide", "5em", true, null, "5px;x"],
  ],
  [
    { kind: "size", minimum: 0, maximum: 9, isBare: true },
    [
      ["5px", 5],
      [7, 7],
    ],
    ["50%", "auto", 10],
  ],
  [
    { kind: "color" },
    [
      ["#ABC", "#ABC"],
      [" red ", "red"],
      ["hsl(1, 2%, 3%)", "hsl(1, 2%, 3%)"],
    ],
    ["#abcde", "url(x)", "red;", "", 5, "{{ color }}"],
  ],
  [
    { kind: "line-height" },
    [
      [1.5, "150%"],
      ["1.15", "115%"],
      ["24px", "24px"],
      ["normal", "normal"],
    ],
    [0, -1, 11, "x", "2000%", true],
  ],
  [
    { kind: "weight" },
    [
      ["bold", "700"],
      [400, "400"],
      ["550", "550"],
    ],
    [0, 1001, 1.5, "x", true, ""],
  ],
  [
    { kind: "border" },
    [
      ["none", "0px solid transparent"],
      [0, "0px solid transparent"],
      ["0 solid transparent", "0px solid transparent"],
      ["2px  dotted #123456", "2px dotted #123456"],
    ],
    ["2px", "2px wavy red", "2px solid url(x)", 5, "2px solid red;"],
  ],
  [
    { kind: "font" },
    [["Georgia, 'Times New Roman', serif", "Georgia, 'Times New Roman', serif"]],
    ["x;y", "", "a(b)", 5],
  ],
  [
    { kind: "background-image" },
    [
      ["none", "none"],
      ["https://example.com/a.png?b=1", "url('https://example.com/a.png?b=1')"],
      ['url("/a.png")', "url('/a.png')"],
    ],
    ["javascript:alert(1)", "url('a') , url(b)", "data:text/html,x", "", 5, "mailto:a@b.c", "a'b"],
  ],
  [
    { kind: "background-place" },
    [
      ["top left", "top left"],
      ["-5px 50%", "-5px 50%"],
    ],
    ["a;b", "url(x)", "1 2 3 4 5", 5],
  ],
  [
    { kind: "number", minimum: 1, maximum: 9 },
    [
      [3, 3],
      ["4", 4],
    ],
    [0, "x", "10", true],
  ],
  [
    { kind: "flag" },
    [
      [true, true],
      [false, false],
    ],
    ["true", 1, null],
  ],
  [{ kind: "choice", words: ["a", "b"] }, [["a", "a"]], ["c", "", null]],
  [{ kind: "text" }, [], ["anything"]],
  [{ kind: "list" }, [], [[]]],
])("%o holds what it should, and nothing else", (value, accepted, refused) => {
  expect(accepted.map(([given]) => storedValue(value, given, undefined))).toEqual(accepted.map(([, stored]) => stored));
  expect(refused.map((given) => storedValue(value, given, undefined))).toEqual(refused.map(() => undefined));
  expect(allowedValues(value)).toMatch(/^[a-z]/);
});

test("what stands for an absent style could be set", () => {
  const refused = propertyOwners.flatMap((owner) =>
    propertiesFor(owner).flatMap(({ name, role, fallback, value }) => {
      if (role === "content" || fallback === undefined) return [];
      return storedValue(value, fallback, undefined) === fallback ? [] : [`${owner}.${name}`];
    }),
  );
  expect(refused).toEqual([]);
});
