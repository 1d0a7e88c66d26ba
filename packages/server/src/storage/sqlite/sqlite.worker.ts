// The only thread that touches the file. A sync of the disk blocks it for milliseconds, never the socket loop.
import assert from "node:assert/strict";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import type { StatementAnswer, StatementRequest, ThreadMessage, ThreadRequest } from "./protocol.ts";

const largestGroup = 512;
const walLimitBytes = 64 * 1024 * 1024;

function openDatabase(file: string): DatabaseSync {
  const db = new DatabaseSync(file);
  // Set and asserted on every open: some builds of SQLite reopen a WAL database with weaker durability.
  db.exec(`
    PRAGMA busy_timeout = 5000;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA journal_size_limit = ${walLimitBytes};
  `);
  const read = (pragma: string) => Object.values(db.prepare(`PRAGMA ${pragma}`).get() ?? {})[0];
  assert.equal(read("journal_mode"), "wal", "The database has to keep a write-ahead log.");
  assert.equal(read("synchronous"), 2, "The database has to sync on every commit.");
  assert.equal(read("quick_check"), "ok", "The database file is damaged. Restore it from a backup.");
  return db;
}

class DatabaseThread {
  readonly #db: DatabaseSync;
  readonly #port: MessagePort;
  readonly #statements = new Map<string, StatementSync>();
  #group: StatementRequest[] = [];

  constructor(db: DatabaseSync, port: MessagePort) {
    this.#db = db;
    this.#port = port;
  }

  /** Takes everything that has arrived, so that what came during the last commit shares the next one. */
  receive(first: ThreadRequest): void {
    let request: ThreadRequest | undefined = first;
    while (request !== undefined && request !== "close") {
      this.#take(request);
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
      return group.map(({ ticket }) => ({ ticket, failure: asError(error) }));
    }
  }

  #answer(request: StatementRequest): StatementAnswer {
    try {
      return this.#run(request);
    } catch (error) {
      return { ticket: request.ticket, failure: asError(error) };
    }
  }

  #run({ ticket, sql, parameters }: StatementRequest): StatementAnswer {
    const statement = this.#prepare(sql);
    // Only what returns rows has columns, `RETURNING` included.
    if (statement.columns().length > 0) return { ticket, rows: statement.all(...parameters), changes: 0 };
    return { ticket, rows: [], changes: Number(statement.run(...parameters).changes) };
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#db.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #post(message: ThreadMessage): void {
    this.#port.postMessage(message);
  }

  #close(): void {
    this.#db.close();
    this.#port.close();
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

assert(parentPort, "This file is started as a thread.");
const thread = new DatabaseThread(openDatabase(String(workerData)), parentPort);
parentPort.on("message", (request: ThreadRequest) => thread.receive(request));
parentPort.postMessage("ready" satisfies ThreadMessage);
