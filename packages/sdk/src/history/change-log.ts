import { type ChangeSet, type Conflict, compose, type LogEntry } from "@waggle/template";

export type LoggedChange = Pick<LogEntry, "actor" | "operation" | "change" | "at">;

/** A change that leaves out chosen entries, ready to be written. */
export interface Revert {
  readonly change: ChangeSet;
  readonly conflicts: readonly Conflict[];
  /** Every revision left out once it is written. */
  readonly excluded: ReadonlySet<number>;
}

/** Everything that happened to the document since some moment, in order, whoever did it: what a revert folds over. */
export class ChangeLog {
  #entries: LogEntry[] = [];
  #lastRevision = 0;
  #excluded: ReadonlySet<number> = new Set();

  get entries(): readonly LogEntry[] {
    return this.#entries;
  }

  /** The revisions left out by reverts in force. */
  get excluded(): ReadonlySet<number> {
    return this.#excluded;
  }

  get length(): number {
    return this.#entries.length;
  }

  get lastRevision(): number {
    return this.#lastRevision;
  }

  has(revision: number): boolean {
    const first = this.#entries[0]?.revision;
    return first !== undefined && revision >= first && revision <= this.#lastRevision;
  }

  /** Returns the revision given to the change. */
  append(logged: LoggedChange): number {
    return this.#push(logged);
  }

  /** Makes one entry of the last one and what directly followed it. False when `revision` is not the last one. */
  extend(revision: number, { change, at }: Pick<LoggedChange, "change" | "at">): boolean {
    const last = this.#entries.at(-1);
    if (!last || last.revision !== revision || last.excluded) return false;
    this.#entries[this.#entries.length - 1] = { ...last, change: compose(last.change, change), at };
    return true;
  }

  /** The changes after a revision that are not left out. */
  standingAfter(revision: number): readonly number[] {
    return this.#entries
      .filter((entry) => entry.revision > revision && !entry.excluded && !this.#excluded.has(entry.revision))
      .map((entry) => entry.revision);
  }

  /** Remembers a revert as done; also one that changed nothing, as it counts once its element comes back. */
  appendRevert({ change, excluded }: Revert, logged: Omit<LoggedChange, "change">): void {
    this.#push({ ...logged, change, excluded: [...excluded] });
    this.#excluded = excluded;
  }

  /** Forgets what can't be undone any more: all but the last `count` entries. */
  keepLast(count: number): void {
    const forgotten = new Set(this.#entries.slice(0, -count).map(({ revision }) => revision));
    this.#entries = this.#entries.slice(-count).map((entry) => withoutForgotten(entry, forgotten));
    this.#excluded = this.#excluded.difference(forgotten);
  }

  #push(entry: Omit<LogEntry, "revision">): number {
    this.#lastRevision += 1;
    this.#entries.push({ revision: this.#lastRevision, ...entry });
    return this.#lastRevision;
  }
}

/** A revert of something that is forgotten can't be derived any more: it becomes a change like any other. */
function withoutForgotten(entry: LogEntry, forgotten: ReadonlySet<number>): LogEntry {
  if (!entry.excluded?.some((revision) => forgotten.has(revision))) return entry;
  const { excluded: _excluded, ...plain } = entry;
  return plain;
}
