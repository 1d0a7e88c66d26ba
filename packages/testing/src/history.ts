import { type Actor, serverActor } from "@waggle/contract";
import {
  applyChange,
  applyDelta,
  type Cell,
  type ChangeSet,
  childrenOf,
  composeDeltas,
  diff,
  type ElementId,
  equalValues,
  isEmpty,
  isRichText,
  isTextCell,
  type LogEntry,
  type NodeChange,
  type NodeData,
  type RichText,
  type Snapshot,
  transformDelta,
  trashId,
  type Value,
} from "@waggle/template";
import { randomChange } from "./changes.ts";
import { countingIds, randomDocument } from "./documents.ts";
import type { Random } from "./random.ts";

export interface HistoryShape {
  readonly modules: number;
  readonly entries: number;
  /** How many entries late a person's edit may arrive; 0 means that everyone sees everything at once. */
  readonly lag: number;
  /** Default true. */
  readonly mayCreate?: boolean;
  /** Whether the server empties the trash now and then. Default false. */
  readonly purges?: boolean;
}

/** What several people and agents did to one template, in the order the server accepted it. */
export class History {
  readonly start: Snapshot;
  readonly log: LogEntry[] = [];
  readonly #snapshots: Snapshot[];

  constructor(start: Snapshot) {
    this.start = start;
    this.#snapshots = [start];
  }

  get now(): Snapshot {
    return this.#snapshots.at(-1) ?? this.start;
  }

  /** The document after that many entries. */
  after(entries: number): Snapshot {
    return this.#snapshots[entries] ?? this.start;
  }

  append(actor: Actor, change: ChangeSet, excluded?: readonly number[]): LogEntry {
    const revision = this.log.length + 1;
    const entry = { revision, actor, operation: "edit", change, at: revision, ...(excluded ? { excluded } : {}) };
    this.#snapshots.push(applyChange(this.now, change));
    this.log.push(entry);
    return entry;
  }
}

export const agents: readonly Actor[] = ["A", "B", "C"].map((id) => ({ kind: "agent", id, name: id }));
export const people: readonly Actor[] = ["p", "q", "r"].map((id) => ({ kind: "person", id, name: id }));

/** Three agents, who always work on the newest document, and three people, whose edits may arrive late. */
export function randomHistory(random: Random, shape: HistoryShape): History {
  const history = new History(randomDocument(random, { modules: shape.modules }));
  const newId = countingIds();
  while (history.log.length < shape.entries) {
    if (shape.purges && random.chance(0.03)) appendPurge(history);
    else if (random.chance(0.5)) appendChange(history, { random, newId, shape, actor: random.pick(agents), lag: 0 });
    else appendChange(history, { random, newId, shape, actor: random.pick(people), lag: shape.lag });
  }
  return history;
}

interface Contribution {
  readonly random: Random;
  readonly newId: () => string;
  readonly shape: HistoryShape;
  readonly actor: Actor;
  readonly lag: number;
}

function appendChange(history: History, { random, newId, shape, actor, lag }: Contribution): void {
  const seen = Math.max(0, history.log.length - random.between(0, lag));
  const made = randomChange(history.after(seen), { random, newId, mayCreate: shape.mayCreate ?? true });
  const change = arriveLate(random, made, { now: history.now, since: history.log.slice(seen) });
  if (!isEmpty(change)) history.append(actor, change);
}

function appendPurge(history: History): void {
  const { now } = history;
  const gone = childrenOf(now, trashId).flatMap((id) => withDescendants(now, id));
  if (gone.length === 0) return;
  const nodes = now.nodes.with(new Map(gone.map((id) => [id, undefined])));
  history.append(serverActor, diff(now, { ...now, nodes }));
}

function withDescendants(snapshot: Snapshot, id: ElementId): ElementId[] {
  return [id, ...childrenOf(snapshot, id).flatMap((child) => withDescendants(snapshot, child))];
}

interface Arrival {
  readonly now: Snapshot;
  readonly since: readonly LogEntry[];
}

/**
 * What is left of a change made for an older document, as a CRDT merges it: key by key and without a thought for
 * structure, so that moves into deleted rows and rows that don't sum to 12 occur. Of two writes of one key either may win.
 */
function arriveLate(random: Random, change: ChangeSet, { now, since }: Arrival): ChangeSet {
  if (since.length === 0) return change;
  const arrived: Record<ElementId, NodeChange> = {};
  for (const [id, nodeChange] of Object.entries(change)) {
    const node = now.nodes.get(id);
    if (!node && !isCreation(nodeChange)) continue;
    const cells: Record<string, Cell> = {};
    for (const [key, cell] of Object.entries(nodeChange)) {
      const merged = isTextCell(cell)
        ? lateText(node, { key, cell, since: since.map((entry) => entry.change[id]?.[key]) })
        : lateValue(random, cell, { current: node?.[key], wasWritten: since.some((entry) => entry.change[id]?.[key]) });
      if (merged) cells[key] = merged;
    }
    if (Object.keys(cells).length > 0) arrived[id] = cells;
  }
  return arrived;
}

function isCreation(change: NodeChange): boolean {
  const cell = change.type;
  return cell !== undefined && !isTextCell(cell) && cell.before === undefined;
}

interface LateValue {
  readonly current: Value | undefined;
  readonly wasWritten: boolean;
}

function lateValue(random: Random, cell: Cell, { current, wasWritten }: LateValue): Cell | undefined {
  if (isTextCell(cell) || (wasWritten && random.chance(0.5)) || equalValues(current, cell.after)) return undefined;
  return {
    ...(current === undefined ? {} : { before: current }),
    ...(cell.after === undefined ? {} : { after: cell.after }),
  };
}

interface LateText {
  readonly key: string;
  readonly cell: Cell;
  readonly since: readonly (Cell | undefined)[];
}

/** Edits of a text that was replaced meanwhile are lost, as those of a replaced Yjs type are. */
function lateText(node: NodeData | undefined, { key, cell, since }: LateText): Cell | undefined {
  const text = node?.[key];
  if (!isTextCell(cell) || !isRichText(text)) return undefined;
  const written = since.filter((each) => each !== undefined);
  const deltas = written.flatMap((each) => (isTextCell(each) ? [each.text] : []));
  if (deltas.length < written.length) return undefined;
  const over = deltas.reduce((first, second) => composeDeltas(first, second), []);
  const merged = transformDelta(cell.text, over, { first: false, wins: true });
  return merged.length > 0 && !isSame(text, applyDelta(text, merged)) ? { text: merged } : undefined;
}

function isSame(before: RichText, after: RichText): boolean {
  return equalValues(before, after);
}
