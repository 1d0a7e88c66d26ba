/**
 * Which of the person's own edits the server still owes. Each Yjs update made here comes back as one entry, in order, and
 * `saved` says up to which revision entries are on disk.
 */
export class UnsavedEdits {
  /** Updates sent, or to be sent, that have no entry. */
  #waiting = 0;
  /** Updates from before a reconnect of which it is not known whether the server got them. */
  #inDoubt = 0;
  #ownRevision = 0;
  #savedRevision = 0;

  /** Whether everything this person did is on the server's disk. */
  get areNone(): boolean {
    return !this.areOpen && this.#ownRevision <= this.#savedRevision;
  }

  /** Whether something has no entry yet. */
  get areOpen(): boolean {
    return this.#waiting + this.#inDoubt > 0;
  }

  edited(): void {
    this.#waiting += 1;
  }

  /** An own edit came back as entry `revision`; `isReplayed` when the server got it before the connection broke. */
  entered(revision: number, { isReplayed }: { readonly isReplayed: boolean }): void {
    if (isReplayed) this.#inDoubt = Math.max(0, this.#inDoubt - 1);
    else this.#waiting = Math.max(0, this.#waiting - 1);
    this.#ownRevision = revision;
  }

  saved(revision: number): void {
    this.#savedRevision = Math.max(this.#savedRevision, revision);
  }

  /** Connected again: the server said what it has, and what it lacks goes up as one update. */
  asked(): void {
    this.#inDoubt += this.#waiting;
    this.#waiting = 0;
  }

  /** The entries that were missed have been told: whatever is still in doubt went up, and one entry will answer all of it. */
  resynced(): void {
    this.#waiting += Math.min(this.#inDoubt, 1);
    this.#inDoubt = 0;
  }

  /** The server restarted and lost what was not on its disk. It gets that back, as after a broken connection. */
  rolledBack(revision: number): void {
    if (this.#ownRevision <= revision) return;
    this.#ownRevision = revision;
    this.#inDoubt += 1;
  }

  /** The server has seen every edit made so far: what still waits changed nothing there, so no entry will come. */
  settled(revision: number): void {
    this.#waiting = 0;
    this.#ownRevision = Math.max(this.#ownRevision, revision);
  }
}
