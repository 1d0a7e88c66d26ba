import { forEachSeed } from "@waggle/testing";
import { expect, test } from "vitest";
import { placeAt } from "./order-keys.ts";

test("keys stay in order wherever elements are put, and nobody else is given a new one", () => {
  forEachSeed({ count: 60, atLeast: { placed: 100 } }, (random, tally) => {
    const orders: string[] = [];
    for (let turn = 0; turn < 150; turn += 1) {
      const index = random.pick([0, orders.length, random.below(orders.length + 1), Math.min(1, orders.length)]);
      const { order, rekeyed } = placeAt(orders, { index, id: `element-${turn}` });
      expect(rekeyed.size).toBe(0);
      orders.splice(index, 0, order);
      expect(orders).toEqual([...orders].sort((a, b) => (a < b ? -1 : 1)));
      tally.count("placed");
    }
    expect(new Set(orders).size).toBe(orders.length);
    expect(Math.max(...orders.map((order) => order.length))).toBeLessThan(200);
  });
});

test("two who insert into one gap at the same time get keys of their own", () => {
  const orders = ["a0", "a1"];
  const keys = Array.from({ length: 40 }, (_, at) => placeAt(orders, { index: 1, id: `person-${at}` }).order);
  expect(new Set(keys).size).toBeGreaterThan(37);
  expect(keys.every((key) => key > "a0" && key < "a1")).toBe(true);
});

test("the same element in the same gap has the same key, so a change made twice is the same change", () => {
  expect(placeAt(["a0"], { index: 1, id: "x" })).toEqual(placeAt(["a0"], { index: 1, id: "x" }));
});
