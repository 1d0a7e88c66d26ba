import { setImmediate as nextTurn } from "node:timers/promises";
import type { Log } from "../observability/log.ts";
import type { Storage } from "../storage/storage.ts";
import { provesToLoadAs } from "./document-bytes.ts";
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

/**
 * Rooms encode their documents one after the other: encoding and proving one keeps the process busy for some ten
 * milliseconds, and rooms that are equally busy would all come to it at once.
 */
let previous: Promise<unknown> = Promise.resolve();

function inTurn<Value>(step: () => Promise<Value>): Promise<Value> {
  const done = previous.then(() => nextTurn()).then(step);
  previous = done.catch(() => undefined);
  return done;
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
    if (tenure.log.revision <= this.#revision) return;
    try {
      const { revision, state, isSound } = await inTurn(() => encode(tenure));
      if (!isSound) return this.#options.onUnsound(tenure);
      await tenure.commits.settled();
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
