import { expect, test } from "vitest";
import { hex, Palette } from "./colors.ts";

test.each([
  ["#F00", "#ff0000"],
  ["#ff000080", "#ff0000"],
  ["red", "#ff0000"],
  ["RED ", "#ff0000"],
  ["rgb(255, 0, 0)", "#ff0000"],
  ["rgba(255 0 0 / 50%)", "#ff0000"],
  ["rgb(300, -20, 0)", "#ff0000"],
  ["hsl(120, 100%, 25%)", "#008000"],
  ["hwb(240 0% 0%)", "#0000ff"],
  ["lab(100% 0 0)", "#ffffff"],
  ["lch(0% 0 0)", "#000000"],
  ["oklab(100% 0 0)", "#ffffff"],
  ["oklch(0% 0 0)", "#000000"],
])("%s is read as %s", (value, expected) => {
  const color = new Palette().find(value);
  expect(color && hex(color)).toBe(expected);
});

test.each(["", "#zz", "{{ brand }}", "redd", "rgb(", "var(--x)", `#${"0".repeat(100)}`])("%j is no colour", (value) => {
  expect(new Palette().find(value)).toBeUndefined();
});
