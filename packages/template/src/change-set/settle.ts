import { fillsRow, gridColumnsKey } from "../document/grid.ts";
import { type ElementId, kindOf, type NodeData, parentOf, positionOf, rootId, trashId } from "../document/node.ts";
import { childrenOf, isReachable, isVisible, type Snapshot } from "../document/snapshot.ts";
import { equalValues, type Value } from "../document/value.ts";
import { creates, isTextCell, positionsOf, purges, put, valueCell, withoutKey } from "./algebra.ts";
import { deletes, dropLostParents, keepElement, type MutableChange } from "./rebase.ts";
import { trashPosition } from "./trash-position.ts";
import type { ChangeSet, Conflict, NodeChange } from "./types.ts";

export interface SettleContext {
  readonly conflicts: Conflict[];
  /** Whether someone else touched an element after the move of `movedElement` that the undo takes back. */
  isTouchedSince(id: ElementId, movedElement: ElementId): boolean;
  /** Whether an element was part of the visible document just before that move. */
  wasVisibleBefore(id: ElementId, movedElement: ElementId): boolean;
}

/**
 * Fits an undo into the live document: parents exist and are visible, nothing foreign is inside what goes, rows still
 * sum to 12. What does not fit is left as it is, and reported. What is to be purged goes to the trash instead.
 */
export function settle(undo: MutableChange, now: Snapshot, context: SettleContext): ChangeSet {
  const settlement = new Settlement(undo, now, context);
  while (settlement.keepFilled() || settlement.dropLost() || settlement.keepLayouts());
  settlement.reportHidden();
  return purgesToTrash(undo, now);
}

/** The same change with purges made deletions: what goes is moved to the trash, what is inside it goes along. */
export function purgesToTrash(change: ChangeSet, now: Snapshot): ChangeSet {
  const softened: MutableChange = {};
  for (const [id, nodeChange] of Object.entries(change)) {
    const node = now.nodes.get(id);
    if (!purges(nodeChange) || !node) softened[id] = nodeChange;
    else if (!isGoneWithParent(node, change)) softened[id] = { pos: valueCell(positionOf(node), trashPosition(node)) };
  }
  return softened;
}

function isGoneWithParent(node: NodeData, change: ChangeSet): boolean {
  const parent = parentOf(node);
  return parent === undefined || parent === trashId || purges(change[parent]);
}

class Settlement {
  readonly #change: MutableChange;
  readonly #now: Snapshot;
  readonly #context: SettleContext;

  constructor(change: MutableChange, now: Snapshot, context: SettleContext) {
    this.#change = change;
    this.#now = now;
    this.#context = context;
  }

  /** Keeps what would take something foreign along. Each step says whether it changed anything. */
  keepFilled(): boolean {
    let hasKept = false;
    for (const [id, nodeChange] of Object.entries(this.#change)) {
      if (!deletes(this.#change[id]) || !this.#holdsForeign(id, nodeChange)) continue;
      keepElement(this.#change, id, this.#context.conflicts);
      hasKept = true;
    }
    return hasKept;
  }

  #holdsForeign(id: ElementId, nodeChange: NodeChange): boolean {
    const stays = this.#children(id);
    // Everything made by what is left out has its own purge: a child without one is someone else's.
    if (purges(nodeChange)) return stays.length > 0;
    return this.#isTouchedBelow(stays, id);
  }

  #isTouchedBelow(children: readonly ElementId[], restored: ElementId): boolean {
    return children.some(
      (child) => this.#context.isTouchedSince(child, restored) || this.#isTouchedBelow(this.#children(child), restored),
    );
  }

  /** Children now that are still there afterwards. */
  #children(id: ElementId): ElementId[] {
    return childrenOf(this.#now, id).filter((child) => {
      const after = this.#after(child);
      return after !== undefined && parentOf(after) === id;
    });
  }

  /** Leaves where they are what would come into nothing, or vanish from sight with a parent that someone deleted. */
  dropLost(): boolean {
    return dropLostParents(this.#change, this.#context.conflicts, (parent, id) => {
      if (!this.#after(parent)) return true;
      return isVisible(this.#now, id) && this.#isHiddenSince(parent, id);
    });
  }

  /** Whether a place went out of sight after the element was moved from it. */
  #isHiddenSince(parent: ElementId, id: ElementId): boolean {
    return !this.#isVisibleAfter(parent) && this.#context.wasVisibleBefore(parent, id);
  }

  /** Keeps the columns of rows that would no longer sum to 12. */
  keepLayouts(): boolean {
    let hasKept = false;
    for (const row of this.#rowsRelaid()) {
      // A row that comes back whole comes back as it was, and one that was wrong may stay wrong.
      if (!this.#now.nodes.has(row) || !this.#after(row) || this.#mayLookLike(row)) continue;
      this.#context.conflicts.push({ kind: "layout-kept", elementId: row });
      this.#keepColumns(row);
      hasKept = true;
    }
    return hasKept;
  }

  #rowsRelaid(): Set<ElementId> {
    const rows = new Set<ElementId>();
    for (const id of Object.keys(this.#change)) {
      const [before, after] = [this.#now.nodes.get(id), this.#after(id)];
      const node = after ?? before;
      if (!node || kindOf(node) !== "column") continue;
      const [from, to] = [before && parentOf(before), after && parentOf(after)];
      if (from === to && equalValues(before?.[gridColumnsKey], after?.[gridColumnsKey])) continue;
      for (const row of [from, to]) if (row !== undefined && row !== trashId) rows.add(row);
    }
    return rows;
  }

  #mayLookLike(row: ElementId): boolean {
    const ids = [...new Set([...childrenOf(this.#now, row), ...Object.keys(this.#change)])];
    const before = columnsOf(
      row,
      ids.map((id) => this.#now.nodes.get(id)),
    );
    const after = columnsOf(
      row,
      ids.map((id) => this.#after(id)),
    );
    return fillsRow(after) || !fillsRow(before);
  }

  #keepColumns(row: ElementId): void {
    for (const [id, nodeChange] of Object.entries(this.#change)) {
      const sides = [this.#now.nodes.get(id), this.#after(id)];
      if (columnsOf(row, sides).length === 0) continue;
      const isWhole = purges(nodeChange) || creates(nodeChange);
      const rest = isWhole ? undefined : withoutKey(nodeChange, "pos");
      put(this.#change, id, rest && withoutKey(rest, gridColumnsKey));
    }
  }

  /** What was deleted, and comes back to a parent that was deleted too, is still out of sight. */
  reportHidden(): void {
    for (const [id, nodeChange] of Object.entries(this.#change)) {
      const after = positionsOf(nodeChange).after;
      if (!after || after[0] === rootId || after[0] === trashId || !this.#isHiddenSince(after[0], id)) continue;
      this.#context.conflicts.push({ kind: "parent-gone", elementId: id, key: "pos", mine: after });
    }
  }

  #isVisibleAfter(id: ElementId): boolean {
    return isReachable(id, (each) => this.#after(each));
  }

  /** The keys of a node that say what and where it is, as they will be. */
  #after(id: ElementId): NodeData | undefined {
    const node = this.#now.nodes.get(id);
    const nodeChange = this.#change[id];
    if (!nodeChange) return node;
    if (purges(nodeChange) || (!node && !creates(nodeChange))) return undefined;
    const after: Record<string, Value> = { ...node };
    for (const key of ["type", "pos", gridColumnsKey]) {
      const cell = nodeChange[key];
      if (!cell || isTextCell(cell)) continue;
      if (cell.after === undefined) delete after[key];
      else after[key] = cell.after;
    }
    return after;
  }
}

function columnsOf(row: ElementId, nodes: readonly (NodeData | undefined)[]): NodeData[] {
  const existing = nodes.filter((node) => node !== undefined);
  return existing.filter((node) => kindOf(node) === "column" && parentOf(node) === row);
}
