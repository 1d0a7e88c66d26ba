import type { Actor } from "@waggle/contract";
import { type ElementId, parentOf, rootId } from "../document/node.ts";
import { applyChange, isVisible, type Snapshot } from "../document/snapshot.ts";
import { composeNodes, invertNode, positionsOf, purges, put } from "./algebra.ts";
import { unpurge } from "./purged.ts";
import { dropLostParents, type MutableChange, rebaseNodes } from "./rebase.ts";
import { type SettleContext, settle } from "./settle.ts";
import type { ChangeSet, Conflict } from "./types.ts";

/** One accepted change, as the log of a template holds it. */
export interface LogEntry {
  readonly revision: number;
  readonly actor: Actor;
  /** Name of the operation, or `edit` for a person's direct editing. */
  readonly operation: string;
  readonly change: ChangeSet;
  /** Unix time in milliseconds. */
  readonly at: number;
  /** Set on a revert: every revision that is left out of the document from this entry on. */
  readonly excluded?: readonly number[];
}

export interface Reverted {
  /** Leads from the document as it is to the one without what was left out. */
  readonly change: ChangeSet;
  readonly conflicts: readonly Conflict[];
}

export interface RevertPlan extends Reverted {
  /** For the entry that logs this revert. Log it even when nothing changes: a later revert derives from it. */
  readonly excluded: readonly number[];
}

export interface RevertChoice {
  /** The entries to take back. Picking a revert brings back what it took. */
  readonly pick: (entry: LogEntry) => boolean;
  /** Limits the change to some elements; all when absent. */
  readonly only?: (id: ElementId) => boolean;
}

/**
 * Takes back the picked entries and keeps everything else, later work on the same elements included; what can't be
 * taken back is reported.
 *
 * @example
 * const plan = revert(log, snapshot, { pick: (entry) => entry.actor.id === scout.id });
 * log.push({ revision, actor, operation: "revert", at, change: plan.change, excluded: plan.excluded });
 */
export function revert(log: readonly LogEntry[], now: Snapshot, { pick, only }: RevertChoice): RevertPlan {
  const excluded = excludedAfter(log, pick);
  return { ...fold(log, now, { excluded, only }), excluded: [...excluded].sort((a, b) => a - b) };
}

/** The same for a given set of revisions: the document as if those entries had never been made. */
export function without(log: readonly LogEntry[], now: Snapshot, excluded: ReadonlySet<number>): Reverted {
  return fold(log, now, { excluded });
}

/** The revisions that the log leaves out already. */
export function excludedBy(log: readonly LogEntry[]): readonly number[] {
  return log.findLast((entry) => entry.excluded)?.excluded ?? [];
}

function excludedAfter(log: readonly LogEntry[], pick: (entry: LogEntry) => boolean): Set<number> {
  let excluded = new Set(excludedBy(log));
  let previous = new Set<number>();
  for (const entry of log) {
    const current = entry.excluded && new Set(entry.excluded);
    if (pick(entry)) {
      if (!current) excluded.add(entry.revision);
      // Taking a revert back: what it left out comes in, what it brought in is left out again.
      else excluded = excluded.difference(current.difference(previous)).union(previous.difference(current));
    }
    previous = current ?? previous;
  }
  return excluded;
}

interface FoldOptions {
  readonly excluded: ReadonlySet<number>;
  readonly only?: ((id: ElementId) => boolean) | undefined;
}

/**
 * One pass. The undo always leads from the document as it was after an entry to the document without what is left out:
 * an entry to leave out is inverted in front of it, any other is rebased over. Reverts are inverted too, whatever they
 * left out: the set says what is left out now, so nothing is taken back twice.
 */
function fold(given: readonly LogEntry[], givenNow: Snapshot, { excluded, only = () => true }: FoldOptions): Reverted {
  const { log, now, toReal } = unpurge(given, givenNow);
  const undo = new Undo(log, now);
  for (const [index, entry] of log.entries()) {
    if (entry.excluded || excluded.has(entry.revision)) undo.takeBack(entry, index);
    else undo.keep(entry.change, index);
  }
  for (const id of Object.keys(undo.change)) if (!only(id)) delete undo.change[id];
  const change = settle(undo.change, now, undo);
  return { change: toReal(change), conflicts: worthReporting(undo.conflicts, change, applyChange(now, change)) };
}

class Undo implements SettleContext {
  readonly change: MutableChange = {};
  readonly conflicts: Conflict[] = [];
  /** Element → index of the first entry whose move the undo takes back. */
  readonly #takenBack = new Map<ElementId, number>();
  /** Element → index of the last entry of someone else that touched it. */
  readonly #touched = new Map<ElementId, number>();
  readonly #log: readonly LogEntry[];
  readonly #now: Snapshot;

  constructor(log: readonly LogEntry[], now: Snapshot) {
    this.#log = log;
    this.#now = now;
  }

  takeBack({ change, excluded }: LogEntry, index: number): void {
    // What a revert inserts is what had been removed; what someone typed again is not.
    const options = { keepsRestored: excluded !== undefined };
    for (const [id, nodeChange] of Object.entries(change)) {
      if (nodeChange.pos && !this.change[id]?.pos) this.#takenBack.set(id, index);
      put(this.change, id, composeNodes(invertNode(nodeChange), this.change[id], options));
    }
  }

  keep(change: ChangeSet, index: number): void {
    for (const id in change) this.#touched.set(id, index);
    rebaseNodes(this.change, change, { wins: false, conflicts: this.conflicts });
    const hasPurge = Object.values(change).some(purges);
    if (hasPurge) dropLostParents(this.change, this.conflicts, (parent) => purges(change[parent]));
  }

  isTouchedSince(id: ElementId, movedElement: ElementId): boolean {
    return (this.#touched.get(id) ?? -1) > (this.#takenBack.get(movedElement) ?? Number.POSITIVE_INFINITY);
  }

  wasVisibleBefore(id: ElementId, movedElement: ElementId): boolean {
    const index = this.#takenBack.get(movedElement);
    if (index === undefined) return true;
    let place: ElementId | undefined = id;
    // A module is three steps from the root. Bounded, because hostile data may nest in circles.
    for (let step = 0; step < 3 && place !== undefined && place !== rootId; step++) {
      place = this.#parentAt(place, index);
    }
    return place === rootId;
  }

  /** Where an element was before the entry at `index`: what the first move since says, or where it is. */
  #parentAt(id: ElementId, index: number): ElementId | undefined {
    const moved = this.#log.slice(index).find((entry) => entry.change[id]?.pos);
    const node = this.#now.nodes.get(id);
    return moved ? positionsOf(moved.change[id]).before?.[0] : node && parentOf(node);
  }
}

function worthReporting(conflicts: readonly Conflict[], change: ChangeSet, after: Snapshot): Conflict[] {
  const reported = new Map<string, Conflict>();
  for (const conflict of conflicts) {
    const { kind, elementId, key } = conflict;
    // Lost to someone, then written again by an entry that is left out: it is taken back after all.
    const isUndone = (kind === "superseded" || kind === "gone") && key !== undefined && change[elementId]?.[key];
    // What stays in the trash troubles nobody.
    const isHidden = kind === "adopted" && !isVisible(after, elementId);
    if (!isUndone && !isHidden) reported.set(JSON.stringify([elementId, key, kind]), conflict);
  }
  return [...reported.values()];
}
