import type { SQLInputValue } from "node:sqlite";
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";
import type { DatabaseThread } from "./database-thread.ts";

/** Kysely's SQLite over the database thread. Kysely itself gives the one connection to one query or transaction at a time. */
export function threadDialect(thread: DatabaseThread): Dialect {
  return {
    createDriver: () => new ThreadDriver(thread),
    createAdapter: () => new SqliteAdapter(),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}

class ThreadDriver implements Driver {
  readonly #connection: DatabaseConnection;

  constructor(thread: DatabaseThread) {
    this.#connection = new ThreadConnection(thread);
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection;
  }

  async releaseConnection(): Promise<void> {}

  async beginTransaction(on: DatabaseConnection): Promise<void> {
    await on.executeQuery(CompiledQuery.raw("BEGIN IMMEDIATE"));
  }

  async commitTransaction(on: DatabaseConnection): Promise<void> {
    await on.executeQuery(CompiledQuery.raw("COMMIT"));
  }

  async rollbackTransaction(on: DatabaseConnection): Promise<void> {
    await on.executeQuery(CompiledQuery.raw("ROLLBACK"));
  }

  // The thread belongs to the storage, which closes it.
  async destroy(): Promise<void> {}
}

class ThreadConnection implements DatabaseConnection {
  readonly #thread: DatabaseThread;

  constructor(thread: DatabaseThread) {
    this.#thread = thread;
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    // Kysely's types promise the parameters and rows of the query it compiled.
    const answer = await this.#thread.run(sql, parameters as SQLInputValue[], { grouped: false });
    return { rows: answer.rows as Row[], numAffectedRows: BigInt(answer.changes) };
  }

  streamQuery(): never {
    throw new Error("Rows are read at once; there is no streaming from the database thread.");
  }
}
