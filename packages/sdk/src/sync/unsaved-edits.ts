/** Own edits that came back as one entry. */
interface EnteredEdits {
  readonly revision: number;
  readonly edits: number;
}

/**
 * Which of the person's own edits the server still owes. Each Yjs update made here comes back as one entry, in order, and
 * `saved` says up to which revision entries are on disk.
 */
export class UnsavedEdits {
  /** For each update that was sent, or is to be sent, and has no entry: how many edits it holds. Oldest first. */
  #waiting: number[] = [];
  /** The same for updates from before a reconnect of which it is not known whether the server got them. */
  #inDoubt: number[] = [];
  /** What has entries that are not known to be on disk. */
  #entered: readonly EnteredEdits[] = [];
  #savedRevision = 0;

  /** Whether everything this person did is on the server's disk. */
  get areNone(): boolean {
    return this.count === 0;
  }

  /** How many edits are not on the server's disk. */
  get count(): number {
    return sum(this.#waiting) + sum(this.#inDoubt) + sum(this.#entered.map(({ edits }) => edits));
  }

  /** Whether something has no entry yet. */
  get areOpen(): boolean {
    return this.#waiting.length + this.#inDoubt.length > 0;
  }

  edited(): void {
    this.#waiting.push(1);
  }

  /** An own edit came back as entry `revision`; `isReplayed` when the server got it before the connection broke. */
  entered(revision: number, { isReplayed }: { readonly isReplayed: boolean }): void {
    const edits = (isReplayed ? this.#inDoubt : this.#waiting).shift();
    if (edits !== undefined) this.#enter({ revision, edits });
  }

  saved(revision: number): void {
    this.#savedRevision = Math.max(this.#savedRevision, revision);
    this.#entered = this.#entered.filter((each) => each.revision > this.#savedRevision);
  }

  /** Connected again: the server said what it has, and what it lacks goes up as one update. */
  asked(): void {
    this.#inDoubt.push(...this.#waiting);
    this.#waiting = [];
  }

  /** The entries that were missed have been told: whatever is still in doubt went up, and one entry will answer all of it. */
  resynced(): void {
    if (this.#inDoubt.length > 0) this.#waiting.unshift(sum(this.#inDoubt));
    this.#inDoubt = [];
  }

  /** The server restarted and lost what was not on its disk. It gets that back, as after a broken connection. */
  rolledBack(revision: number): void {
    const lost = this.#entered.filter((each) => each.revision > revision);
    this.#entered = this.#entered.filter((each) => each.revision <= revision);
    if (lost.length > 0) this.#inDoubt.push(sum(lost.map(({ edits }) => edits)));
  }

  /** The server has seen every edit made so far: what still waits changed nothing there, so no entry will come. */
  settled(revision: number): void {
    const edits = sum(this.#waiting);
    this.#waiting = [];
    if (edits > 0) this.#enter({ revision, edits });
  }

  #enter(edits: EnteredEdits): void {
    if (edits.revision > this.#savedRevision) this.#entered = [...this.#entered, edits];
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
