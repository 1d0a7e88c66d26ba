import { lifetimes } from "@waggle/contract";
import type { Log } from "../observability/log.ts";
import type { Clock } from "../rooms/clock.ts";
import type { Storage, TemplateRecord } from "../storage/storage.ts";

/** How long a session lasts: while somebody is there, renewed by what they do, and after the last one left. */
export const sessionLifetimes = {
  editor: { activeMs: lifetimes.editorActiveMs, lastLeftMs: lifetimes.editorLastLeftMs },
  api: { activeMs: lifetimes.apiActiveMs, lastLeftMs: lifetimes.apiLastLeftMs },
} as const satisfies Record<TemplateRecord["kind"], unknown>;

/** Renewing more often would write to disk for every keystroke. */
const renewEveryMs = 60_000;

export interface SessionLifeOptions {
  readonly storage: Pick<Storage, "changeTemplate">;
  readonly clock: Clock;
  readonly log: Log;
}

/** The end of one session, as the database knows it. */
export class SessionLife {
  readonly #templateId: string;
  readonly #times: (typeof sessionLifetimes)[TemplateRecord["kind"]];
  readonly #options: SessionLifeOptions;
  #expiresAt: number;
  #isOver = false;

  constructor(record: Pick<TemplateRecord, "id" | "kind" | "expiresAt">, options: SessionLifeOptions) {
    this.#templateId = record.id;
    this.#times = sessionLifetimes[record.kind];
    this.#expiresAt = record.expiresAt;
    this.#options = options;
  }

  get hasExpired(): boolean {
    return this.#expiresAt <= this.#options.clock.now();
  }

  /** Unix time in milliseconds. */
  get expiresAt(): number {
    return this.#expiresAt;
  }

  /** Somebody is there. */
  keepAlive(): void {
    if (this.#isOver || this.hasExpired) return;
    const expiresAt = this.#options.clock.now() + this.#times.activeMs;
    if (expiresAt - this.#expiresAt >= renewEveryMs) this.#change(expiresAt);
  }

  /** Nobody is there any more. */
  lastLeft(): void {
    if (this.#isOver || this.hasExpired) return;
    this.#change(this.#options.clock.now() + this.#times.lastLeftMs);
  }

  /** The session was ended: its result is kept as long as one that everybody left, whoever is still connected. */
  end(): void {
    this.lastLeft();
    this.#isOver = true;
  }

  #change(expiresAt: number): void {
    const { storage, log } = this.#options;
    const previous = this.#expiresAt;
    this.#expiresAt = expiresAt;
    storage.changeTemplate(this.#templateId, { expiresAt }).catch((error: unknown) => {
      // What the disk says counts: the next sign of life tries again.
      if (this.#expiresAt === expiresAt) this.#expiresAt = previous;
      log.warn({ templateId: this.#templateId, error }, "The end of a session could not be stored.");
    });
  }
}
