import { setTimeout as pause } from "node:timers/promises";
import type { Log } from "../observability/log.ts";
import type { Storage } from "../storage/storage.ts";
import { recentEntries } from "./recent-log.ts";
import type { Tenure } from "./tenure.ts";

export interface LogCompactorOptions {
  readonly templateId: string;
  readonly storage: Pick<Storage, "compactLog">;
  readonly log: Log;
  /** Entries that stay as they were made: those a room keeps at hand. */
  readonly keepEntries?: number;
}

/** Read, composed and written in one go: a few milliseconds, between which others have their turn. */
const partEntries = 200;
const pauseMs = 20;
/** Typing with a longer pause was two thoughts. */
const longestPauseMs = 10_000;

/** Makes the old part of the log smaller, beside the room's work. */
export class LogCompactor {
  readonly #options: Required<LogCompactorOptions>;
  #running: Promise<void> | undefined;
  #isStopped = false;

  constructor({ keepEntries = recentEntries, ...options }: LogCompactorOptions) {
    this.#options = { ...options, keepEntries };
  }

  /** To be called after each snapshot. Never rejects, a failure is logged: the log is only larger than it need be. */
  run(tenure: Tenure): Promise<void> {
    this.#running ??= this.#run(tenure).finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** Resolves once nothing is written any more. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#running;
  }

  async #run({ log, document }: Tenure): Promise<void> {
    const { templateId, storage, keepEntries } = this.#options;
    const { epoch } = document;
    try {
      while (!this.#isStopped) {
        const upTo = log.revision - keepEntries;
        if (upTo <= 0) return;
        const { isDone } = await storage.compactLog(templateId, epoch, { upTo, limit: partEntries, longestPauseMs });
        if (isDone) return;
        await pause(pauseMs, undefined, { ref: false });
      }
    } catch (error) {
      this.#options.log.warn({ templateId, error }, "A log could not be compacted.");
    }
  }
}
