import { WaggleError } from "@waggle/contract";
import type { EntryToAppend, Storage, StoredEntry } from "../storage/storage.ts";

export interface CommitLogOptions {
  readonly templateId: string;
  readonly epoch: number;
  readonly storage: Pick<Storage, "append">;
  /** Revision of what was loaded. */
  readonly revision: number;
  /** Every entry up to this revision is on disk. */
  readonly onSaved: (revision: number) => void;
  /** Told once: nothing after the last saved revision will be saved. */
  readonly onFailed: (failure: CommitFailure) => void;
}

export interface CommitFailure {
  readonly cause: unknown;
  /** What was shown to the room and is not on disk. */
  readonly lost: readonly StoredEntry[];
}

/** Appends to disk in order; the next entry may follow while the previous one commits. */
export class CommitLog {
  readonly #options: CommitLogOptions;
  readonly #unsaved = new Map<number, StoredEntry>();
  #savedRevision: number;
  #latest: Promise<void> = Promise.resolve();
  #isBroken = false;
  #isTelling = false;

  constructor(options: CommitLogOptions) {
    this.#options = options;
    this.#savedRevision = options.revision;
  }

  get savedRevision(): number {
    return this.#savedRevision;
  }

  get isSaved(): boolean {
    return this.#unsaved.size === 0;
  }

  /** Resolves once the entry is on disk; rejects with NOT_SAVED. */
  append(entry: EntryToAppend): Promise<void> {
    if (this.#isBroken) return Promise.reject(notSaved());
    this.#unsaved.set(entry.revision, entry);
    const saved = this.#append(entry);
    // People's edits have nobody who waits for them; the room learns of failures through `onFailed`.
    saved.catch(() => undefined);
    this.#latest = saved;
    return saved;
  }

  /** Resolves once everything appended so far is on disk; rejects with NOT_SAVED when something never will be. */
  settled(): Promise<void> {
    return this.#latest;
  }

  async #append(entry: EntryToAppend): Promise<void> {
    const { storage, templateId, epoch } = this.#options;
    try {
      // An agent waits for its reply. A person has seen the edit, and their browser keeps it until `saved`.
      await storage.append(templateId, epoch, { ...entry, canWait: entry.actor.kind === "person" });
    } catch (cause) {
      this.#fail(cause);
      throw notSaved(cause);
    }
    // An earlier entry that failed cannot have a later one on disk: storage takes revisions in order.
    this.#unsaved.delete(entry.revision);
    this.#savedRevision = entry.revision;
    this.#tellSaved();
  }

  /** Entries of one commit arrive right after each other: the last one says it for all. */
  #tellSaved(): void {
    if (this.#isTelling) return;
    this.#isTelling = true;
    queueMicrotask(() => {
      this.#isTelling = false;
      this.#options.onSaved(this.#savedRevision);
    });
  }

  #fail(cause: unknown): void {
    if (this.#isBroken) return;
    this.#isBroken = true;
    this.#options.onFailed({ cause, lost: [...this.#unsaved.values()] });
  }
}

function notSaved(cause?: unknown): WaggleError {
  return new WaggleError("NOT_SAVED", {
    message: "The change was not saved and has been taken back. Read the elements again, then repeat the call.",
    cause,
  });
}
