import type { Json, NodeData, Value } from "@waggle/template";
import type { FieldTarget } from "../fields/field.ts";

/** An entry of a list in a template. */
export type Entry = { readonly [key: string]: Json };

export const isEntry = (json: Value | undefined): json is Entry =>
  typeof json === "object" && json !== null && !Array.isArray(json);

/** The objects of a list; whatever else stands there is left out. */
export const entriesOf = (json: Value | undefined): readonly Entry[] =>
  Array.isArray(json) ? json.filter((each: Json) => isEntry(each)) : [];

/** A text of an entry, also where a template has a number; "" when there is none. */
export function textAt(owner: Json | undefined, key: string): string {
  const value = isEntry(owner) ? owner[key] : undefined;
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** Gives entries an id that have none, as those of other programs have. */
export function identifyEntries(target: FieldTarget, pointer: string, newId: () => string): void {
  const entries = target.get(pointer);
  if (!Array.isArray(entries) || entries.every((each: Json) => !isEntry(each) || each.id !== undefined)) return;
  target.set(
    pointer,
    entries.map((each: Json) => (isEntry(each) && each.id === undefined ? { id: newId(), ...each } : each)),
  );
}

/** What the entries of a list say, one after another: the texts they have under a key. */
export const entryTexts =
  (pointer: string, key: string) =>
  (node: NodeData): string =>
    entriesOf(node[pointer])
      .map((entry) => textAt(entry, key))
      .filter((text) => text !== "")
      .join(", ");
