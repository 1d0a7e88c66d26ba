import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, open, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";
import { applyDelta, type ChangeSet, isTextCell, type RichText, type TextDelta } from "@waggle/template";
import { expect, test } from "vitest";
import { describeStorage } from "../contract.test-suite.ts";
import { bytes, letterOf, storedEntry, templateRecord, typedEntry } from "../fixtures.test.support.ts";
import type { StoredEntry } from "../storage.ts";
import { openSqlite } from "./open-sqlite.ts";

async function inFolder(use: (file: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "waggle-storage-"));
  try {
    await use(join(folder, "waggle.db"));
  } finally {
    await rm(folder, { recursive: true });
  }
}

const emptyText: RichText = { rich: [] };

const filledTable = `CREATE TABLE filled AS
  WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 100)
  SELECT zeroblob(2000) AS bytes FROM number`;

/** Changes the file behind the store's back. */
function tamper(file: string, sql: string): void {
  const db = new DatabaseSync(file);
  db.exec(sql);
  db.close();
}

describeStorage((use) =>
  inFolder(async (file) => {
    const storage = await openSqlite({ file });
    try {
      await use(storage);
    } finally {
      await storage.close();
    }
  }),
);

test("a snapshot whose checksum is wrong gives way to the one before it and the log", () =>
  inFolder(async (file) => {
    const storage = await openSqlite({ file });
    await storage.createTemplate(templateRecord("tpl_a"), bytes(7));
    const epoch = await storage.acquireLease("tpl_a");
    for (const revision of [1, 2, 3]) await storage.append("tpl_a", epoch, storedEntry(revision));
    for (const revision of [1, 2]) await storage.writeSnapshot("tpl_a", revision, bytes(revision));
    await storage.close();
    tamper(file, "UPDATE snapshot SET state = x'ff' WHERE revision = 2");

    const damages: unknown[] = [];
    const reopened = await openSqlite({ file, onDamage: (damage) => damages.push(damage) });
    const updates = [storedEntry(2).update, storedEntry(3).update];
    expect(await reopened.loadDocument("tpl_a")).toStrictEqual({ revision: 3, state: bytes(1), updates });
    expect(damages).toStrictEqual([{ templateId: "tpl_a", revision: 2 }]);
    await reopened.close();
  }));

test("when no snapshot is sound the document is refused, not guessed", () =>
  inFolder(async (file) => {
    const storage = await openSqlite({ file });
    await storage.createTemplate(templateRecord("tpl_a"), bytes(7));
    await storage.close();
    tamper(file, "UPDATE snapshot SET state = x'ff'");
    const reopened = await openSqlite({ file });
    await expect(reopened.loadDocument("tpl_a")).rejects.toMatchObject({ code: "INTERNAL" });
    await reopened.close();
  }));

test("only the newest two snapshots are kept", () =>
  inFolder(async (file) => {
    const storage = await openSqlite({ file });
    await storage.createTemplate(templateRecord("tpl_a"), bytes(7));
    const epoch = await storage.acquireLease("tpl_a");
    for (const revision of [1, 2, 3]) {
      await storage.append("tpl_a", epoch, storedEntry(revision));
      await storage.writeSnapshot("tpl_a", revision, bytes(revision));
    }
    await storage.close();
    const db = new DatabaseSync(file);
    const kept = db.prepare("SELECT revision FROM snapshot ORDER BY revision").all();
    db.close();
    expect(kept.map((row) => row.revision)).toStrictEqual([2, 3]);
  }));

test("a file that is no database, or that can't be opened, is an error at once", () =>
  inFolder(async (file) => {
    await writeFile(file, "This is not a database, and it is long enough to be read as a header. ".repeat(10));
    await expect(openSqlite({ file })).rejects.toThrow(/not a database/);
    await expect(openSqlite({ file: join(file, "nowhere") })).rejects.toThrow(/can't be opened.*WAGGLE_DATA/);
  }));

test("a file whose pages are damaged is refused with what to do", () =>
  inFolder(async (file) => {
    tamper(file, filledTable);
    const bytes = await readFile(file);
    await writeFile(file, bytes.fill(170, 4096 * 20, 4096 * 21));
    await expect(openSqlite({ file })).rejects.toMatchObject({ code: "INVALID_INPUT", data: { refusal: "damaged" } });
  }));

test("a large file is looked through after it was opened, and damage is told", { timeout: 20_000 }, () =>
  inFolder(async (file) => {
    tamper(file, filledTable);
    const pages = Math.floor((await stat(file)).size / 4096);
    tamper(file, "INSERT INTO filled SELECT zeroblob(70000000)");
    const handle = await open(file, "r+");
    await handle.write(Buffer.alloc(4096, 170), 0, 4096, 4096 * (pages - 3));
    await handle.close();
    const states: string[] = [];
    const storage = await openSqlite({ file, onFile: (state) => states.push(state) });
    await expect.poll(() => states, { timeout: 15_000 }).toStrictEqual(["damaged"]);
    await expect(storage.check()).rejects.toMatchObject({ code: "INTERNAL" });
    await storage.close();
  }),
);

test("a second store on the same file is refused, in this process and in another, and let in once the first is gone", () =>
  inFolder(async (file) => {
    const inUse = { code: "INVALID_INPUT", data: { refusal: "in-use" } };
    const first = await openSqlite({ file });
    await expect(openSqlite({ file })).rejects.toMatchObject(inUse);
    await first.close();
    const child = appendForever(file);
    await once(child.stdout, "data");
    await expect(openSqlite({ file })).rejects.toMatchObject(inUse);
    child.kill("SIGKILL");
    await once(child, "exit");
    await (await openSqlite({ file })).close();
  }));

test("a store made by an earlier start opens again with everything in it", () =>
  inFolder(async (file) => {
    const first = await openSqlite({ file });
    const secret = await first.secret("tokens");
    await first.close();
    const second = await openSqlite({ file });
    expect(await second.secret("tokens")).toStrictEqual(secret);
    await second.close();
  }));

test("a disk that refuses is an append that is not saved, and saving works again afterwards", () =>
  inFolder(async (file) => {
    const storage = await openSqlite({ file });
    await storage.createTemplate(templateRecord("tpl_a"), bytes(7));
    const epoch = await storage.acquireLease("tpl_a");
    tamper(file, "CREATE TRIGGER full BEFORE INSERT ON entry BEGIN SELECT RAISE(ABORT, 'disk full'); END");
    const refused = storage.append("tpl_a", epoch, storedEntry(1));
    await expect(refused).rejects.toMatchObject({ code: "NOT_SAVED", data: { refusal: "disk" } });
    tamper(file, "DROP TRIGGER full");
    await storage.append("tpl_a", epoch, storedEntry(1));
    await storage.close();
  }));

/** A store that holds back for hours what can wait, and a template in it. */
async function patientStorage(file: string) {
  const storage = await openSqlite({ file, companyMs: 3_600_000 });
  await storage.createTemplate(templateRecord("tpl_a"), bytes(7));
  return { storage, epoch: await storage.acquireLease("tpl_a") };
}

test("an append that can wait goes with the next that can't, in the order of the calls", () =>
  inFolder(async (file) => {
    const { storage, epoch } = await patientStorage(file);
    const saved: number[] = [];
    const append = async (revision: number, canWait: boolean) => {
      await storage.append("tpl_a", epoch, { ...storedEntry(revision), canWait });
      saved.push(revision);
    };
    const waiting = [append(1, true), append(2, true)];
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(saved).toStrictEqual([]);
    await append(3, false);
    await Promise.all(waiting);
    expect(saved).toStrictEqual([1, 2, 3]);
    expect(await storage.entriesSince("tpl_a", 0)).toStrictEqual([1, 2, 3].map((revision) => storedEntry(revision)));
    await storage.close();
  }));

test("a read and the end of the store take along what waits", () =>
  inFolder(async (file) => {
    const { storage, epoch } = await patientStorage(file);
    const first = storage.append("tpl_a", epoch, { ...storedEntry(1), canWait: true });
    expect((await storage.loadDocument("tpl_a")).revision).toBe(1);
    await first;
    const second = storage.append("tpl_a", epoch, { ...storedEntry(2), canWait: true });
    await Promise.all([storage.close(), second]);
    const reopened = await openSqlite({ file });
    expect((await reopened.loadDocument("tpl_a")).revision).toBe(2);
    await reopened.close();
  }));

test("what can wait waits a moment, not for ever", () =>
  inFolder(async (file) => {
    const storage = await openSqlite({ file });
    await storage.createTemplate(templateRecord("tpl_a"), bytes(7));
    const epoch = await storage.acquireLease("tpl_a");
    for (const revision of [1, 2]) await storage.append("tpl_a", epoch, { ...storedEntry(revision), canWait: true });
    await storage.close();
  }));

test("nothing that was acknowledged is missing after kill -9", { timeout: 60_000 }, async () => {
  let acknowledgedInAll = 0;
  for (let round = 0; round < 3; round++) {
    await inFolder(async (file) => {
      const acknowledged = await appendUntilKilled(file, 150 + 50 * round);
      const storage = await openSqlite({ file });
      const entries = await storage.entriesSince("tpl_a", 0);
      expect(entries.length).toBeGreaterThanOrEqual(acknowledged);
      expect(entries).toStrictEqual(entries.map((_, i) => storedEntry(i + 1)));
      await storage.close();
      acknowledgedInAll += acknowledged;
    });
  }
  expect(acknowledgedInAll).toBeGreaterThan(300);
});

test("a log that is killed while it is compacted is whole: each revision once, and the text it makes", {
  timeout: 60_000,
}, async () => {
  let runs = 0;
  for (let round = 0; round < 5; round++) {
    await inFolder(async (file) => {
      const acknowledged = await appendUntilKilled(file, 200 + 37 * round, "compact-forever");
      const storage = await openSqlite({ file });
      const entries = await storage.entriesSince("tpl_a", 0);
      const last = entries.at(-1)?.revision ?? 0;
      expect(last).toBeGreaterThanOrEqual(acknowledged);
      const text = Array.from({ length: last }, (_, i) => letterOf(i + 1)).join("");
      expect(textOf(entries)).toBe(text);
      expect(entries.map(({ from, revision }, i) => [from ?? revision, entries[i - 1]?.revision ?? 0])).toStrictEqual(
        entries.map((_, i) => [(entries[i - 1]?.revision ?? 0) + 1, entries[i - 1]?.revision ?? 0]),
      );
      const { revision, updates } = await storage.loadDocument("tpl_a");
      expect(revision).toBe(last);
      expect(updates.every(({ length }) => length > 0)).toBe(true);
      runs += entries.filter(({ from }) => from !== undefined).length;
      const epoch = await storage.acquireLease("tpl_a");
      await storage.append("tpl_a", epoch, typedEntry(last + 1));
      await storage.close();
    });
  }
  expect(runs).toBeGreaterThan(3);
});

/** What the entries typed. */
function textOf(entries: readonly StoredEntry[]): string {
  return entries.reduce((text, { changeSet }) => applyDelta(text, textDelta(changeSet)), emptyText).rich[0]?.[0] ?? "";
}

function textDelta(change: ChangeSet): TextDelta {
  const cell = change.title?.["/text"];
  if (!cell || !isTextCell(cell)) throw new Error("Expected typing.");
  return cell.text;
}

test("a store made before logs were compacted opens with everything in it, also when that was cut off", () =>
  inFolder(async (file) => {
    const storage = await openSqlite({ file });
    await storage.createTemplate(templateRecord("tpl_a"), bytes(7));
    const epoch = await storage.acquireLease("tpl_a");
    await storage.append("tpl_a", epoch, storedEntry(1));
    await storage.close();
    const forget =
      "DELETE FROM kysely_migration WHERE name >= '0003'; DROP INDEX entry_of_reverts; DROP INDEX entry_of_calls;";
    const noReceipts = "ALTER TABLE entry DROP COLUMN call_key; ALTER TABLE entry DROP COLUMN receipt;";
    const noPolicies = "ALTER TABLE template DROP COLUMN policy; ALTER TABLE api_key DROP COLUMN policy;";
    const oldTemplate = "ALTER TABLE template DROP COLUMN compacted_to;";
    for (const old of [
      `${forget} ${oldTemplate} ${noReceipts} ${noPolicies} ALTER TABLE entry DROP COLUMN from_revision;`,
      `${forget} ${oldTemplate} ${noPolicies}`,
    ]) {
      tamper(file, old);
      const reopened = await openSqlite({ file });
      expect(await reopened.findTemplate("tpl_a")).toStrictEqual(templateRecord("tpl_a"));
      expect(await reopened.entriesSince("tpl_a", 0)).toStrictEqual([storedEntry(1)]);
      expect((await reopened.compactLog("tpl_a", epoch, { upTo: 1, limit: 9, longestPauseMs: 0 })).isDone).toBe(true);
      await reopened.close();
    }
  }));

test("after a log was compacted the document still loads from the snapshot before the newest", () =>
  inFolder(async (file) => {
    const storage = await openSqlite({ file });
    await storage.createTemplate(templateRecord("tpl_a"), bytes(7));
    const epoch = await storage.acquireLease("tpl_a");
    for (let revision = 1; revision <= 9; revision++) await storage.append("tpl_a", epoch, typedEntry(revision));
    for (const revision of [4, 7]) await storage.writeSnapshot("tpl_a", revision, bytes(revision));
    const everything = { upTo: 9, limit: 100, longestPauseMs: 10_000 };
    expect(await storage.compactLog("tpl_a", epoch, everything)).toMatchObject({ revision: 4, after: 1 });
    await storage.close();
    tamper(file, "UPDATE snapshot SET state = x'ff' WHERE revision = 7");
    const reopened = await openSqlite({ file });
    // Damage is found before anything is dropped that would be needed then.
    expect(await reopened.compactLog("tpl_a", epoch, everything)).toMatchObject({ before: 0 });
    const updates = [5, 6, 7, 8, 9].map((revision) => typedEntry(revision).update);
    expect(await reopened.loadDocument("tpl_a")).toStrictEqual({ revision: 9, state: bytes(4), updates });
    await reopened.close();
  }));

/** A process that appends until it is killed. */
function appendForever(file: string, name = "append-forever") {
  const script = join(import.meta.dirname, `${name}.test.child.ts`);
  return spawn(process.execPath, ["--conditions=@waggle/source", script, file], {
    stdio: ["ignore", "pipe", "inherit"],
  });
}

/** Starts a process that appends eight at a time, kills it once it has acknowledged enough; resolves to the last it told. */
async function appendUntilKilled(file: string, enough: number, name?: string): Promise<number> {
  const child = appendForever(file, name);
  let acknowledged = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged = Number(line);
    if (acknowledged >= enough) child.kill("SIGKILL");
  }
  return acknowledged;
}
