import type { ErrorCode, ServerFrame } from "@waggle/contract";
import type { Hold } from "../policy/holds.ts";
import { AwarenessTable } from "./awareness-table.ts";
import type { Connection } from "./connection.ts";
import { awarenessMessage, frameMessage, updateMessage } from "./messages.ts";
import type { OutboundMessage } from "./websocket-frame.ts";

const nobodyAware = awarenessMessage(Uint8Array.of(0));

/** Everyone connected to a room, and what is passed on to them. */
export class Audience {
  readonly #connections = new Set<Connection>();
  readonly #awareness = new AwarenessTable();

  get connections(): ReadonlySet<Connection> {
    return this.#connections;
  }

  /** What people have selected or edit: locked by them. */
  get holds(): readonly Hold[] {
    const { selections } = this.#awareness;
    return [...this.#connections].flatMap(({ visitor: { actor, userId } }) => {
      const elementId = selections.get(actor.id);
      return elementId === undefined ? [] : [{ elementId, name: actor.name, handle: userId }];
    });
  }

  get isEmpty(): boolean {
    return this.#connections.size === 0;
  }

  add(connection: Connection): void {
    this.#connections.add(connection);
  }

  /** Takes a connection out; its cursor goes with it. */
  remove(connection: Connection): void {
    if (!this.#connections.delete(connection)) return;
    if (!this.has(connection.visitor.actor.id)) this.#tellAwareness(this.#awareness.leave(connection.visitor.actor.id));
  }

  /** Whether this participant has a connection. */
  has(actorId: string): boolean {
    return this.connectionOf(actorId) !== undefined;
  }

  connectionOf(actorId: string): Connection | undefined {
    for (const connection of this.#connections) if (connection.visitor.actor.id === actorId) return connection;
    return undefined;
  }

  /** A frame for everyone who understands it. */
  tell(frame: ServerFrame): void {
    let message: OutboundMessage | undefined;
    for (const connection of [...this.#connections]) {
      if (!connection.isLive || !connection.visitor.speaksWaggle) continue;
      message ??= frameMessage(frame);
      connection.send(message);
    }
  }

  /**
   * A change of the document: its entry, and right after it the update it explains. The author has made the update and
   * only gets the entry.
   */
  tellChange(entry: ServerFrame, update: Uint8Array, author?: Connection): void {
    const messages = new ChangeMessages(entry, update);
    for (const connection of [...this.#connections]) {
      if (!connection.isLive) continue;
      const { speaksWaggle } = connection.visitor;
      if (connection !== author) connection.send(speaksWaggle ? messages.both : messages.update);
      else if (speaksWaggle) connection.send(messages.entry);
    }
  }

  /** Takes over what a participant says about its cursor. Throws INVALID_FRAME. */
  receiveAwareness(connection: Connection, states: Uint8Array, now: number): void {
    this.#tellAwareness(this.#awareness.receive(states, connection.visitor.actor.id, now));
  }

  /** Sends everyone's cursors to one who asked or just came. */
  sendAwareness(connection: Connection): void {
    const states = this.#awareness.all();
    connection.send(states ? awarenessMessage(states) : nobodyAware);
  }

  /** Takes stale cursors away, cuts dead sockets, and keeps y-websocket from taking silence for a broken line. */
  heartbeat(now: number): void {
    this.#tellAwareness(this.#awareness.sweep(now));
    for (const connection of [...this.#connections]) {
      connection.send(nobodyAware);
      connection.checkAlive();
    }
  }

  closeAll(code: ErrorCode): void {
    for (const connection of [...this.#connections]) connection.close(code);
  }

  holdAll(): void {
    for (const connection of this.#connections) connection.hold();
  }

  releaseAll(): void {
    for (const connection of [...this.#connections]) connection.release();
  }

  #tellAwareness(states: Uint8Array | undefined): void {
    if (!states) return;
    const message = awarenessMessage(states);
    for (const connection of [...this.#connections]) connection.send(message);
  }
}

/** The messages of one change, each built for the first who gets it. */
class ChangeMessages {
  readonly #entry: ServerFrame;
  readonly #update: Uint8Array;
  #entryMessage: OutboundMessage | undefined;
  #updateMessage: OutboundMessage | undefined;
  #both: OutboundMessage | undefined;

  constructor(entry: ServerFrame, update: Uint8Array) {
    this.#entry = entry;
    this.#update = update;
  }

  get entry(): OutboundMessage {
    this.#entryMessage ??= frameMessage(this.#entry);
    return this.#entryMessage;
  }

  get update(): OutboundMessage {
    this.#updateMessage ??= updateMessage(this.#update);
    return this.#updateMessage;
  }

  /** The entry, and right after it the update. */
  get both(): OutboundMessage {
    this.#both ??= Buffer.concat([this.entry, this.update]);
    return this.#both;
  }
}
