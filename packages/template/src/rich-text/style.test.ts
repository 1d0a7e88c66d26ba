import { expect, test } from "vitest";
import { canonicalStyle, splitDeclarations } from "./style.ts";

test.each([
  ["", []],
  [" ; ;", []],
  ["color:red;margin:0", ["color:red", "margin:0"]],
  ["background:url(a;b);color:red", ["background:url(a;b)", "color:red"]],
  ["font:'a;b';x:\"c;d\"", ["font:'a;b'", 'x:"c;d"']],
  ["/* ; ' */color:red;x:y", ["/* ; ' */color:red", "x:y"]],
  ["color:{{ a;b }};x:[;]", ["color:{{ a;b }}", "x:[;]"]],
  ["a:'\\';';b:c", ["a:'\\';'", "b:c"]],
  ["a:b)c;d:e", ["a:b)c", "d:e"]],
])("%s has the declarations %j", (style, declarations) => {
  expect(splitDeclarations(style)).toEqual(declarations);
});

test.each(["a:'b", 'a:"b', "a:url(b", "a:/* b", "a:'b\n'", "a:{{ b }", "'"])("where %j ends can't be told", (style) => {
  expect(splitDeclarations(style)).toBeUndefined();
});

test.each([
  ["COLOR:RED", "color: RED;"],
  ['font-family:"A B",c , d;;', "font-family: 'A B', c, d;"],
  ["background:url(data:a/b;base64,c,d)", "background: url(data:a/b;base64,c,d);"],
  ["--Brand:  x   y", "--Brand: x y;"],
  ["a:'b; c", "a:'b; c"],
])("%s is written %s, and that stays", (style, canonical) => {
  expect(canonicalStyle(style)).toBe(canonical);
  expect(canonicalStyle(canonical)).toBe(canonical);
});
