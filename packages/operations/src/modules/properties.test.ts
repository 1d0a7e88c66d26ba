import {
  type ModuleType,
  moduleTypeName,
  moduleTypes,
  type NodeData,
  type Property,
  propertiesOf,
} from "@waggle/template";
import { expect, test } from "vitest";
import type { Field, FieldTable } from "../fields/field.ts";
import { defaultStyleFields } from "../page/default-styles.ts";
import { metadataFields } from "../page/metadata.ts";
import { findEditable } from "./editable.ts";

const types = Object.keys(moduleTypes) as ModuleType[];
const modules = types.map((type): NodeData => ({ type: "module", "/type": moduleTypeName(type) }));
const owners: readonly (readonly [name: string, node: NodeData, fields: FieldTable])[] = [
  ...modules.flatMap((node) => {
    const fields = findEditable(node)?.fields;
    return fields ? [[String(node["/type"]), node, fields] as const] : [];
  }),
  ["row", { type: "row" }, findEditable({ type: "row" })?.fields ?? {}],
  ["column", { type: "column" }, findEditable({ type: "column" })?.fields ?? {}],
  ["settings", { type: "settings" }, { ...defaultStyleFields, ...metadataFields }],
];

/** What is said of all entries of a list is written into the list. */
const partsOfLists: Readonly<Record<string, string>> = { iconStyle: "socialIcons" };

/** Width, style and colour of a line are arguments of their own; its property is the whole line. */
const wholeOf = (name: string): string =>
  partsOfLists[name] ?? name.replace(/(B|b)order(Width|Style|Color)$/, "$1order");

/** The property an argument writes, by its name, and the places of it that the argument should write. */
function findTarget(properties: readonly Property[], name: string): readonly string[] {
  const named = (wanted: string): Property | undefined => properties.find((property) => property.name === wanted);
  const isMobile = name.startsWith("mobile");
  // What is said of the text of a button on phones is said of the button: its text is as wide as it.
  const candidates = isMobile ? [name.charAt(6).toLowerCase() + name.slice(7), "align"].map(named) : [];
  const onMobile = candidates.find((property) => property !== undefined && property.mobile.length > 0);
  if (onMobile) return onMobile.mobile.slice(0, 1);
  const property = named(wholeOf(name));
  if (!property) return [];
  return property.parts.length > 0 ? property.parts.flatMap((part) => named(part)?.pointer ?? []) : [property.pointer];
}

test("there are tools with arguments to compare", () => {
  expect(owners.length).toBeGreaterThanOrEqual(7);
});

test.each(owners)("each argument for %s writes the property of its name", (_name, node, fields) => {
  const properties = propertiesOf(node);
  const told = Object.entries(fields).map(([name, { pointers }]: [string, Field]) => [name, pointers]);
  expect(told).toEqual(Object.keys(fields).map((name) => [name, findTarget(properties, name)]));
});
