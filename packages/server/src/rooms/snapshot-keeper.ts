import type { Log } from "../observability/log.ts";
import type { Storage } from "../storage/storage.ts";
import { loadsAs } from "./document-bytes.ts";
import type { Tenure } from "./tenure.ts";

export interface SnapshotKeeperOptions {
  readonly templateId: string;
  readonly storage: Pick<Storage, "writeSnapshot">;
  readonly log: Log;
  /** Entries between two snapshots. */
  readonly every: number;
  /** The document's bytes do not lead to the document. */
  readonly onUnsound: (tenure: Tenure) => void;
  /** A snapshot is on disk. */
  readonly onWritten: (tenure: Tenure) => void;
}

/** Writes the whole document to disk now and then, so that opening the room reads few updates. */
export class SnapshotKeeper {
  readonly #options: SnapshotKeeperOptions;
  #revision = 0;
  #writing: Promise<void> | undefined;

  constructor(options: SnapshotKeeperOptions) {
    this.#options = options;
  }

  /** The room was opened from a snapshot of this revision. */
  opened(revision: number): void {
    this.#revision = revision;
  }

  /** To be called after each entry. */
  added(tenure: Tenure): void {
    if (this.#writing || tenure.log.revision - this.#revision < this.#options.every) return;
    void this.write(tenure);
  }

  /** Writes what there is, unless that is on disk already. Never rejects, a failure is logged: the log of changes has everything. */
  write(tenure: Tenure): Promise<void> {
    this.#writing ??= this.#write(tenure).finally(() => {
      this.#writing = undefined;
    });
    return this.#writing;
  }

  async #write(tenure: Tenure): Promise<void> {
    const { templateId, storage } = this.#options;
    const { document, commits } = tenure;
    const { revision } = tenure.log;
    if (revision <= this.#revision) return;
    try {
      const state = document.encode();
      // Bytes that no new client could load must not take the place of those that can be.
      if (!loadsAs(state, document.snapshot)) return this.#options.onUnsound(tenure);
      await commits.settled();
      await storage.writeSnapshot(templateId, revision, state);
      this.#revision = revision;
      this.#options.onWritten(tenure);
    } catch (error) {
      this.#options.log.warn({ templateId, revision, error }, "A snapshot could not be written.");
    }
  }
}
