import { childrenOf, type ElementId, equalValues, rootId, type Snapshot } from "@waggle/template";
import { iconOf, nameOf } from "./element-names.ts";

/** One line of the outline. */
export interface OutlineRow {
  readonly id: ElementId;
  readonly name: string;
  readonly icon: string;
  /** 0 for rows. The only column of a row is left out, so modules are at 1 or 2. */
  readonly depth: number;
  readonly isRow: boolean;
  readonly isExpandable: boolean;
  readonly isExpanded: boolean;
  /** 1 for the first of its siblings. */
  readonly position: number;
  readonly siblings: number;
}

interface OutlineOptions {
  readonly collapsed: ReadonlySet<ElementId>;
  /** Only elements whose name has this in it, and what they stand in. */
  readonly find: string;
}

/** The outline as the flat list of lines a tree shows. */
export function outlineRows(snapshot: Snapshot, { collapsed, find }: OutlineOptions): readonly OutlineRow[] {
  const wanted = find.trim().toLowerCase();
  const rows = linesBelow({ snapshot, collapsed: wanted === "" ? collapsed : new Set() }, rootId, 0);
  return wanted === "" ? rows : filtered(rows, wanted);
}

/** The new rows, those that say the same as before with their old identity: only the others are drawn again. */
export function keepEqualRows(before: readonly OutlineRow[], after: readonly OutlineRow[]): readonly OutlineRow[] {
  const known = new Map(before.map((row) => [row.id, row]));
  return after.map((row) => {
    const old = known.get(row.id);
    return old && equalValues(old, row) ? old : row;
  });
}

interface Scope {
  readonly snapshot: Snapshot;
  readonly collapsed: ReadonlySet<ElementId>;
}

function linesBelow(scope: Scope, parent: ElementId, depth: number): readonly OutlineRow[] {
  const siblings = shownChildren(scope.snapshot, parent);
  return siblings.flatMap((id, index) => {
    const node = scope.snapshot.nodes.get(id);
    if (!node) return [];
    const isExpandable = shownChildren(scope.snapshot, id).length > 0;
    const isExpanded = isExpandable && !scope.collapsed.has(id);
    const line: OutlineRow = {
      id,
      name: nameOf(scope.snapshot, id),
      icon: iconOf(node),
      depth,
      isRow: depth === 0,
      isExpandable,
      isExpanded,
      position: index + 1,
      siblings: siblings.length,
    };
    return isExpanded ? [line, ...linesBelow(scope, id, depth + 1)] : [line];
  });
}

/** A row with one column shows that column's modules as its own. */
function shownChildren(snapshot: Snapshot, id: ElementId): readonly ElementId[] {
  const children = childrenOf(snapshot, id);
  const [only] = children;
  const isRow = id !== rootId && snapshot.nodes.get(id)?.type === "row";
  return isRow && children.length === 1 && only !== undefined ? childrenOf(snapshot, only) : children;
}

function filtered(rows: readonly OutlineRow[], wanted: string): readonly OutlineRow[] {
  const kept = new Set<ElementId>();
  const above: OutlineRow[] = [];
  for (const row of rows) {
    above.splice(row.depth);
    above.push(row);
    if (row.name.toLowerCase().includes(wanted)) for (const { id } of above) kept.add(id);
  }
  return rows.filter(({ id }) => kept.has(id));
}
