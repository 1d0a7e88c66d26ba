import { lifetimes } from "@waggle/contract";
import type { Log } from "../observability/log.ts";
import type { Storage, TemplateRecord } from "../storage/storage.ts";
import { templateNotFound } from "../storage/template-not-found.ts";
import type { Clock } from "./clock.ts";
import { OneAtATime } from "./one-at-a-time.ts";
import { serverClosing, sessionEnded } from "./refusals.ts";
import { Room } from "./room.ts";

export interface RoomRegistryOptions {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly log: Log;
  /** A room nobody used for this long is put back to its bytes; 60 seconds by default. */
  readonly idleMs?: number;
  /** Entries between two snapshots on disk; 2,000 by default. */
  readonly snapshotEvery?: number;
  /** How many people a template that many share has room for; no limit by default. */
  readonly seats?: number;
  /** How long what was deleted stays in the trash; `lifetimes.trashMs` by default. */
  readonly trashMs?: number;
}

/** Half of the time after which y-websocket takes silence for a broken line. */
const beatMs = 15_000;

/** The rooms that are open on this server. Each holds its template's lease. */
export class RoomRegistry {
  readonly #options: Required<RoomRegistryOptions>;
  readonly #rooms = new Map<string, Room>();
  readonly #encoding = new OneAtATime();
  readonly #opening = new Map<string, Promise<Room>>();
  #stopBeating: (() => void) | undefined;
  #closing: Promise<void> | undefined;

  /** Opens nothing; what `open` starts is stopped by `close`. */
  constructor({
    idleMs = 60_000,
    snapshotEvery = 2_000,
    seats = Number.POSITIVE_INFINITY,
    trashMs = lifetimes.trashMs,
    ...options
  }: RoomRegistryOptions) {
    this.#options = { ...options, idleMs, snapshotEvery, seats, trashMs };
  }

  /** The rooms that are in memory now. */
  get rooms(): readonly Room[] {
    return [...this.#rooms.values()];
  }

  /**
   * The room of a template, loaded. Rejects with TEMPLATE_NOT_FOUND, also when it is not the owner's, SESSION_ENDED when it
   * is sealed or its time is over, or SHUTTING_DOWN.
   */
  async open(templateId: string, owner?: Pick<TemplateRecord, "clientId">): Promise<Room> {
    // Before the room is opened: a stranger's key must not move it to this server.
    if (owner) await this.requireOwn(templateId, owner);
    const room = await this.openForVisit(templateId);
    if (room.sealState.isBegun) throw sessionEnded(templateId);
    return room;
  }

  /** As `open`, but a sealed session may be visited for a while: its person has to get hold of the last state. */
  async openForVisit(templateId: string): Promise<Room> {
    if (this.#closing) throw serverClosing();
    const room = this.#rooms.get(templateId) ?? (await this.#load(templateId));
    if (room.life.hasExpired) throw sessionEnded(templateId);
    await room.ready();
    return room;
  }

  /** What is known of a template. Rejects with TEMPLATE_NOT_FOUND. */
  async requireRecord(templateId: string): Promise<TemplateRecord> {
    const record = this.#rooms.get(templateId)?.record ?? (await this.#options.storage.findTemplate(templateId));
    if (!record) throw templateNotFound(templateId);
    return record;
  }

  /** As `requireRecord`; another client's template counts as none, in the same words. */
  async requireOwn(templateId: string, { clientId }: Pick<TemplateRecord, "clientId">): Promise<TemplateRecord> {
    const record = await this.requireRecord(templateId);
    if (record.clientId !== clientId) throw templateNotFound(templateId);
    return record;
  }

  /** The room when it is in memory. */
  find(templateId: string): Room | undefined {
    return this.#rooms.get(templateId);
  }

  /** Lets a room go, without waiting for its time. */
  async drop(room: Room, code: "SESSION_ENDED" | "SHUTTING_DOWN" = "SHUTTING_DOWN"): Promise<void> {
    if (this.#rooms.get(room.templateId) === room) this.#rooms.delete(room.templateId);
    await room.close(code);
  }

  /** Closes every room: sockets are told to come back, and everything accepted is on disk when it resolves. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  #load(templateId: string): Promise<Room> {
    const opening = this.#opening.get(templateId) ?? this.#openRoom(templateId);
    this.#opening.set(templateId, opening);
    return opening;
  }

  async #openRoom(templateId: string): Promise<Room> {
    try {
      const record = await this.requireRecord(templateId);
      if (record.state === "sealed") throw sessionEnded(templateId);
      const room = new Room(record, {
        ...this.#options,
        encoding: this.#encoding,
        onGone: (gone) => this.#forget(gone),
      });
      if (room.life.hasExpired) throw sessionEnded(templateId);
      await room.ready();
      // Before anybody is let in: who was here is gone for long enough by now, or what they deleted stays.
      room.tidy();
      if (this.#closing) {
        await room.close();
        throw serverClosing();
      }
      this.#rooms.set(templateId, room);
      this.#keepBeating();
      return room;
    } finally {
      this.#opening.delete(templateId);
    }
  }

  #forget(room: Room): void {
    this.drop(room).catch((error: unknown) =>
      this.#options.log.error({ templateId: room.templateId, error }, "A room could not be closed."),
    );
  }

  #keepBeating(): void {
    if (this.#closing) return;
    this.#stopBeating ??= this.#options.clock.after(beatMs, () => {
      this.#stopBeating = undefined;
      for (const room of this.rooms) this.#beat(room);
      if (this.#rooms.size > 0) this.#keepBeating();
    });
  }

  #beat(room: Room): void {
    room.heartbeat();
    if (!room.isIdle(this.#options.idleMs)) return;
    this.#evict(room).catch((error: unknown) =>
      this.#options.log.error({ templateId: room.templateId, error }, "An idle room could not be put away."),
    );
  }

  async #evict(room: Room): Promise<void> {
    await room.rest();
    // Somebody may have come while the snapshot was written.
    if (room.isIdle(this.#options.idleMs)) await this.drop(room);
  }

  async #close(): Promise<void> {
    this.#stopBeating?.();
    await Promise.allSettled(this.#opening.values());
    const results = await Promise.allSettled(this.rooms.map((room) => this.drop(room)));
    for (const result of results) {
      if (result.status === "rejected")
        this.#options.log.error({ error: result.reason }, "A room could not be closed.");
    }
  }
}
