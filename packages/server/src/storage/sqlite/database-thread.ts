import { dirname, extname } from "node:path";
import type { SQLInputValue } from "node:sqlite";
import { Worker } from "node:worker_threads";
import { WaggleError } from "@waggle/contract";
import type {
  FailedStatement,
  NotOpened,
  Opened,
  OpenRefusal,
  StatementAnswer,
  StatementRequest,
  ThreadMessage,
  ThreadRequest,
} from "./protocol.ts";

type Answered = Extract<StatementAnswer, { rows: unknown }>;

/** Told when the disk begins to refuse writes, and when it takes them again. */
export type DiskListener = (state: "refusing" | "well") => void;

export interface ThreadOptions {
  readonly onDisk: DiskListener;
  /** How long statements that can wait are held back. */
  readonly companyMs: number;
}

export interface RunOptions {
  /** May share a commit with its neighbours. */
  readonly grouped: boolean;
  /** May be held back for a moment; the next statement that can't wait, or the end of the moment, takes it along. */
  readonly canWait?: boolean;
}

const openRefusals: Readonly<Record<OpenRefusal, (file: string) => string>> = {
  "in-use": (file) =>
    `${dirname(file)} is used by another Waggle that is running. Stop that one, or set WAGGLE_DATA to another folder.`,
  "not-a-database": (file) =>
    `${file} is not a database. Move it away, restore a backup, or set WAGGLE_DATA to another folder.`,
  damaged: (file) => `${file} is damaged. Restore it from a backup.`,
  disk: (file) =>
    `${file} can't be opened for writing. Check that its folder is there, is writable for this user and has space left, or set WAGGLE_DATA to another folder.`,
  unknown: (file) => `${file} can't be opened.`,
};

/** This side of the thread that holds the SQLite connection. */
export class DatabaseThread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, PromiseWithResolvers<Answered>>();
  #lastTicket = 0;
  #gone: Error | undefined;
  #closing: Promise<void> | undefined;
  #isDiskRefusing = false;
  readonly #options: ThreadOptions;
  #heldBack: StatementRequest[] = [];
  #companyTimer: NodeJS.Timeout | undefined;
  /** False for a file too large to look through before opening it. */
  readonly isChecked: boolean;

  /** Resolves when the file is open; rejects with INVALID_INPUT and what to do when it is damaged, in use or not to be had. */
  static async open(file: string, options: ThreadOptions): Promise<DatabaseThread> {
    const script = new URL(`./sqlite.worker${extname(import.meta.filename)}`, import.meta.url);
    const worker = new Worker(script, { workerData: file });
    const opening = Promise.withResolvers<Opened | NotOpened>();
    worker.on("message", (message: ThreadMessage) => {
      if ("refusal" in message || "isChecked" in message) opening.resolve(message);
    });
    worker.once("error", opening.reject);
    const opened = await opening.promise;
    if (!("refusal" in opened)) return new DatabaseThread(worker, opened, options);
    await worker.terminate();
    throw notOpened(file, opened);
  }

  private constructor(worker: Worker, { isChecked }: Opened, options: ThreadOptions) {
    this.#worker = worker;
    this.isChecked = isChecked;
    this.#options = options;
    // `node --watch` sends messages of its own through the same port.
    worker.on("message", (message: ThreadMessage) => Array.isArray(message) && this.#settle(message));
    worker.on("error", (error) => this.#fail(error instanceof Error ? error : new Error(String(error))));
    worker.on("exit", () => this.#fail(new Error("The database is closed.")));
  }

  /** Runs one statement, in the order of the calls. */
  run(sql: string, parameters: SQLInputValue[], { grouped, canWait = false }: RunOptions): Promise<Answered> {
    const failure = this.#gone ?? (this.#closing && new Error("The database is closing."));
    if (failure) return Promise.reject(failure);
    const ticket = ++this.#lastTicket;
    const waiting = Promise.withResolvers<Answered>();
    this.#waiting.set(ticket, waiting);
    this.#heldBack.push({ ticket, sql, parameters: parameters.map(withoutSlack), grouped });
    if (canWait) this.#companyTimer ??= setTimeout(() => this.#letGo(), this.#options.companyMs);
    else this.#letGo();
    return waiting.promise;
  }

  /** Whether the last write failed because of the disk. */
  get isDiskRefusing(): boolean {
    return this.#isDiskRefusing;
  }

  /** Finishes what was asked, then ends the thread. */
  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  async #end(): Promise<void> {
    if (this.#gone) return;
    const exited = new Promise<void>((resolve) => this.#worker.once("exit", () => resolve()));
    this.#letGo();
    this.#post("close");
    await exited;
  }

  /** Hands over what was held back. */
  #letGo(): void {
    clearTimeout(this.#companyTimer);
    this.#companyTimer = undefined;
    if (this.#heldBack.length > 0) this.#post(this.#heldBack);
    this.#heldBack = [];
  }

  #post(request: ThreadRequest): void {
    this.#worker.postMessage(request);
  }

  #settle(answers: readonly StatementAnswer[]): void {
    for (const answer of answers) {
      const waiting = this.#waiting.get(answer.ticket);
      this.#waiting.delete(answer.ticket);
      this.#noteDisk(answer);
      if ("failure" in answer) waiting?.reject(failureOf(answer));
      else waiting?.resolve(answer);
    }
  }

  #noteDisk(answer: StatementAnswer): void {
    const isRefused = "failure" in answer && answer.isDisk;
    const isWritten = "changes" in answer && answer.changes > 0;
    if (this.#isDiskRefusing ? !isWritten : !isRefused) return;
    this.#isDiskRefusing = isRefused;
    this.#options.onDisk(isRefused ? "refusing" : "well");
  }

  #fail(error: Error): void {
    this.#gone ??= error;
    for (const waiting of this.#waiting.values()) waiting.reject(error);
    this.#waiting.clear();
  }
}

function failureOf({ failure, isDisk }: FailedStatement): Error {
  if (!isDisk) return failure;
  return new WaggleError("NOT_SAVED", {
    message: "The server's disk takes no writes, so nothing was changed. Tell its operator, then try again.",
    cause: failure,
  });
}

function notOpened(file: string, { refusal, failure }: NotOpened): Error {
  if (refusal === "unknown") return failure;
  return new WaggleError("INVALID_INPUT", { message: openRefusals[refusal](file), data: { refusal }, cause: failure });
}

/** Posting a view copies the whole buffer behind it, which for a part of a pool is far more than the view. */
function withoutSlack(parameter: SQLInputValue): SQLInputValue {
  if (!(parameter instanceof Uint8Array) || parameter.byteLength === parameter.buffer.byteLength) return parameter;
  return parameter.slice();
}
