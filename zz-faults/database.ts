import { copyFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

const file = "waggle.db";

/** What SQLite finds wrong with the data of a server that is dead. Looks at a copy: opening it would already mend it. */
export function damageOf(dataFolder: string): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), "waggle-integrity-"));
  try {
    for (const name of [file, `${file}-wal`])
      if (existsSync(join(dataFolder, name))) copyFileSync(join(dataFolder, name), join(folder, name));
    const database = new DatabaseSync(join(folder, file));
    const rows = database.prepare("PRAGMA integrity_check").all();
    database.close();
    return rows.map((row) => String(row.integrity_check)).filter((verdict) => verdict !== "ok");
  } finally {
    rmSync(folder, { recursive: true });
  }
}
