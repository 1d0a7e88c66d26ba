import { type NodeData, parentOf, rootId, trashId } from "../document/node.ts";
import { isVisible, type Snapshot } from "../document/snapshot.ts";
import { diffNode, put } from "./algebra.ts";
import type { MutableChange } from "./rebase.ts";
import { trashPosition } from "./trash-position.ts";
import type { ChangeSet } from "./types.ts";

/**
 * The change that makes the visible document exactly `target`, an earlier snapshot of the same document. What `target`
 * lacks goes to the trash; what was purged since is created again. Inverted, it is the exact redo.
 */
export function restore(now: Snapshot, target: Snapshot): ChangeSet {
  const change: MutableChange = {};
  for (const [id, node] of target.nodes.entries()) {
    const current = now.nodes.get(id);
    if (current) put(change, id, diffNode(current, placed(node, now, target)));
    else if (isVisible(target, id)) put(change, id, diffNode(undefined, node));
  }
  for (const [id, node] of now.nodes.entries()) {
    if (!target.nodes.has(id) && !goesAlong(node, target)) {
      put(change, id, diffNode(node, { ...node, pos: trashPosition(node) }));
    }
  }
  return change;
}

/** A deleted element whose deleted parent was purged since has no place to return to but the trash itself. */
function placed(node: NodeData, now: Snapshot, target: Snapshot): NodeData {
  const parent = parentOf(node);
  if (parent === undefined || !target.nodes.has(parent)) return node;
  return now.nodes.has(parent) || isVisible(target, parent) ? node : { ...node, pos: trashPosition(node) };
}

/** New elements inside new elements stay there; what is in the trash already stays too. */
function goesAlong(node: NodeData, target: Snapshot): boolean {
  const parent = parentOf(node);
  if (parent === undefined || parent === trashId) return true;
  return parent !== rootId && !target.nodes.has(parent);
}
