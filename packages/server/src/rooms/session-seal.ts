import type { EndReason, SealedFrame } from "@waggle/contract";

/** What the seal asks of its room. */
export interface SealedRoom {
  /** Resolves once everything accepted so far is on disk; rejects with NOT_SAVED. */
  settle(): Promise<void>;
  /** The last state, base64, and its revision. */
  state(): Pick<SealedFrame, "revision" | "stateVector">;
  /** Puts the end of the session on disk. */
  store(): Promise<void>;
}

/** The end of an editor-managed session: refusals first, then the disk, then the word. */
export class SessionSeal {
  readonly #room: SealedRoom;
  #isBegun = false;
  #isFinal = false;
  #sealing: Promise<SealedFrame> | undefined;
  #frame: SealedFrame | undefined;

  constructor(room: SealedRoom) {
    this.#room = room;
  }

  /** Whether agents are refused. */
  get isBegun(): boolean {
    return this.#isBegun;
  }

  /** Whether the last revision is known: people's edits are left out then, too. */
  get isFinal(): boolean {
    return this.#isFinal;
  }

  /** What people are told, once all of it is on disk. */
  get frame(): SealedFrame | undefined {
    return this.#frame;
  }

  /** Ends the session. A second call waits for the first. Rejects with NOT_SAVED; the session goes on then. */
  close(reason: EndReason): Promise<SealedFrame> {
    this.#sealing ??= this.#close(reason).catch((error: unknown) => {
      [this.#isBegun, this.#isFinal, this.#sealing] = [false, false, undefined];
      throw error;
    });
    return this.#sealing;
  }

  async #close(reason: EndReason): Promise<SealedFrame> {
    this.#isBegun = true;
    await this.#room.settle();
    // From here on nothing is accepted any more, so what is waited for below is the last of it.
    this.#isFinal = true;
    const frame: SealedFrame = { frame: "sealed", reason, ...this.#room.state() };
    await this.#room.settle();
    await this.#room.store();
    this.#frame = frame;
    return frame;
  }
}
