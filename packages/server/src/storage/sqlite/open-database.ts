import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import type { OpenRefusal } from "./protocol.ts";

const walLimitBytes = 64 * 1024 * 1024;
/** Long enough for a process before this one to end. */
const lockWaitMs = 2_000;
/** A file up to this size is looked through within a fraction of a second. */
const checkedAtOpenBytes = 64 * 1024 * 1024;

// The primary result codes of SQLite.
const codes = { busy: 5, readOnly: 8, io: 10, corrupt: 11, full: 13, cannotOpen: 14, notADatabase: 26 } as const;
const diskCodes: readonly number[] = [codes.readOnly, codes.io, codes.full, codes.cannotOpen];

export interface OpenDatabase {
  readonly db: DatabaseSync;
  /** Closed last: as long as it is open no other process gets in. */
  readonly lock: DatabaseSync;
  readonly isChecked: boolean;
}

/** Opens the file for this process alone. Throws what `openRefusal` explains. */
export function openDatabase(file: string): OpenDatabase {
  const lock = takeLock(`${file}.lock`);
  try {
    const isChecked = sizeOf(file) <= checkedAtOpenBytes;
    return { db: openChecked(file, { isChecked }), lock, isChecked };
  } catch (error) {
    lock.close();
    throw error;
  }
}

/** Why `openDatabase` threw. */
export function openRefusal(error: unknown): OpenRefusal {
  if (error instanceof assert.AssertionError) return "damaged";
  const code = sqliteCode(error);
  if (code === codes.busy) return "in-use";
  if (code === codes.notADatabase) return "not-a-database";
  if (code === codes.corrupt) return "damaged";
  return isDiskFailure(error) ? "disk" : "unknown";
}

/** Whether the disk refused, and not SQLite the statement. */
export function isDiskFailure(error: unknown): boolean {
  return diskCodes.includes(sqliteCode(error));
}

/** Looks through the whole file; throws when it is not sound. */
export function requireSound(db: DatabaseSync): void {
  assert.equal(read(db, "quick_check"), "ok", "The database file is damaged.");
}

/**
 * A lock of the operating system, which ends with the process however it ends. On a file of its own, so that backup tools
 * can read the database meanwhile.
 */
function takeLock(file: string): DatabaseSync {
  const lock = new DatabaseSync(file);
  try {
    lock.exec(`PRAGMA busy_timeout = ${lockWaitMs}; BEGIN EXCLUSIVE;`);
    return lock;
  } catch (error) {
    lock.close();
    throw error;
  }
}

function openChecked(file: string, { isChecked }: Pick<OpenDatabase, "isChecked">): DatabaseSync {
  const db = new DatabaseSync(file);
  try {
    // Set and asserted on every open: some builds of SQLite reopen a WAL database with weaker durability.
    db.exec(`
      PRAGMA busy_timeout = 5000;
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      PRAGMA foreign_keys = ON;
      PRAGMA journal_size_limit = ${walLimitBytes};
    `);
    if (read(db, "journal_mode") !== "wal") throw new Error("The database has to keep a write-ahead log.");
    if (read(db, "synchronous") !== 2) throw new Error("The database has to sync on every commit.");
    if (isChecked) requireSound(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function read(db: DatabaseSync, pragma: string): unknown {
  return Object.values(db.prepare(`PRAGMA ${pragma}`).get() ?? {})[0];
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function sqliteCode(error: unknown): number {
  if (!(error instanceof Error && "errcode" in error && typeof error.errcode === "number")) return 0;
  // The upper bytes tell more of the same code.
  return error.errcode & 0xff;
}
