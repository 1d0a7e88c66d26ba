import type { Actor } from "@waggle/contract";
import type { ChangeSet, CompactableEntry, ElementId, LogEntry } from "@waggle/template";

/** How many entries a room keeps at hand; older ones are read from storage. */
export const recentEntries = 1_000;

/** The room's latest entries, and who wrote each property last. */
export class RecentLog {
  readonly #entries: CompactableEntry[] = [];
  readonly #writers = new LastWriters();
  #revision: number;

  /** `entries` are the last ones up to `revision`, oldest first. */
  constructor(revision: number, entries: readonly CompactableEntry[] = []) {
    this.#revision = revision;
    for (const entry of entries) this.#keep(entry);
  }

  get revision(): number {
    return this.#revision;
  }

  /** Adds the next entry. */
  add(entry: LogEntry): void {
    this.#revision = entry.revision;
    this.#keep(entry);
  }

  /** Whether every entry after a revision is at hand. */
  reaches(revision: number): boolean {
    const [first] = this.#entries;
    return revision >= (first ? firstRevisionOf(first) - 1 : this.#revision);
  }

  /** The entries after a revision, oldest first; undefined when some of them are no longer at hand. */
  since(revision: number): readonly LogEntry[] | undefined {
    if (!this.reaches(revision)) return undefined;
    return this.#entries.slice(this.#entries.findLastIndex((entry) => entry.revision <= revision) + 1);
  }

  /**
   * What an agent that comes now is taken to know without having looked: all there is, but for what people did since `since`
   * (Unix time in milliseconds) and what came after that. An agent may have been here a moment ago under another identity,
   * before it or the server was started again, and rewrite from what it read then; people's words are safe from that.
   */
  revisionForNewcomer(since: number): number {
    const first = this.#entries.find(({ at, actor }) => at >= since && actor.kind === "person");
    return first ? firstRevisionOf(first) - 1 : this.#revision;
  }

  /** Whether somebody else changed the element, or one of its properties, after this revision. */
  isChangedByOthers(cell: { readonly elementId: ElementId; readonly key?: string }, view: AgentLook): boolean {
    return this.#writers.isChangedByOthers(cellName(cell.elementId, cell.key), view);
  }

  #keep(entry: CompactableEntry): void {
    this.#entries.push(entry);
    this.#writers.note(entry);
    // In one go now and then, because removing the first one moves all others.
    if (this.#entries.length >= 2 * recentEntries) this.#entries.splice(0, recentEntries);
  }
}

function firstRevisionOf({ from, revision }: CompactableEntry): number {
  return from ?? revision;
}

/** How far an agent has looked. */
export interface AgentLook {
  readonly agentId: string;
  readonly revision: number;
}

interface Writer {
  readonly by: string;
  readonly revision: number;
  /** The last revision by anybody but `by`. With one slot only, an agent's own write would hide a person's before it. */
  readonly otherRevision: number;
}

class LastWriters {
  readonly #writers = new Map<string, Writer>();

  note({ change, actor, revision }: { change: ChangeSet; actor: Actor; revision: number }): void {
    for (const id of Object.keys(change)) {
      this.#write(cellName(id), actor.id, revision);
      for (const key of Object.keys(change[id] ?? {})) this.#write(cellName(id, key), actor.id, revision);
    }
  }

  isChangedByOthers(cell: string, { agentId, revision }: AgentLook): boolean {
    const writer = this.#writers.get(cell);
    if (!writer) return false;
    return (writer.by === agentId ? writer.otherRevision : writer.revision) > revision;
  }

  #write(cell: string, by: string, revision: number): void {
    const last = this.#writers.get(cell);
    const otherRevision = !last ? 0 : last.by === by ? last.otherRevision : last.revision;
    this.#writers.set(cell, { by, revision, otherRevision });
  }
}

/** One string for an element, or for one of its properties; ids hold no NUL. */
export function cellName(elementId: ElementId, key?: string): string {
  return key === undefined ? elementId : `${elementId}\0${key}`;
}
