import type { Json } from "../document/value.ts";
import { isJsonObject, type JsonObject, type Leaf, leavesOf, objectOf } from "../page-json/pointer.ts";

/** An element's JSON as its leaves by pointer. */
export type Leaves = ReadonlyMap<string, Json>;

export function leavesIn(object: JsonObject): Leaves {
  return new Map(leavesOf(object));
}

/** Whether a pointer is another one or below it. */
export function isWithin(pointer: string, above: string): boolean {
  return pointer === above || pointer.startsWith(`${above}/`);
}

/** What stands at a pointer, be it a leaf or an object; undefined where there is nothing. */
export function valueAt(leaves: Leaves, pointer: string): Json | undefined {
  const leaf = leaves.get(pointer);
  if (leaf !== undefined) return leaf;
  const below = [...leaves].filter(([key]) => key.startsWith(`${pointer}/`));
  return below.length > 0 ? objectOf(below.map(([key, value]): Leaf => [key.slice(pointer.length), value])) : undefined;
}

/** The leaves of a value that is put at a pointer. */
export function leavesAt(pointer: string, value: Json): readonly Leaf[] {
  return isJsonObject(value) && Object.keys(value).length > 0 ? [...leavesOf(value, pointer)] : [[pointer, value]];
}
