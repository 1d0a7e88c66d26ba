import type { Value } from "./value.ts";

/** Id of a row, column or module: its uuid in the template JSON. `settings` is the page itself. */
export type ElementId = string;

/** What an element is; kinds nest row > column > module. */
export type ElementKind = "row" | "column" | "module";
export type NodeKind = ElementKind | "settings";

/** Parent and order in one value, so that two concurrent moves never tear. Order keys are fractional indexes. */
export type Position = readonly [parent: string, order: string];

/**
 * The flat data of one node. Reserved keys: `type` (NodeKind) and `pos` (Position, absent on settings). Every other key
 * is a JSON pointer into the element's own JSON, so it starts with "/": `/descriptor/button/href`.
 * Only leaves have keys; nested objects are spread, arrays and empty objects are leaves.
 */
export type NodeData = { readonly [key: string]: Value };

/** Parent of the top rows. */
export const rootId = "root";
/** Parent of what was deleted, until it is purged. */
export const trashId = "trash";
/** The node that holds everything of the page that is not a row. */
export const settingsId = "settings";

// `type` and `pos` are written by this package alone: import, Draft and binding.
export function kindOf(node: NodeData): NodeKind {
  return node.type as NodeKind;
}

export function positionOf(node: NodeData): Position | undefined {
  return node.pos as Position | undefined;
}

export function parentOf(node: NodeData): string | undefined {
  return positionOf(node)?.[0];
}

/**
 * Whether an id can be a key of a change set. `__proto__` as a key would name the prototype of a plain object, so no element
 * may have it: import gives it another id, and one that a hostile client wrote into the live document is not seen.
 */
export function isUsableId(id: string): boolean {
  return id !== "" && id !== "__proto__";
}
