import { expect, test } from "vitest";
import type { NodeData } from "../document/node.ts";
import { findProperty } from "./properties-of.ts";

test("a property is found by its name and by every pointer it stands at", () => {
  const node: NodeData = { type: "module", "/type": "mailup-bee-newsletter-modules-button" };
  const names = [
    "backgroundColor",
    "/descriptor/button/style/background-color",
    "/descriptor/mobileStyle/font-size",
    "/descriptor/button/link",
  ];
  expect(names.map((name) => findProperty(node, name)?.name)).toEqual([
    "backgroundColor",
    "backgroundColor",
    "fontSize",
    "href",
  ]);
  expect(["constructor", "toString", "/descriptor", ""].map((name) => findProperty(node, name))).toEqual(
    Array(4).fill(undefined),
  );
});
