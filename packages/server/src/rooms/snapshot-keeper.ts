import type { Log } from "../observability/log.ts";
import type { Storage } from "../storage/storage.ts";
import { provesToLoadAs } from "./document-bytes.ts";
import type { OneAtATime } from "./one-at-a-time.ts";
import type { Tenure } from "./tenure.ts";

export interface SnapshotKeeperOptions {
  readonly templateId: string;
  readonly storage: Pick<Storage, "writeSnapshot">;
  readonly log: Log;
  /** Entries between two snapshots. */
  readonly every: number;
  /**
   * What all rooms share: encoding and proving a document keeps the process busy for some ten milliseconds, and rooms that are
   * equally busy would all come to it at once.
   */
  readonly encoding: OneAtATime;
  /** Whether the room still works on this; a document it has dropped may hold what nobody was told of. */
  readonly isCurrent: (tenure: Tenure) => boolean;
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
    const { templateId, storage, encoding, isCurrent } = this.#options;
    if (tenure.log.revision <= this.#revision) return;
    try {
      const encoded = await encoding.run(async () => (isCurrent(tenure) ? encode(tenure) : undefined));
      if (!encoded || !isCurrent(tenure)) return;
      const { revision, state, isSound } = encoded;
      if (!isSound) return this.#options.onUnsound(tenure);
      await tenure.commits.settled();
      if (!isCurrent(tenure)) return;
      await storage.writeSnapshot(templateId, revision, state);
      this.#revision = revision;
      this.#options.onWritten(tenure);
    } catch (error) {
      this.#options.log.warn({ templateId, revision: tenure.log.revision, error }, "A snapshot could not be written.");
    }
  }
}

/** Bytes that no new client could load must not take the place of those that can be. */
async function encode({ document, log }: Tenure) {
  const { revision } = log;
  const state = document.encode();
  return { revision, state, isSound: await provesToLoadAs(state, document.snapshot) };
}
