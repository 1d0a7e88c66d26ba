import { WaggleError } from "@waggle/contract";
import { CamelCasePlugin, Kysely } from "kysely";
import { migrate } from "../migrations.ts";
import { type DamageListener, SqlStorage } from "../sql-storage.ts";
import type { Storage } from "../storage.ts";
import type { Tables } from "../tables.ts";
import { checkLater } from "./check-later.ts";
import { DatabaseThread } from "./database-thread.ts";
import { threadDialect } from "./thread-dialect.ts";

/** How the file is: sound and taking writes, refusing them, or damaged. */
export type FileState = "well" | "refusing" | "damaged";

export interface SqliteOptions {
  /** Path of the database file; its folder has to exist. */
  readonly file: string;
  readonly onDamage?: DamageListener;
  /** Told of every change; a file counts as well at first. */
  readonly onFile?: (state: FileState) => void;
  /** How long an append that can wait is held back for others to share its commit; 50 milliseconds by default. */
  readonly companyMs?: number;
}

/** Templates in one SQLite file. Rejects when the file is damaged, in use by another process, or can't be opened. */
export async function openSqlite(options: SqliteOptions): Promise<Storage> {
  const { file, onDamage = () => {}, onFile = () => {}, companyMs = 50 } = options;
  const thread = await DatabaseThread.open(file, { onDisk: onFile, companyMs });
  try {
    const plugins = [new CamelCasePlugin({ maintainNestedObjectKeys: true })];
    const db = new Kysely<Tables>({ dialect: threadDialect(thread), plugins });
    await migrate(db, { bytes: "blob" });
    const health = new FileHealth(thread, { file, onFile });
    return new SqlStorage(
      {
        db,
        insert: async (sql, parameters, { canWait = false }) =>
          (await thread.run(sql, parameters, { grouped: true, canWait })).changes > 0,
        check: () => health.check(),
        close: () => health.close(),
      },
      onDamage,
    );
  } catch (error) {
    await thread.close();
    throw error;
  }
}

/** What is known of the file besides what queries say. */
class FileHealth {
  readonly #thread: DatabaseThread;
  readonly #stopCheck: () => void;
  #isDamaged = false;

  constructor(thread: DatabaseThread, { file, onFile }: Required<Pick<SqliteOptions, "file" | "onFile">>) {
    this.#thread = thread;
    const damaged = () => {
      this.#isDamaged = true;
      onFile("damaged");
    };
    this.#stopCheck = thread.isChecked ? () => undefined : checkLater(file, damaged);
  }

  async check(): Promise<void> {
    if (this.#isDamaged) throw new WaggleError("INTERNAL", { message: "The database is damaged. Restore a backup." });
    // Only a write can tell that the disk takes writes again.
    const probe = this.#thread.isDiskRefusing ? "UPDATE secret SET name = name" : "SELECT name FROM secret LIMIT 1";
    await this.#thread.run(probe, [], { grouped: false });
  }

  close(): Promise<void> {
    this.#stopCheck();
    return this.#thread.close();
  }
}
