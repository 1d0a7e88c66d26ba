// Types and compacts what was typed until it is killed, and prints each revision only after it was acknowledged.
import { writeSync } from "node:fs";
import { bytes, templateRecord, typedEntry } from "../fixtures.test.support.ts";
import { openSqlite } from "./open-sqlite.ts";

const storage = await openSqlite({ file: process.argv[2] ?? "" });
await storage.createTemplate(templateRecord("tpl_a"), bytes(1));
const epoch = await storage.acquireLease("tpl_a");
let revision = 0;

async function compactForever(): Promise<never> {
  for (;;) {
    await storage.writeSnapshot("tpl_a", revision, bytes(revision, revision / 256));
    // Small pauses allowed and small parts, so that many runs and many transactions come of it.
    await storage.compactLog("tpl_a", epoch, { upTo: revision, limit: 20, longestPauseMs: 10_000 });
  }
}

async function appendForever(): Promise<never> {
  for (;;) {
    const group = Array.from({ length: 8 }, (_, i) => typedEntry(revision + 1 + i));
    await Promise.all(group.map((entry) => storage.append("tpl_a", epoch, entry)));
    revision += group.length;
    writeSync(1, `${revision}\n`);
  }
}

await Promise.all([appendForever(), compactForever()]);
