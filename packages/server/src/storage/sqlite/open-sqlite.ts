import { CamelCasePlugin, Kysely } from "kysely";
import { migrate } from "../migrations.ts";
import { type DamageListener, SqlStorage } from "../sql-storage.ts";
import type { Storage } from "../storage.ts";
import type { Tables } from "../tables.ts";
import { DatabaseThread } from "./database-thread.ts";
import { threadDialect } from "./thread-dialect.ts";

export interface SqliteOptions {
  /** Path of the database file; its folder has to exist. */
  readonly file: string;
  readonly onDamage?: DamageListener;
}

/** Templates in one SQLite file. Rejects when the file is damaged or can't be opened. */
export async function openSqlite({ file, onDamage = () => {} }: SqliteOptions): Promise<Storage> {
  const thread = await DatabaseThread.open(file);
  try {
    const plugins = [new CamelCasePlugin({ maintainNestedObjectKeys: true })];
    const db = new Kysely<Tables>({ dialect: threadDialect(thread), plugins });
    await migrate(db, { bytes: "blob" });
    return new SqlStorage(
      {
        db,
        insert: async (sql, parameters) => (await thread.run(sql, parameters, { grouped: true })).changes > 0,
        close: () => thread.close(),
      },
      onDamage,
    );
  } catch (error) {
    await thread.close();
    throw error;
  }
}
