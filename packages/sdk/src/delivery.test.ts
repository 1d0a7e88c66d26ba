import { expect, test } from "vitest";
import { Delivery } from "./delivery.ts";

test("[DOC-4] what a listener causes is told after what it was told", () => {
  const delivery = new Delivery();
  const told: string[] = [];
  delivery.add(() => {
    delivery.add(() => told.push("second"));
    told.push("first");
  });

  expect(told).toEqual(["first", "second"]);
});

test("[DOC-4] nothing is told before the last hold is released", () => {
  const delivery = new Delivery();
  const told: string[] = [];

  delivery.during(() => {
    delivery.during(() => delivery.add(() => told.push("told")));
    expect(told).toEqual([]);
  });

  expect(told).toEqual(["told"]);
});
