// Appends until it is killed, and prints each revision only after it was acknowledged.
import { writeSync } from "node:fs";
import { bytes, storedEntry, templateRecord } from "../fixtures.test.support.ts";
import { openSqlite } from "./open-sqlite.ts";

const storage = await openSqlite({ file: process.argv[2] ?? "" });
await storage.createTemplate(templateRecord("tpl_a"), bytes(1));
const epoch = await storage.acquireLease("tpl_a");
let revision = 0;
for (;;) {
  const group = Array.from({ length: 8 }, () => storedEntry(++revision));
  await Promise.all(group.map((entry) => storage.append("tpl_a", epoch, entry)));
  writeSync(1, `${revision}\n`);
}
