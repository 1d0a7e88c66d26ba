// The only thread that touches the file. A sync of the disk blocks it for milliseconds, never the socket loop.
import assert from "node:assert/strict";
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import { isDiskFailure, type OpenDatabase, openDatabase, openRefusal } from "./open-database.ts";
import type { FailedStatement, StatementAnswer, StatementRequest, ThreadMessage, ThreadRequest } from "./protocol.ts";

const largestGroup = 512;

interface Prepared {
  readonly statement: StatementSync;
  readonly hasRows: boolean;
}

class DatabaseThread {
  readonly #db: DatabaseSync;
  readonly #lock: DatabaseSync;
  readonly #port: MessagePort;
  readonly #statements = new Map<string, Prepared>();
  #group: StatementRequest[] = [];

  constructor({ db, lock }: OpenDatabase, port: MessagePort) {
    this.#db = db;
    this.#lock = lock;
    this.#port = port;
  }

  /** Takes everything that has arrived, so that what came during the last commit shares the next one. */
  receive(first: ThreadRequest): void {
    let request: ThreadRequest | undefined = first;
    while (request !== undefined && request !== "close") {
      for (const statement of request) this.#take(statement);
      request = receiveMessageOnPort(this.#port)?.message;
    }
    this.#commitGroup();
    if (request === "close") this.#close();
  }

  #take(request: StatementRequest): void {
    if (request.grouped) {
      this.#group.push(request);
      if (this.#group.length >= largestGroup) this.#commitGroup();
      return;
    }
    this.#commitGroup();
    this.#post([this.#answer(request)]);
  }

  #commitGroup(): void {
    // A transaction of several queries is open: what it does must not be mixed with the group.
    if (this.#group.length === 0 || this.#db.isTransaction) return;
    const group = this.#group;
    this.#group = [];
    this.#post(group.length === 1 ? group.map((only) => this.#answer(only)) : this.#answerTogether(group));
  }

  #answerTogether(group: StatementRequest[]): StatementAnswer[] {
    try {
      this.#db.exec("BEGIN IMMEDIATE");
      const answers = group.map((request) => this.#run(request));
      this.#db.exec("COMMIT");
      return answers;
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec("ROLLBACK");
      return group.map(({ ticket }) => failed(ticket, error));
    }
  }

  #answer(request: StatementRequest): StatementAnswer {
    try {
      return this.#run(request);
    } catch (error) {
      return failed(request.ticket, error);
    }
  }

  #run({ ticket, sql, parameters }: StatementRequest): StatementAnswer {
    const { statement, hasRows } = this.#prepare(sql);
    if (hasRows) return { ticket, rows: statement.all(...parameters), changes: 0 };
    return { ticket, rows: [], changes: Number(statement.run(...parameters).changes) };
  }

  #prepare(sql: string): Prepared {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#db.prepare(sql);
    // Only what returns rows has columns, `RETURNING` included.
    const prepared = { statement, hasRows: statement.columns().length > 0 };
    this.#statements.set(sql, prepared);
    return prepared;
  }

  #post(message: ThreadMessage): void {
    this.#port.postMessage(message);
  }

  #close(): void {
    this.#db.close();
    this.#lock.close();
    this.#port.close();
  }
}

// Crossing to the other thread, an error loses everything but its words.
function failed(ticket: number, error: unknown): FailedStatement {
  return { ticket, failure: asError(error), isDisk: isDiskFailure(error) };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function serve(port: MessagePort): void {
  let message: ThreadMessage;
  try {
    const opened = openDatabase(String(workerData));
    const thread = new DatabaseThread(opened, port);
    port.on("message", (request: ThreadRequest) => thread.receive(request));
    message = { isChecked: opened.isChecked };
  } catch (error) {
    message = { refusal: openRefusal(error), failure: asError(error) };
  }
  port.postMessage(message);
}

assert(parentPort, "This file is started as a thread.");
serve(parentPort);
