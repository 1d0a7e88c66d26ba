/**
 * How many of the person's own edits the server still owes. It answers each edit with its entry, in order, and says
 * `saved` once an entry is on disk.
 */
export class UnsavedEdits {
  #waiting = 0;
  #ownRevision = 0;
  #savedRevision = 0;

  /** Whether everything this person did is on the server's disk. */
  get areNone(): boolean {
    return this.#waiting === 0 && this.#ownRevision <= this.#savedRevision;
  }

  /** Edits whose entry has not come. */
  get waiting(): number {
    return this.#waiting;
  }

  edited(): void {
    this.#waiting += 1;
  }

  /** An own edit came back as entry `revision`. */
  entered(revision: number): void {
    this.#waiting = Math.max(0, this.#waiting - 1);
    this.#ownRevision = revision;
  }

  saved(revision: number): void {
    this.#savedRevision = Math.max(this.#savedRevision, revision);
  }

  /** After a reconnect, whatever has no entry went up as one update, so one entry will answer all of it. */
  resent(): void {
    this.#waiting = Math.min(this.#waiting, 1);
  }

  /** The server has seen every edit made so far: what still waits changed nothing there, so no entry will come. */
  settled(revision: number): void {
    this.#waiting = 0;
    this.#ownRevision = Math.max(this.#ownRevision, revision);
  }
}
