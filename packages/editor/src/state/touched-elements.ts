import { type ChangeSet, type ElementId, isVisible, parentOf, type Snapshot, settingsId } from "@waggle/template";

/**
 * The elements to mark after a change, outermost first: what was added is marked once as a whole, what was deleted has
 * no place left to mark.
 */
export function touchedElements(change: ChangeSet, after: Snapshot): readonly ElementId[] {
  const visible = Object.keys(change).filter((id) => id !== settingsId && isVisible(after, id));
  const touched = new Set(visible);
  return visible.filter((id) => !hasAncestorIn(touched, id, after));
}

function hasAncestorIn(touched: ReadonlySet<ElementId>, id: ElementId, snapshot: Snapshot): boolean {
  const node = snapshot.nodes.get(id);
  const parent = node && parentOf(node);
  if (parent === undefined) return false;
  return touched.has(parent) || hasAncestorIn(touched, parent, snapshot);
}
