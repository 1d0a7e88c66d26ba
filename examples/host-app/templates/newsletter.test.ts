import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const template = readFileSync(join(import.meta.dirname, "newsletter.json"), "utf8");

test("every file the newsletter names is there", () => {
  const files = [...template.matchAll(/"\/host\/assets\/([^"]+)"/g)].map(([, name]) => name ?? "");
  expect(files.length).toBeGreaterThan(10);
  expect(files.filter((name) => !existsSync(join(import.meta.dirname, "../assets", name)))).toEqual([]);
});

test("every element of the newsletter has an id of its own", () => {
  const ids = [...template.matchAll(/"uuid": "([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeGreaterThan(80);
});

test("nothing is embedded: pictures are files", () => {
  expect(template).not.toContain("data:");
});
