import { WaggleError } from "@waggle/contract";
import { isTextCell, purges } from "../change-set/algebra.ts";
import { applyDelta } from "../change-set/text-delta.ts";
import type { Cell, ChangeSet, NodeChange } from "../change-set/types.ts";
import {
  type ElementId,
  type ElementKind,
  kindOf,
  type NodeData,
  type NodeKind,
  parentOf,
  positionOf,
  rootId,
  settingsId,
} from "./node.ts";
import { Table } from "./table.ts";
import { equalValues, isRichText, type Value } from "./value.ts";

/** An immutable template. Snapshots of one document share what did not change between them. */
export interface Snapshot {
  readonly nodes: Table<NodeData>;
  /** Parent id → ids of its children in order; `root` and `trash` are parents too. */
  readonly children: Table<readonly ElementId[]>;
}

/** One visible element, as `walk` yields it. */
export interface WalkStep {
  readonly id: ElementId;
  readonly node: NodeData;
  readonly kind: ElementKind;
  /** 0 for rows, 1 for columns, 2 for modules. */
  readonly depth: number;
}

const noChildren: readonly ElementId[] = [];

/** The snapshot of these nodes; the settings node is added when it is missing. */
export function snapshotOf(nodes: Iterable<readonly [ElementId, NodeData]>): Snapshot {
  const all = new Map<ElementId, NodeData>([[settingsId, { type: "settings" }]]);
  for (const [id, node] of nodes) all.set(id, node);
  const children = new Map<string, ElementId[]>();
  for (const [id, node] of all) {
    const parent = parentOf(node);
    if (parent === undefined) continue;
    const siblings = children.get(parent);
    if (siblings) siblings.push(id);
    else children.set(parent, [id]);
  }
  const table = Table.of(all);
  for (const siblings of children.values()) siblings.sort(bySiblingOrder(table));
  return { nodes: table, children: Table.of(children) };
}

/** A template without elements, settings or title: what an import starts from. */
export const emptySnapshot: Snapshot = snapshotOf([]);

/** The ids of the children of an element, of `root` or of `trash`, in order. */
export function childrenOf(snapshot: Snapshot, id: ElementId): readonly ElementId[] {
  return snapshot.children.get(id) ?? noChildren;
}

/** Kind of the parent an element has to have; rows are at the top. */
export const parentKinds: Readonly<Record<ElementKind, NodeKind | typeof rootId>> = {
  row: rootId,
  column: "row",
  module: "column",
};

/**
 * Whether an element is part of the template people see: not deleted, not inside something deleted, not lost below a
 * parent that is gone or of the wrong kind. True for the settings.
 */
export function isVisible(snapshot: Snapshot, id: ElementId): boolean {
  return isReachable(id, (each) => snapshot.nodes.get(each));
}

/** `isVisible` for anything that can look nodes up. Ends because each step up has to be of a higher kind. */
export function isReachable(id: ElementId, find: (id: ElementId) => NodeData | undefined): boolean {
  const node = find(id);
  if (!node) return false;
  const kind = kindOf(node);
  if (kind === "settings") return true;
  const parent = parentOf(node);
  if (parent === undefined) return false;
  if (kind === "row") return parent === rootId;
  const above = find(parent);
  return above !== undefined && kindOf(above) === parentKinds[kind] && isReachable(parent, find);
}

/** The visible elements in document order: each row, then its columns, each followed by its modules. */
export function* walk(snapshot: Snapshot): Iterable<WalkStep> {
  for (const row of stepsIn(snapshot, rootId, "row")) {
    yield row;
    for (const column of stepsIn(snapshot, row.id, "column")) {
      yield column;
      yield* stepsIn(snapshot, column.id, "module");
    }
  }
}

const depths: Readonly<Record<ElementKind, number>> = { row: 0, column: 1, module: 2 };

function stepsIn(snapshot: Snapshot, parent: ElementId, kind: ElementKind): WalkStep[] {
  const steps: WalkStep[] = [];
  for (const id of childrenOf(snapshot, parent)) {
    const node = snapshot.nodes.get(id);
    if (node && kindOf(node) === kind) steps.push({ id, node, kind, depth: depths[kind] });
  }
  return steps;
}

/**
 * The snapshot after a change. Throws INVALID_CHANGE when the change was made for another document: an element is
 * missing or already there, or a key does not hold what the change expects.
 */
export function applyChange(snapshot: Snapshot, change: ChangeSet): Snapshot {
  const nodes = new Map<ElementId, NodeData | undefined>();
  const moved = new Map<ElementId, NodeData | undefined>();
  for (const [id, nodeChange] of Object.entries(change)) {
    const after = changedNode(id, snapshot.nodes.get(id), nodeChange);
    nodes.set(id, after);
    if (nodeChange.pos || nodeChange.type) moved.set(id, after);
  }
  const table = snapshot.nodes.with(nodes);
  if (moved.size === 0) return { nodes: table, children: snapshot.children };
  return { nodes: table, children: snapshot.children.with(changedChildren(snapshot, moved, table)) };
}

function changedNode(id: ElementId, before: NodeData | undefined, change: NodeChange): NodeData | undefined {
  const after: Record<string, Value> = { ...before };
  for (const [key, cell] of Object.entries(change)) {
    const value = changedValue(after[key], cell, { id, key });
    if (value === undefined) delete after[key];
    else after[key] = value;
  }
  if (after.type !== undefined) return after;
  // A node without a type does not exist: either it was purged whole, or the change is for a node that is not there.
  if (!purges(change) || Object.keys(after).length > 0) throw mismatch(`Element ${id} is not there.`, { id });
  return undefined;
}

function changedValue(
  current: Value | undefined,
  cell: Cell,
  where: { id: ElementId; key: string },
): Value | undefined {
  const { id, key } = where;
  if (!isTextCell(cell)) {
    if (equalValues(current, cell.before)) return cell.after;
    throw mismatch(`${key} of ${id} is not what the change expects.`, where);
  }
  if (!isRichText(current)) throw mismatch(`${key} of ${id} is not rich text.`, where);
  return applyDelta(current, cell.text);
}

function mismatch(what: string, data: Readonly<Record<string, unknown>>): WaggleError {
  return new WaggleError("INVALID_CHANGE", { message: `${what} The change was made for another version.`, data });
}

/** The sibling lists that elements left or came to. */
function changedChildren(
  before: Snapshot,
  moved: ReadonlyMap<ElementId, NodeData | undefined>,
  nodes: Table<NodeData>,
): Map<string, readonly ElementId[] | undefined> {
  const lists = new Map<string, ElementId[]>();
  const listOf = (parent: string): ElementId[] => {
    const list = lists.get(parent) ?? childrenOf(before, parent).filter((id) => !moved.has(id));
    lists.set(parent, list);
    return list;
  };
  for (const [id, after] of moved) {
    const left = before.nodes.get(id);
    const leftParent = left && parentOf(left);
    if (leftParent !== undefined) listOf(leftParent);
    const parent = after && parentOf(after);
    if (parent !== undefined) listOf(parent).push(id);
  }
  for (const list of lists.values()) list.sort(bySiblingOrder(nodes));
  return new Map([...lists].map(([parent, list]) => [parent, list.length > 0 ? list : undefined]));
}

/** By order key; equal keys (two inserts into one gap at the same time) by id, so that everyone sees the same order. */
function bySiblingOrder(nodes: Table<NodeData>): (a: ElementId, b: ElementId) => number {
  const orderOf = (id: ElementId): string => {
    const node = nodes.get(id);
    return (node && positionOf(node)?.[1]) ?? "";
  };
  return (a, b) => {
    const [left, right] = [orderOf(a), orderOf(b)];
    if (left !== right) return left < right ? -1 : 1;
    return a < b ? -1 : 1;
  };
}

/** The whole snapshot, deleted elements included, as JSON text with sorted keys: equal texts are equal documents. */
export function canonicalJson(snapshot: Snapshot): string {
  const tables = { nodes: sortedEntries(snapshot.nodes), children: sortedEntries(snapshot.children) };
  return JSON.stringify(tables, (_key, value: unknown) => sortKeys(value));
}

function sortedEntries<V>(table: Table<V>): [string, V][] {
  return [...table.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
}

function sortKeys(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
