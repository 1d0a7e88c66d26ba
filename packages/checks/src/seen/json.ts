import { type Json, kindOf, type NodeData } from "@waggle/template";

export type JsonObject = { readonly [key: string]: Json };

/** The first of these pointers that holds text; numbers are text too, everything else is "". */
export function textAt(node: NodeData, ...pointers: readonly string[]): string {
  for (const pointer of pointers) {
    const text = textOf(node[pointer]).trim();
    if (text !== "") return text;
  }
  return "";
}

export function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "number" ? String(value) : "";
}

/** Files say yes as `true` or `"true"`. */
export function isOn(value: unknown): boolean {
  return value === true || value === "true";
}

/** The objects of an array; whatever else is there counts for nothing. */
export function objectsAt(node: NodeData, pointer: string): readonly JsonObject[] {
  const value: unknown = node[pointer];
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

export function objectIn(object: JsonObject, key: string): JsonObject {
  const value = object[key];
  return isJsonObject(value) ? value : {};
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const hidingKeys = (pointer: string) => {
  return { mobile: `${pointer}/hideContentOnMobile`, desktop: `${pointer}/hideContentOnDesktop` };
};
const visibility = {
  settings: hidingKeys(""),
  row: hidingKeys("/content/computedStyle"),
  column: hidingKeys("/computedStyle"),
  module: hidingKeys("/descriptor/computedStyle"),
} as const;

/** On which screens an element says it is not shown. */
export function hiddenOn(node: NodeData): { readonly mobile: boolean; readonly desktop: boolean } {
  const { mobile, desktop } = visibility[kindOf(node)];
  return { mobile: isOn(node[mobile]), desktop: isOn(node[desktop]) };
}
