import type { Connection } from "./connection.ts";
import type { Tenure } from "./tenure.ts";

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
  check(tenure: Pick<Tenure, "document" | "log">, connection: Connection): boolean {
    const bytes = tenure.document.pendingBytes;
    if (bytes === 0) {
      this.#counts.clear();
      return true;
    }
    const count = (this.#counts.get(connection) ?? 0) + 1;
    this.#counts.set(connection, count);
    if (count <= maxPerConnection && bytes <= maxBytes) return true;
    this.leave(tenure, connection);
    return false;
  }

  /** Whoever is gone won't send what is missing. */
  leave({ document, log: { revision } }: Pick<Tenure, "document" | "log">, connection: Connection): void {
    if (!this.#counts.delete(connection)) return;
    document.forgetPending();
    for (const other of this.#counts.keys()) other.ask(document.stateVector, revision);
    this.#counts.clear();
  }

  clear(): void {
    this.#counts.clear();
  }
}
