import { type Actor, type EntryFrame, serverActor } from "@waggle/contract";
import { applyChange, type ChangeSet, diff, isEmpty, type Snapshot } from "@waggle/template";

/** A change with who made it. */
export interface AuthoredChange {
  readonly change: ChangeSet;
  readonly before: Snapshot;
  readonly after: Snapshot;
  readonly actor: Actor;
  readonly operation: string;
  /** Unix time in milliseconds. */
  readonly at: number;
}

/** What the document saw. */
type SeenChange = Pick<AuthoredChange, "change" | "before" | "after">;

/**
 * Who made what comes from the server. A live entry precedes the update it explains; after a reconnect the entries that
 * were missed come first and one update brings all of them.
 */
export class Authorship {
  #live: EntryFrame | undefined;
  #missed: EntryFrame[] = [];

  told(entry: EntryFrame): void {
    if (entry.replayed) this.#missed.push(entry);
    else this.#live = entry;
  }

  /** Authors of what one transaction changed; `at` is for a change that nothing explains. */
  explain(seen: SeenChange, at: number): readonly AuthoredChange[] {
    const entries = this.#live ? [this.#live] : this.#missed;
    this.#live = undefined;
    if (entries === this.#missed) this.#missed = [];
    return authorsOf(seen, entries, at);
  }

  /** The update after an entry has been applied. One that changed nothing may have waited for an earlier one that is still to come. */
  updateApplied({ isSynced }: { readonly isSynced: boolean }): void {
    if (this.#live && !isSynced) this.#missed.push(this.#live);
    this.#live = undefined;
    if (isSynced) this.#missed = [];
  }
}

function authorsOf(seen: SeenChange, entries: readonly EntryFrame[], at: number): readonly AuthoredChange[] {
  const [first, ...others] = entries;
  if (!first) return [{ ...seen, actor: serverActor, operation: "sync", at }];
  if (others.length === 0) return [{ ...seen, actor: first.actor, operation: first.operation, at: first.at }];
  return (
    oneByOne(seen, entries) ?? [
      { ...seen, actor: commonActor(entries), operation: "sync", at: entries.at(-1)?.at ?? at },
    ]
  );
}

/** The entries in their own steps, when they lead exactly where the document went: nobody here edited meanwhile. */
function oneByOne(seen: SeenChange, entries: readonly EntryFrame[]): readonly AuthoredChange[] | undefined {
  const steps: AuthoredChange[] = [];
  let before = seen.before;
  for (const { actor, operation, at, changeSet } of entries) {
    const change = changeSet as ChangeSet; // the contract leaves the type of change sets to the template package
    const after = applyIfFits(before, change);
    if (!after) return undefined;
    steps.push({ change, before, after, actor, operation, at });
    before = after;
  }
  if (!isEmpty(diff(before, seen.after))) return undefined;
  return steps;
}

function applyIfFits(before: Snapshot, change: ChangeSet): Snapshot | undefined {
  try {
    return applyChange(before, change);
  } catch {
    return undefined;
  }
}

function commonActor(entries: readonly EntryFrame[]): Actor {
  const [first] = entries;
  const isCommon = entries.every(({ actor }) => actor.id === first?.actor.id);
  return isCommon && first ? first.actor : serverActor;
}
