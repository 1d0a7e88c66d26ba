import { type NodeData, positionOf, trashId } from "../document/node.ts";

/** The place in the trash of an element; it keeps its order key. */
export function trashPosition(node: NodeData): readonly [string, string] {
  return [trashId, positionOf(node)?.[1] ?? ""];
}
