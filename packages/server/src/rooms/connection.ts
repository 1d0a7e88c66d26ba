import type { Duplex } from "node:stream";
import { type ErrorCode, errorTable, type Participant, sizes, WaggleError } from "@waggle/contract";
import type { RawData, WebSocket } from "ws";
import type { Clock } from "./clock.ts";
import { closeReason } from "./close-reason.ts";
import { decodeMessage, type InboundMessage, stateVectorMessage } from "./messages.ts";
import { Receipts } from "./receipts.ts";
import { TokenBucket } from "./token-bucket.ts";
import type { OutboundMessage } from "./websocket-frame.ts";

/** The room's side of a connection. */
export interface ConnectionListener {
  received(connection: Connection, message: InboundMessage): void;
  /** Told once, whoever closed it. */
  closed(connection: Connection): void;
}

/** The person on the other end. */
export interface Visitor {
  readonly actor: Participant["actor"];
  /** As the host gave it; without one the room gives the next free colour. */
  readonly color?: string;
  /** Who they are to the host: the `uid` of their token. The same in every tab and after a reload. */
  readonly userId: string;
  /** Whether the client understands Waggle's own frames. */
  readonly speaksWaggle: boolean;
}

/** One socket, as the library that speaks its protocol sees it and as the stream of bytes below. */
export interface Line {
  readonly socket: WebSocket;
  /** Takes whole messages only, and only while the socket is open. */
  readonly stream: Duplex;
}

/** A typing person sends a handful of messages a second; a reconnect sends everything at once. */
const messageRate = { perSecond: 200, burst: 400 } as const;
const byteRate = { perSecond: 1024 * 1024, burst: 4 * 1024 * 1024 } as const;
/** A ping waits behind the answer with the document; on a slow line that one takes its time. */
const answerWaitMs = 60_000;
/** Service restart: clients of every kind try again. */
const comeBackCode = 1012;
/** A socket that takes longer than this to close is cut. */
const closeWaitMs = 2_000;

/** One person's socket: what comes in is limited and decoded, what goes out is bounded. */
export class Connection {
  readonly visitor: Visitor;
  readonly receipts = new Receipts();
  /** Whether the room's changes are passed on: frame-speaking clients have to say hello first. */
  isLive: boolean;
  readonly #socket: WebSocket;
  readonly #stream: Duplex;
  readonly #clock: Clock;
  readonly #messages: TokenBucket;
  readonly #bytes: TokenBucket;
  readonly #held: InboundMessage[] = [];
  #listener: ConnectionListener | undefined;
  #isHeld = true;
  #isClosed = false;
  #hasAnsweredPing = true;
  /** The answers that are still leaving: how many, since when, and how large the largest is. */
  readonly #answers = { count: 0, since: 0, largest: 0 };

  /** Reads nothing before `start`. */
  constructor({ socket, stream }: Line, visitor: Visitor, clock: Clock) {
    this.visitor = visitor;
    this.isLive = !visitor.speaksWaggle;
    this.#socket = socket;
    this.#stream = stream;
    this.#clock = clock;
    this.#messages = new TokenBucket(messageRate, clock.now());
    this.#bytes = new TokenBucket(byteRate, clock.now());
    // Bad frames end in `close` as well; without a listener they would end the process.
    socket.on("error", () => undefined);
    socket.on("message", (message, isBinary) => this.#receive(message, isBinary));
    // Each has to be answered, so that a flood of them costs as much as one of messages.
    socket.on("ping", (payload) => {
      if (this.isClosed) return;
      if (this.#messages.take(1, clock.now())) socket.pong(payload);
      else this.close("RATE_LIMITED");
    });
    socket.on("pong", () => {
      this.#hasAnsweredPing = true;
    });
    socket.on("close", () => this.#closed());
  }

  get isClosed(): boolean {
    return this.#isClosed || this.#socket.readyState !== this.#socket.OPEN;
  }

  /** Begins to read. */
  start(listener: ConnectionListener): void {
    this.#listener = listener;
    this.release();
  }

  /** Reads nothing until `release`; what has arrived waits. */
  hold(): void {
    this.#isHeld = true;
    this.#socket.pause();
  }

  release(): void {
    this.#isHeld = false;
    while (!this.#isHeld) {
      const message = this.#held.shift();
      if (!message) break;
      this.#listener?.received(this, message);
    }
    if (!this.#isHeld) this.#socket.resume();
  }

  /** Sends one message, or several that follow each other, unless the client reads so slowly that it has to start over. */
  send(message: OutboundMessage, sent?: () => void): void {
    if (this.isClosed) return;
    // Without compression the library keeps nothing back: what waits, waits in the stream. Of the answers one is not
    // counted, so that whoever asks again and again while reading nothing gets no further.
    if (this.#stream.writableLength > sizes.socketBuffer + this.#answers.largest) this.close("TOO_SLOW");
    else this.#stream.write(message, sent);
  }

  /** Sends what of the document was asked for: nobody is too slow for waiting for much of it. */
  sendAnswer(message: OutboundMessage): void {
    const answers = this.#answers;
    this.send(message, () => {
      answers.count -= 1;
      if (answers.count === 0) answers.largest = 0;
    });
    if (answers.count === 0) answers.since = this.#clock.now();
    answers.count += 1;
    answers.largest = Math.max(answers.largest, message.length);
  }

  /** Asks for what the document at this revision lacks. */
  ask(stateVector: Uint8Array, revision: number): void {
    this.receipts.asked(revision);
    this.send(stateVectorMessage(stateVector));
  }

  /** What is sent before the event loop goes on leaves together. */
  gather(): void {
    this.#stream.cork();
    process.nextTick(() => this.#stream.uncork());
  }

  /** Closes with the code's close code; `message` says what to do next, where it is better known than by the code. */
  close(code: ErrorCode, message?: string): void {
    this.#close({ code, ...(message === undefined ? {} : { message }) });
  }

  /** Closes because the token is over, in the way that makes the client come back with another. */
  expire(): void {
    // Ours fetches a new one when it hears why. Plain ones take 44xx for final; their host may have set a new one.
    this.#close({ code: "AUTH_EXPIRED", ...(this.visitor.speaksWaggle ? {} : { closeCode: comeBackCode }) });
  }

  /** Cuts a socket that did not answer the ping before; pings again. */
  checkAlive(): void {
    const isAlive = this.#hasAnsweredPing;
    this.#hasAnsweredPing = false;
    if (!isAlive && !this.#isWaitingForAnswer) this.#socket.terminate();
    else if (!this.isClosed) this.#socket.ping();
  }

  get #isWaitingForAnswer(): boolean {
    const { count, since } = this.#answers;
    return count > 0 && this.#clock.now() - since < answerWaitMs;
  }

  #receive(raw: RawData, isBinary: boolean): void {
    if (this.#isClosed) return;
    const bytes = toBytes(raw);
    const now = this.#clock.now();
    const isInTime = this.#messages.take(1, now) && this.#bytes.take(bytes.length, now);
    const message = isInTime && isBinary ? tryDecode(bytes) : undefined;
    if (!message) this.close(isInTime ? "INVALID_FRAME" : "RATE_LIMITED");
    else if (this.#isHeld) this.#held.push(message);
    else this.#listener?.received(this, message);
  }

  #close(closing: Closing): void {
    if (this.#isClosed) return;
    closeSocket(this.#socket, closing, this.#clock);
    this.#closed();
  }

  #closed(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#held.length = 0;
    this.#listener?.closed(this);
  }
}

export interface Closing {
  /** The reason begins with its name. */
  readonly code: ErrorCode;
  readonly message?: string;
  /** That of the code by default. */
  readonly closeCode?: number;
}

/** Closes a socket with the error's close code, and cuts it when the other side does not answer. */
export function closeSocket(socket: WebSocket, { code, message, closeCode }: Closing, clock: Clock): void {
  // A paused socket would never see the answer.
  socket.resume();
  socket.close(closeCode ?? errorTable[code].close, closeReason(code, message));
  const stopWaiting = clock.after(closeWaitMs, () => socket.terminate());
  socket.once("close", stopWaiting);
}

function tryDecode(bytes: Uint8Array): InboundMessage | undefined {
  try {
    return decodeMessage(bytes);
  } catch (failure) {
    if (failure instanceof WaggleError) return undefined;
    throw failure;
  }
}

function toBytes(raw: RawData): Uint8Array {
  if (Array.isArray(raw)) return Buffer.concat(raw);
  return raw instanceof ArrayBuffer ? new Uint8Array(raw) : raw;
}
