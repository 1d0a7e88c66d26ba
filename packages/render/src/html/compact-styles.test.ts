import { expect, test } from "vitest";
import { compactDeclarations } from "./compact-styles.ts";

const sides = (name: string, [top, right, bottom, left]: readonly string[]) => ({
  [`${name}-top`]: top ?? "",
  [`${name}-right`]: right ?? "",
  [`${name}-bottom`]: bottom ?? "",
  [`${name}-left`]: left ?? "",
});

test.each([
  [["10px", "10px", "10px", "10px"], "padding:10px"],
  [["5px", "0px", "5px", "0px"], "padding:5px 0"],
  [["1px", "2px", "3px", "2px"], "padding:1px 2px 3px"],
  [["1px", "2px", "3px", "4px"], "padding:1px 2px 3px 4px"],
])("four sides are one declaration: %s", (values, expected) => {
  expect(compactDeclarations({ color: "red", ...sides("padding", values), width: "0px" })).toBe(
    `color:red;${expected};width:0`,
  );
});

test("sides that can't be one stay apart", () => {
  const tagged = sides("padding", ["{{ a }}", "1px", "1px", "1px"]);
  expect(compactDeclarations(tagged)).toBe("padding-top:{{ a }};padding-right:1px;padding-bottom:1px;padding-left:1px");
  expect(compactDeclarations({ padding: "1px", "padding-top": "2px" })).toBe("padding:1px;padding-top:2px");
  expect(compactDeclarations({ "border-top": "1px solid red", "border-left": "1px solid red" })).toBe(
    "border-top:1px solid red;border-left:1px solid red",
  );
});

test("borders that are alike are one", () => {
  const line = "1px solid red";
  expect(compactDeclarations(sides("border", [line, line, line, line]))).toBe(`border:${line}`);
});
