import { type ReadonlySignal, signal } from "@preact/signals";
import type { Actor } from "@waggle/contract";
import type { Bee, ChangeEvent } from "@waggle/sdk";
import { type ChangeSet, compose, type ElementId, type Snapshot } from "@waggle/template";

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
  readonly #describe: Bee["describe"];
  #lastId = 0;

  constructor(describe: Bee["describe"]) {
    this.#describe = describe;
  }

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
    const continued = this.#items.value.find((item) => isAboutSame(item, event));
    const earlier = continued?.kind === "change" && continues(continued, event) ? continued : undefined;
    const change = earlier ? compose(earlier.change, event.change) : event.change;
    const before = earlier?.before ?? event.before;
    const lines = this.#describe(change, before, event.after);
    const id = earlier?.id ?? this.#nextId();
    const item: ChangeItem = { kind: "change", id, at: event.at, actor: event.actor, lines, change, before };
    // Typing a letter and deleting it again leaves nothing to tell.
    const added = lines.length > 0 ? [item] : [];
    this.#items.value = [...added, ...this.#items.value.filter((other) => other !== earlier)];
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

function isAboutSame(item: ActivityItem, { change }: ChangeEvent): boolean {
  return item.kind === "change" && Object.keys(change).some((id) => Object.hasOwn(item.change, id));
}

function continues(item: ChangeItem, event: ChangeEvent): boolean {
  return (
    event.origin === "text" &&
    item.actor.id === event.actor.id &&
    event.at - item.at < sameLineMs &&
    Object.keys(item.change).join() === Object.keys(event.change).join()
  );
}
