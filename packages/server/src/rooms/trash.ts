import {
  type ChangeSet,
  childrenOf,
  diff,
  type ElementId,
  type LogEntry,
  parentOf,
  purges,
  rootId,
  type Snapshot,
  settingsId,
  trashId,
} from "@waggle/template";
import type { Clock } from "./clock.ts";
import type { Connection } from "./connection.ts";
import type { Tenure } from "./tenure.ts";

/** One purge tells everyone the content it removes: it has to fit their buffers many times over. */
const portionLength = 256 * 1024;

export interface TrashOptions {
  readonly clock: Pick<Clock, "now">;
  /** How long what was deleted stays. */
  readonly graceMs: number;
  readonly connections: () => Iterable<Connection>;
}

/** When something was last changed, by time and by revision. */
interface Touch {
  readonly at: number;
  readonly revision: number;
}

const noChange: ChangeSet = {};
/** Before anything. */
const nothing = -1;

/**
 * What was deleted, and when nobody can miss it any more. Rules: SPEC.md, Trash. Late edits of what is purged reach nobody,
 * so each deleted element stays for the grace time after anything in it was last changed, after anybody left who may not
 * have heard of that, and while somebody is here who has not confirmed it.
 */
export class Trash {
  readonly #options: TrashOptions;
  readonly #touches = new Map<ElementId, Touch>();
  /** Of what was last changed before the entries that were loaded: no later than this. */
  #before: Touch = { at: Number.POSITIVE_INFINITY, revision: 0 };
  #hasPurged = false;

  constructor(options: TrashOptions) {
    this.#options = options;
  }

  /** Whether anything was purged in the history at hand. */
  get hasPurged(): boolean {
    return this.#hasPurged;
  }

  /** The document was loaded; `entries` are the latest ones, `createdAt` is older than all. */
  opened(entries: readonly LogEntry[], createdAt: number): void {
    const [first] = entries;
    this.#before = { at: first?.at ?? createdAt, revision: first?.revision ?? 0 };
    for (const entry of entries) this.noted(entry);
  }

  /** To be called for each entry. */
  noted({ change, at, revision }: LogEntry): void {
    for (const id of Object.keys(change)) {
      if (!purges(change[id])) this.#touches.set(id, later(this.#touches.get(id), { at, revision }));
      else {
        this.#touches.delete(id);
        this.#hasPurged = true;
      }
    }
  }

  /** Whoever leaves without having confirmed a change may come back with edits from before it: its time begins anew. */
  left({ receipts }: Connection): void {
    if (!receipts.hasDocument) return;
    const at = this.#options.clock.now();
    const isUnknown = ({ revision }: Touch) => revision > receipts.held;
    if (isUnknown(this.#before)) this.#before = { ...this.#before, at };
    for (const [id, touch] of this.#touches) if (isUnknown(touch)) this.#touches.set(id, { ...touch, at });
  }

  /** Asks those who have to confirm something before it can be purged, and have not been asked. */
  ask({ document, log }: Pick<Tenure, "document" | "log">): void {
    const latest = this.#discarded(document.snapshot).reduce(
      (most, { touch }) => Math.max(most, touch.revision),
      nothing,
    );
    for (const connection of this.#readers()) {
      const { receipts } = connection;
      if (receipts.held < latest && !receipts.isAskedAbout(latest)) connection.ask(document.stateVector, log.revision);
    }
  }

  /** The removal of what nobody can miss, or a part of it when it is much. */
  purge(snapshot: Snapshot): ChangeSet {
    const { graceMs, clock } = this.#options;
    const end = clock.now() - graceMs;
    const heldByAll = this.#readers().reduce((held, { receipts }) => Math.min(held, receipts.held), Number.MAX_VALUE);
    const gone = new Map<ElementId, undefined>();
    let length = 0;
    for (const { ids, touch } of this.#discarded(snapshot)) {
      if (touch.at > end || touch.revision > heldByAll) continue;
      for (const id of ids) gone.set(id, undefined);
      length += lengthOf(snapshot, ids);
      if (length >= portionLength) break;
    }
    if (gone.size === 0) return noChange;
    return diff(snapshot, { ...snapshot, nodes: snapshot.nodes.with(gone) });
  }

  #readers(): readonly Connection[] {
    return [...this.#options.connections()].filter(({ receipts }) => receipts.hasDocument);
  }

  /** What was deleted, each with all that is inside, and what was moved into something that had been purged. */
  #discarded(snapshot: Snapshot): readonly { readonly ids: readonly ElementId[]; readonly touch: Touch }[] {
    return discardedIds(snapshot).map((id) => {
      const ids = withContent(snapshot, id);
      return { ids, touch: ids.map((each) => this.#touches.get(each) ?? this.#before).reduce(later) };
    });
  }
}

function later(one: Touch | undefined, other: Touch): Touch {
  if (!one) return other;
  return { at: Math.max(one.at, other.at), revision: Math.max(one.revision, other.revision) };
}

function discardedIds(snapshot: Snapshot): readonly ElementId[] {
  const orphans: ElementId[] = [];
  for (const [id, node] of snapshot.nodes.entries()) {
    const parent = parentOf(node);
    if (id === settingsId || parent === rootId || parent === trashId) continue;
    if (parent === undefined || !snapshot.nodes.has(parent)) orphans.push(id);
  }
  return [...childrenOf(snapshot, trashId), ...orphans];
}

/** Each once, though hostile data may nest in circles. */
function withContent(snapshot: Snapshot, id: ElementId): readonly ElementId[] {
  const ids = new Set([id]);
  for (const each of ids) for (const child of childrenOf(snapshot, each)) ids.add(child);
  return [...ids];
}

function lengthOf(snapshot: Snapshot, ids: readonly ElementId[]): number {
  return ids.reduce((length, id) => length + JSON.stringify(snapshot.nodes.get(id)).length, 0);
}
