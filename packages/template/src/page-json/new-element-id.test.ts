import { expect, test } from "vitest";
import { newElementId } from "./new-element-id.ts";

test("ids are random UUIDs, and no two are the same", () => {
  const ids = Array.from({ length: 1_000 }, newElementId);
  for (const id of ids) expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  expect(new Set(ids).size).toBe(ids.length);
});
