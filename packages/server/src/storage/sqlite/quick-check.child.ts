// Looks through a large database in a process of its own: SQLite can't be interrupted, a process can.
import { DatabaseSync } from "node:sqlite";
import { requireSound } from "./open-database.ts";

const db = new DatabaseSync(String(process.argv[2]), { readOnly: true });
let isSound = true;
try {
  requireSound(db);
} catch {
  isSound = false;
}
db.close();
process.send?.({ isSound }, () => process.disconnect());
