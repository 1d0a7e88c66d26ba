import { expect, test } from "vitest";
import { ActorColors } from "./actor-colors.ts";

test("the person at this editor is honey, whatever colour the host gave", () => {
  const colors = new ActorColors();
  colors.addSelf("p1");
  expect(colors.colorOf({ id: "p1" }, "#7747ff")).toBe(0);
});

test("a colour of the host becomes the nearest of the eight", () => {
  const colors = new ActorColors();
  expect([colors.colorOf({ id: "a" }, "#6d22b5"), colors.colorOf({ id: "b" }, "#00a0c0")]).toEqual([6, 5]);
});

test("two participants with the same wish look different, and keep their colour", () => {
  const colors = new ActorColors();
  const first = colors.colorOf({ id: "a" }, "#6d22b5");
  const second = colors.colorOf({ id: "b" }, "#6d22b5");
  expect(first).not.toBe(second);
  expect(colors.colorOf({ id: "a" })).toBe(first);
});

test("without a wish the eight are given out before any is given twice", () => {
  const colors = new ActorColors();
  const given = Array.from({ length: 8 }, (_, index) => colors.colorOf({ id: `agent-${index}` }));
  expect([...given].sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});
