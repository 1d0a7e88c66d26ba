import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checksReference } from "@waggle/checks";
import { operations } from "@waggle/operations";
import { expect, test } from "vitest";

const categories = join(import.meta.dirname, "../../checks/src/categories");
const toolName = /\b(?:get|add|update|set|delete|move|duplicate)_[a-z_]+\b/g;
const toolsIn = (text: string): string[] => text.match(toolName) ?? [];

test("every tool that a check names as the way to mend something is in the catalogue", () => {
  const sources = readdirSync(categories).filter((name) => name.endsWith(".ts") && !name.includes(".test."));
  const named = sources.flatMap((name) => toolsIn(readFileSync(join(categories, name), "utf8")));
  const catalogue = new Set<string>(operations.map(({ name }) => name));
  expect(named.length).toBeGreaterThan(5);
  expect([...named, ...toolsIn(checksReference())].filter((name) => !catalogue.has(name))).toEqual([]);
});
