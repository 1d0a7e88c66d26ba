import { type ElementId, type NodeData, type Position, trashId } from "../document/node.ts";
import { applyChange, isVisible, type Snapshot } from "../document/snapshot.ts";
import type { Value } from "../document/value.ts";
import { cellBetween, creates, diffNode, isTextCell, positionsOf, purges, put, withoutKey } from "./algebra.ts";
import type { MutableChange } from "./rebase.ts";
import type { LogEntry } from "./revert.ts";
import type { ChangeSet, NodeChange } from "./types.ts";

/** What the server's removal of long deleted elements is logged as. It is nobody's work: a revert looks through it. */
export const purgeOperation = "purge";

/** A log and its document as if nothing had ever been purged for good. */
export interface Unpurged {
  readonly log: readonly LogEntry[];
  readonly now: Snapshot;
  /** What is left of a change of that document for the real one: what it brings back is created. */
  toReal(change: ChangeSet): ChangeSet;
}

/** Looks through the server's purges, so that a deletion can be taken back however long ago it was. */
export function unpurge(log: readonly LogEntry[], now: Snapshot): Unpurged {
  if (!log.some(isPurge)) return { log, now, toReal: (change) => change };
  const purged = new Map<ElementId, NodeData>();
  const entries = log.map((entry) => ({ ...entry, change: lookThrough(entry, purged) }));
  const missing = [...purged].filter(([id]) => !now.nodes.has(id));
  const asIfKept = applyChange(now, Object.fromEntries(missing.map(([id, node]) => [id, creationOf(node)])));
  return { log: entries, now: asIfKept, toReal: (change) => toReal(change, { now, asIfKept }) };
}

function isPurge({ actor, operation }: LogEntry): boolean {
  return actor.kind === "server" && operation === purgeOperation;
}

/** Purges are left out, and what was created again after one is a change of what had been purged. */
function lookThrough(entry: LogEntry, purged: Map<ElementId, NodeData>): ChangeSet {
  const seen: MutableChange = {};
  for (const [id, nodeChange] of Object.entries(entry.change)) {
    const before = purged.get(id);
    if (isPurge(entry) && purges(nodeChange)) purged.set(id, nodeOf(nodeChange, "before"));
    else if (before && creates(nodeChange)) {
      purged.delete(id);
      put(seen, id, diffNode(before, nodeOf(nodeChange, "after")));
    } else if (!before) seen[id] = nodeChange;
  }
  return seen;
}

function toReal(change: ChangeSet, { now, asIfKept }: { now: Snapshot; asIfKept: Snapshot }): ChangeSet {
  const after = applyChange(asIfKept, change);
  const real: MutableChange = {};
  const isMissing = (id: ElementId): boolean => asIfKept.nodes.has(id) && !now.nodes.has(id) && !isVisible(after, id);
  for (const [id, nodeChange] of Object.entries(change)) {
    if (asIfKept.nodes.has(id) && !now.nodes.has(id)) continue;
    const { before, after: place } = positionsOf(nodeChange);
    // What goes back to a place that is hidden and purged is hidden as well.
    if (!place || !isMissing(place[0])) real[id] = nodeChange;
    else put(real, id, moved(nodeChange, { before, after: [trashId, place[1]] }));
  }
  for (const [id] of asIfKept.nodes.entries()) {
    const node = after.nodes.get(id);
    if (node && !now.nodes.has(id) && isVisible(after, id)) real[id] = creationOf(node);
  }
  return real;
}

function moved(change: NodeChange, { before, after }: { before?: Position | undefined; after: Position }) {
  const cell = cellBetween(before, after);
  return cell ? { ...change, pos: cell } : withoutKey(change, "pos");
}

function creationOf(node: NodeData): NodeChange {
  return diffNode(undefined, node) ?? {};
}

function nodeOf(change: NodeChange, side: "before" | "after"): NodeData {
  const node: Record<string, Value> = {};
  for (const [key, cell] of Object.entries(change)) {
    const value = isTextCell(cell) ? undefined : cell[side];
    if (value !== undefined) node[key] = value;
  }
  return node;
}
