/** Before anything. */
const nothing = -1;

/**
 * Which revision a connection is known to hold. A client answers the questions of the sync protocol in their order, after
 * what was sent before them and with all it has: once it has answered, it has seen the revision it was asked at, and
 * nothing it did before seeing that is still on its way.
 */
export class Receipts {
  readonly #asked: number[] = [];
  #held = nothing;
  #hasDocument = false;

  /** -1 while nothing is known. */
  get held(): number {
    return this.#held;
  }

  /** Whether the client was given the document; before, there is nothing of it that it could edit. */
  get hasDocument(): boolean {
    return this.#hasDocument;
  }

  /** Whether it has not answered yet what would tell that it holds this revision. */
  isAskedAbout(revision: number): boolean {
    return this.#asked.some((asked) => asked >= revision);
  }

  givenDocument(): void {
    this.#hasDocument = true;
  }

  /** A question was sent, after everything up to `revision`. */
  asked(revision: number): void {
    // Who has not got the document yet answers with what it has, and may still edit an older one.
    this.#asked.push(this.#hasDocument ? revision : nothing);
  }

  /** An answer came. */
  answered(): void {
    this.#held = Math.max(this.#held, this.#asked.shift() ?? nothing);
  }
}
