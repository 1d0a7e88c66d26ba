import { propertiesFor, propertyOwners } from "@waggle/template";
import { expect, test } from "vitest";
import { findEditable } from "./modules/editable.ts";
import { modulesReference } from "./modules-reference.ts";

const reference = modulesReference();
const sectionOf = (title: string): string =>
  reference.split("\n## ").find((section) => section.startsWith(`${title}\n`)) ?? "";

test("every pointer of every property is told", () => {
  const pointers = propertyOwners.flatMap((owner) => propertiesFor(owner).map(({ pointer }) => pointer));
  expect(pointers.filter((pointer) => !reference.includes(`\`${pointer}\``))).toEqual([]);
});

test("every argument for a button stands beside the property it sets", () => {
  const button = findEditable({ type: "module", "/type": "mailup-bee-newsletter-modules-button" });
  const told = `${sectionOf("Button")}${sectionOf("Every module")}`;
  const names = Object.keys(button?.fields ?? {});
  expect(names.length).toBeGreaterThan(25);
  expect(names.filter((name) => !new RegExp(`\\| [^|]*\`${name}\`[^|]* \\|\\n`).test(`${told}\n`))).toEqual([]);
});

test("properties that share a class have arguments of their own, and older texts are not said to be added", () => {
  const argumentOf = (name: string) =>
    sectionOf("Image")
      .split("\n")
      .find((line) => line.startsWith(`| \`${name}\``))
      ?.split(" | ")
      .at(-1);
  expect(["align", "fit", "fullWidthOnMobile"].map(argumentOf)).toEqual(["`align` |", " |", " |"]);
  expect(sectionOf("Text")).toMatch(/Set by \[`update_paragraph`\]\([^)]*\)\./);
});

test("a row of the table says what a property is, where it stands, and who sets it", () => {
  expect(
    sectionOf("Button")
      .split("\n")
      .find((line) => line.startsWith("| `fontSize`")),
  ).toBe(
    "| `fontSize` | text size | `/descriptor/button/style/font-size` | pixels from 1 to 200 | the mail program's own, mostly 16px | `/descriptor/mobileStyle/font-size` | `fontSize`, `mobileFontSize` |",
  );
});
