import type { Log } from "../observability/log.ts";
import type { Clock } from "../rooms/clock.ts";
import type { Room } from "../rooms/room.ts";
import type { RoomRegistry } from "../rooms/room-registry.ts";
import type { Storage } from "../storage/storage.ts";

export interface ExpirySweeperOptions {
  readonly registry: RoomRegistry;
  readonly storage: Pick<Storage, "deleteExpired">;
  readonly clock: Clock;
  readonly log: Log;
  /** Time between two sweeps; 30 seconds by default. */
  readonly everyMs?: number;
}

/** Ends sessions whose time is over and deletes them. */
export class ExpirySweeper {
  readonly #options: Required<ExpirySweeperOptions>;
  #stop: (() => void) | undefined;
  #sweeping: Promise<void> = Promise.resolve();

  constructor({ everyMs = 30_000, ...options }: ExpirySweeperOptions) {
    this.#options = { ...options, everyMs };
  }

  /** Sweeps now and then from now on. */
  start(): void {
    this.#stop ??= this.#options.clock.after(this.#options.everyMs, () => {
      this.#stop = undefined;
      this.#sweeping = this.#sweepSafely().then(() => this.start());
    });
  }

  /** Resolves when a sweep under way is done. */
  async close(): Promise<void> {
    this.#stop?.();
    this.#stop = () => undefined;
    await this.#sweeping;
  }

  /** Ends what is over: people still connected get the seal first. Resolves to the ids that were deleted. */
  async sweep(): Promise<readonly string[]> {
    const { registry, storage, clock } = this.#options;
    const over = registry.rooms.filter(({ life }) => life.hasExpired);
    await Promise.all(over.map((room) => this.#end(room)));
    return storage.deleteExpired(clock.now());
  }

  async #end(room: Room): Promise<void> {
    try {
      await room.expire();
    } catch (error) {
      this.#options.log.warn({ templateId: room.templateId, error }, "A session ended without everything saved.");
    }
    await this.#options.registry.drop(room, "SESSION_ENDED");
  }

  async #sweepSafely(): Promise<void> {
    try {
      const deleted = await this.sweep();
      if (deleted.length > 0)
        this.#options.log.info({ templateIds: deleted }, "Templates whose time was over were deleted.");
    } catch (error) {
      this.#options.log.error({ error }, "Templates whose time is over could not be deleted.");
    }
  }
}
