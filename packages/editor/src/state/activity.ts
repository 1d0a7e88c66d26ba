import { type ReadonlySignal, signal } from "@preact/signals";
import type { Actor } from "@waggle/contract";
import type { ChangeEvent } from "@waggle/sdk";
import { type ChangeSet, compose, describeChange, type ElementId, type Snapshot } from "@waggle/template";

/** A described change of one or more elements by one participant. */
export interface ChangeItem {
  readonly kind: "change";
  readonly id: number;
  readonly at: number;
  readonly actor: Actor;
  readonly lines: readonly { readonly elementId: ElementId; readonly sentence: string }[];
  readonly change: ChangeSet;
  readonly before: Snapshot;
}

export type ActivityItem =
  | { readonly kind: "started"; readonly id: number; readonly at: number }
  | { readonly kind: "joined" | "left"; readonly id: number; readonly at: number; readonly actor: Actor }
  | ChangeItem;

/** Typing in one place reads as one line while the pauses are shorter than this. */
const sameLineMs = 10_000;

/** What happened in the running session, newest first. */
export class Activity {
  readonly #items = signal<readonly ActivityItem[]>([]);
  #lastId = 0;

  get items(): ReadonlySignal<readonly ActivityItem[]> {
    return this.#items;
  }

  start(at: number): void {
    this.#items.value = [{ kind: "started", id: this.#nextId(), at }];
  }

  addPresence(kind: "joined" | "left", actor: Actor, at: number): void {
    this.#items.value = [{ kind, id: this.#nextId(), actor, at }, ...this.#items.value];
  }

  addChange(event: ChangeEvent): void {
    const [newest, ...older] = this.#items.value;
    const isContinued = newest?.kind === "change" && continues(newest, event);
    const change = isContinued ? compose(newest.change, event.change) : event.change;
    const before = isContinued ? newest.before : event.before;
    const lines = describeChange(change, before, event.after);
    const id = isContinued ? newest.id : this.#nextId();
    const item: ChangeItem = { kind: "change", id, at: event.at, actor: event.actor, lines, change, before };
    // Typing a letter and deleting it again leaves nothing to tell.
    const added = lines.length > 0 ? [item] : [];
    this.#items.value = [...added, ...(isContinued ? older : this.#items.value)];
  }

  /** How many changes this participant made in the session. */
  countBy(actorId: string): number {
    return this.#items.value.filter((item) => item.kind === "change" && item.actor.id === actorId).length;
  }

  #nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }
}

function continues(item: ChangeItem, event: ChangeEvent): boolean {
  return (
    event.origin === "text" &&
    item.actor.id === event.actor.id &&
    event.at - item.at < sameLineMs &&
    Object.keys(item.change).join() === Object.keys(event.change).join()
  );
}
