// hocuspocus as its documentation starts it. Documents are in memory only, unless BENCH_SQLITE names a file: then it stores
// them the way its SQLite extension does, the whole document some seconds after a change.
import { DatabaseSync } from "node:sqlite";
import { type Configuration, Server } from "@hocuspocus/server";
import { applyUpdate, encodeStateAsUpdate } from "yjs";

type Hooks = Pick<Configuration, "onLoadDocument" | "onStoreDocument">;

/** What its extension does, with the SQLite that Node brings. Nothing is set up but the table, as there. */
function storedIn(file: string): Hooks {
  const db = new DatabaseSync(file);
  db.exec("CREATE TABLE IF NOT EXISTS documents (name TEXT NOT NULL UNIQUE, data BLOB NOT NULL)");
  const read = db.prepare("SELECT data FROM documents WHERE name = ?");
  const write = db.prepare(
    "INSERT INTO documents (name, data) VALUES (?, ?) ON CONFLICT(name) DO UPDATE SET data = excluded.data",
  );
  return {
    onLoadDocument: async ({ documentName, document }) => {
      const data = read.get(documentName)?.data;
      if (data instanceof Uint8Array) applyUpdate(document, data);
    },
    onStoreDocument: async ({ documentName, document }) => {
      write.run(documentName, encodeStateAsUpdate(document));
    },
  };
}

const file = process.env.BENCH_SQLITE;
const server = new Server({
  port: Number(process.env.PORT),
  address: "127.0.0.1",
  quiet: true,
  stopOnSignals: false,
  ...(file ? storedIn(file) : {}),
});
await server.listen();
process.on("SIGTERM", () => process.exit(0));
