import {
  type ChangeSet,
  type ElementId,
  kindOf,
  type NodeChange,
  type Position,
  parentOf,
  type Snapshot,
} from "@waggle/template";

/** One element a change reaches, and the element it reaches it through: itself, or the section or column around it that goes away. */
export interface Reached {
  readonly elementId: ElementId;
  readonly through: ElementId;
}

/** A row holds columns and these modules: nothing is deeper. */
const deepest = 3;

/**
 * Which of the wanted elements a change reaches: those it writes to, and those inside of what it moves or deletes. With
 * `holdsAll`, also those around what it writes to or adds: a wanted section stands for everything in it.
 */
export function reachedBy(
  change: ChangeSet,
  wanted: ReadonlySet<ElementId>,
  { snapshot, holdsAll }: { readonly snapshot: Snapshot; readonly holdsAll: boolean },
): readonly Reached[] {
  if (wanted.size === 0) return [];
  const reached = new Map<ElementId, Reached>();
  const add = (each: Reached): void => {
    if (!reached.has(each.elementId)) reached.set(each.elementId, each);
  };
  for (const [through, nodeChange] of Object.entries(change)) {
    if (wanted.has(through)) add({ elementId: through, through });
    if (!holdsAll) continue;
    for (const above of [...ancestorsOf(snapshot, through), ...placesIn(snapshot, nodeChange)]) {
      if (wanted.has(above)) add({ elementId: above, through });
    }
  }
  for (const elementId of wanted) {
    if (reached.has(elementId)) continue;
    const through = ancestorsOf(snapshot, elementId).find((above) => movesAway(change[above]));
    if (through !== undefined) add({ elementId, through });
  }
  return [...reached.values()];
}

function movesAway(change: NodeChange | undefined): boolean {
  return change?.pos !== undefined;
}

/** The column and the row around an element, as the snapshot has them. */
function ancestorsOf(snapshot: Snapshot, id: ElementId): ElementId[] {
  const found: ElementId[] = [];
  let at = parentIn(snapshot, id);
  while (at !== undefined && snapshot.nodes.has(at) && found.length < deepest) {
    found.push(at);
    at = parentIn(snapshot, at);
  }
  return found;
}

function parentIn(snapshot: Snapshot, id: ElementId): ElementId | undefined {
  const node = snapshot.nodes.get(id);
  return node && kindOf(node) !== "settings" ? parentOf(node) : undefined;
}

/** Where a change puts an element. */
function placesIn(snapshot: Snapshot, change: NodeChange): ElementId[] {
  const cell = change.pos;
  if (cell === undefined || !("after" in cell)) return [];
  // `pos` cells hold positions only.
  const [parent] = cell.after as Position;
  return snapshot.nodes.has(parent) ? [parent, ...ancestorsOf(snapshot, parent)] : [];
}
