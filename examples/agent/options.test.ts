import { expect, test } from "vitest";
import { parseOptions, UsageError } from "./options.ts";

test("a template and a key are enough", () => {
  expect(parseOptions(["--template", "tpl_1"], { WAGGLE_API_KEY: "key" })).toEqual({
    url: new URL("http://localhost:8787/v2/sdk/mcp"),
    template: "tpl_1",
    key: "key",
    era: "2025",
    name: "Scout",
    handle: undefined,
    paceMs: 700,
  });
});

test("the key of the command line wins", () => {
  expect(parseOptions(["--template", "t", "--key", "mine"], { WAGGLE_API_KEY: "other" }).key).toBe("mine");
});

test.each([
  [[], "--template is missing"],
  [["--template", "t"], "--key is missing"],
  [["--template", "t", "--key", "k", "--era", "2024"], "--era has to be 2025 or 2026"],
  [["--template", "t", "--key", "k", "--pace", "fast"], "--pace has to be a number"],
  [["--template", "t", "--key", "k", "--url", "nowhere"], "--url is no address"],
  [["--tempalte", "t"], "tempalte"],
])("%j is explained", (args, message) => {
  expect(() => parseOptions(args, {})).toThrow(UsageError);
  expect(() => parseOptions(args, {})).toThrow(message);
});
