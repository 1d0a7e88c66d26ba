import type { Connection } from "./connection.ts";
import type { LiveDocument } from "./live-document.ts";
import { stateVectorMessage } from "./messages.ts";

/** Each update that waits makes the next one dearer; a client that came back has a handful at most. */
const maxPerConnection = 100;
const maxBytes = 64 * 1024;

/**
 * Updates that came before what they build on. After a reconnect that is normal for a moment; whoever piles them up is
 * sent away, and the others are asked again for what they have.
 */
export class PendingUpdates {
  readonly #counts = new Map<Connection, number>();

  /** To be called after each update of a connection. False when the connection has to go. */
  check(document: LiveDocument, connection: Connection): boolean {
    const bytes = document.pendingBytes;
    if (bytes === 0) {
      this.#counts.clear();
      return true;
    }
    const count = (this.#counts.get(connection) ?? 0) + 1;
    this.#counts.set(connection, count);
    if (count <= maxPerConnection && bytes <= maxBytes) return true;
    this.leave(document, connection);
    return false;
  }

  /** Whoever is gone won't send what is missing. */
  leave(document: LiveDocument, connection: Connection): void {
    if (!this.#counts.delete(connection)) return;
    document.forgetPending();
    const question = stateVectorMessage(document.stateVector);
    for (const other of this.#counts.keys()) other.send(question);
    this.#counts.clear();
  }

  clear(): void {
    this.#counts.clear();
  }
}
