import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const read = (name: string): string => readFileSync(join(import.meta.dirname, name), "utf8");
const names = ["newsletter.json", "receipt.json", "event.json"];

test.each(names)("every file that %s names is there", (name) => {
  const files = [...read(name).matchAll(/"\/host\/assets\/([^"]+)"/g)].map(([, file]) => file ?? "");
  expect(files.length).toBeGreaterThan(4);
  expect(files.filter((file) => !existsSync(join(import.meta.dirname, "../assets", file)))).toEqual([]);
});

test.each(names)("every element of %s has an id of its own", (name) => {
  const ids = [...read(name).matchAll(/"uuid": "([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeGreaterThan(30);
});

test.each(names)("nothing is embedded in %s: pictures are files", (name) => {
  expect(read(name)).not.toContain("data:");
});
