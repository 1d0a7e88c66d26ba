import { extname } from "node:path";
import type { SQLInputValue } from "node:sqlite";
import { Worker } from "node:worker_threads";
import type { StatementAnswer, ThreadMessage, ThreadRequest } from "./protocol.ts";

type Answered = Extract<StatementAnswer, { rows: unknown }>;

/** This side of the thread that holds the SQLite connection. */
export class DatabaseThread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, PromiseWithResolvers<Answered>>();
  #lastTicket = 0;
  #gone: Error | undefined;
  #closing: Promise<void> | undefined;

  /** Resolves when the file is open and sound; rejects with the reason when it is not. */
  static async open(file: string): Promise<DatabaseThread> {
    const script = new URL(`./sqlite.worker${extname(import.meta.filename)}`, import.meta.url);
    const worker = new Worker(script, { workerData: file });
    const opened = Promise.withResolvers<void>();
    worker.on("message", (message: ThreadMessage) => message === "ready" && opened.resolve());
    worker.once("error", opened.reject);
    await opened.promise;
    return new DatabaseThread(worker);
  }

  private constructor(worker: Worker) {
    this.#worker = worker;
    // `node --watch` sends messages of its own through the same port.
    worker.on("message", (message: ThreadMessage) => Array.isArray(message) && this.#settle(message));
    worker.on("error", (error) => this.#fail(error instanceof Error ? error : new Error(String(error))));
    worker.on("exit", () => this.#fail(new Error("The database is closed.")));
  }

  /** Runs one statement, in the order of the calls. `grouped` ones may share a commit with their neighbours. */
  run(sql: string, parameters: SQLInputValue[], { grouped }: { readonly grouped: boolean }): Promise<Answered> {
    const failure = this.#gone ?? (this.#closing && new Error("The database is closing."));
    if (failure) return Promise.reject(failure);
    const ticket = ++this.#lastTicket;
    const waiting = Promise.withResolvers<Answered>();
    this.#waiting.set(ticket, waiting);
    this.#post({ ticket, sql, parameters: parameters.map(withoutSlack), grouped });
    return waiting.promise;
  }

  /** Finishes what was asked, then ends the thread. */
  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  async #end(): Promise<void> {
    if (this.#gone) return;
    const exited = new Promise<void>((resolve) => this.#worker.once("exit", () => resolve()));
    this.#post("close");
    await exited;
  }

  #post(request: ThreadRequest): void {
    this.#worker.postMessage(request);
  }

  #settle(answers: readonly StatementAnswer[]): void {
    for (const answer of answers) {
      const waiting = this.#waiting.get(answer.ticket);
      this.#waiting.delete(answer.ticket);
      if ("failure" in answer) waiting?.reject(answer.failure);
      else waiting?.resolve(answer);
    }
  }

  #fail(error: Error): void {
    this.#gone ??= error;
    for (const waiting of this.#waiting.values()) waiting.reject(error);
    this.#waiting.clear();
  }
}

/** Posting a view copies the whole buffer behind it, which for a part of a pool is far more than the view. */
function withoutSlack(parameter: SQLInputValue): SQLInputValue {
  if (!(parameter instanceof Uint8Array) || parameter.byteLength === parameter.buffer.byteLength) return parameter;
  return parameter.slice();
}
