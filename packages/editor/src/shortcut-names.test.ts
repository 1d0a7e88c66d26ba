import { expect, test } from "vitest";
import { type Machine, shortcutNames } from "./shortcut-names.ts";

const onApple = { plain: "⌘ Z", shifted: "⇧ ⌘ Z" };
const elsewhere = { plain: "Ctrl Z", shifted: "Ctrl Shift Z" };

test.each<[string, Machine, typeof elsewhere]>([
  ["a Mac", { platform: "MacIntel", userAgentData: { platform: "macOS" } }, onApple],
  ["a Mac whose browser only has the old name", { platform: "MacIntel" }, onApple],
  ["a Mac whose browser keeps the new name to itself", { platform: "MacIntel", userAgentData: {} }, onApple],
  ["an iPad", { platform: "iPad" }, onApple],
  ["Windows", { platform: "Win32", userAgentData: { platform: "Windows" } }, elsewhere],
  ["Linux", { platform: "Linux x86_64" }, elsewhere],
  ["a machine that says nothing", {}, elsewhere],
])("shortcuts are called as on the keyboard of %s", (_title, machine, expected) => {
  const names = shortcutNames(machine);
  expect({ plain: names.of("Z"), shifted: names.shifted("Z") }).toStrictEqual(expected);
  expect(expected.plain).toBe(`${names.command} Z`);
});
