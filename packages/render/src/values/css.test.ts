import { expect, test } from "vitest";
import { alignment, background, borders, cssValue, padding, pixels } from "./css.ts";

test.each([
  ["padding-top", 12, "12px"],
  ["padding-top", "12", "12px"],
  ["padding-top", 0, "0"],
  ["line-height", 1.5, "1.5"],
  ["font-weight", "700", "700"],
  ["font-family", "'Lato', \"Segoe UI\", sans-serif", "'Lato', \"Segoe UI\", sans-serif"],
  ["background-image", "url('https://example.com/a.png')", "url('https://example.com/a.png')"],
  ["background-color", "rgba(0, 0, 0, .5)", "rgba(0, 0, 0, .5)"],
  ["background-color", "{{ brand_color }}", "{{ brand_color }}"],
  ["background-color", "{{ brand; color }}", "{{ brand; color }}"],
  ["font-family", "'Lato', sans-serif;", "'Lato', sans-serif"],
  ["color", "  #FFF\n", "#FFF"],
])("%s: %j is written as %j", (property, value, expected) => {
  expect(cssValue(property, value)).toBe(expected);
});

test.each([
  ["color", "red; position: fixed"],
  ["color", "red} body {display: none"],
  ["color", "red</style><script>alert(1)</script>"],
  ["color", "\\65 xpression(alert(1))"],
  ["width", "expression(alert(1))"],
  ["width", "{{ a }}expression(alert(1))"],
  ["background-image", "url(javascript:alert(1))"],
  ["background-image", "url('https://example.com/a.png'), url(java script:alert(1)"],
  ["font-family", "'Lato"],
  ["color", "red /* */"],
  ["background-image", 'url("https://example.com/a.png");color:red'],
  ["background-image", 'url("https://example.com/a.png"); color: red;'],
  ["font-family", "{{ font }};color:red"],
  ["color", ";"],
  ["color", ""],
  ["color", null],
  ["color", ["red"]],
  ["color", {}],
  ["width", Number.NaN],
])("%s: %j may not stand in a declaration", (property, value) => {
  expect(cssValue(property, value)).toBeUndefined();
});

test("pixels are read from numbers and from texts with or without a unit", () => {
  expect([12, "12px", " 12.5 ", "-3px", "50%", "auto", undefined, [], Number.NaN].map(pixels)).toEqual([
    12,
    12,
    12.5,
    -3,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test("an alignment has many names", () => {
  expect(["-webkit-center", "CENTER", "start", "right", "nowhere", 7].map((value) => alignment(value, "left"))).toEqual(
    ["center", "center", "left", "right", "left", "left"],
  );
});

test("borders without a width are left out", () => {
  const styles = {
    "border-top": "0 solid transparent",
    "border-right": "0px none #000",
    "border-bottom": "2px dashed red",
    "border-left": "thin solid red",
  };
  expect(borders(styles)).toEqual({ "border-bottom": "2px dashed red", "border-left": "thin solid red" });
});

test("a background that shows nothing is left out", () => {
  expect(
    background({ "background-color": "transparent", "background-image": "none", "background-repeat": "no-repeat" }),
  ).toEqual({});
});

test("padding keeps only padding", () => {
  expect(padding({ color: "red", "padding-left": "3px", "padding-top": "1px" })).toEqual({
    "padding-top": "1px",
    "padding-left": "3px",
  });
});
