import { type CompactableEntry, type CompactedEntry, compactLog } from "@waggle/template";
import type { Insertable, Kysely, Selectable, Transaction } from "kysely";
import { sha256Of } from "./sha256.ts";
import { type CompactedPart, type CompactRequest, refuseAppend } from "./storage.ts";
import type { Tables } from "./tables.ts";
import { templateNotFound } from "./template-not-found.ts";

const noBytes = new Uint8Array();
const keptColumns = [
  "revision",
  "fromRevision",
  "actor",
  "operation",
  "changeSet",
  "at",
  "excluded",
  "callKey",
  "receipt",
] as const;

type EntryRow = Pick<Selectable<Tables["entry"]>, (typeof keptColumns)[number]>;

/** A part of a log as it was read, and what its writing relies on. */
interface LogPart {
  readonly rows: readonly EntryRow[];
  readonly compactedTo: number;
  /** What reverts leave out, anywhere in the log. */
  readonly excluded: readonly (readonly number[])[];
  readonly lastRevert: number;
}

/** Makes old parts of logs smaller. Read and composed first, so that the transaction is short: appends wait for it. */
export class LogCompaction {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  /** See `Storage.compactLog`. */
  async compactPart(id: string, epoch: number, request: CompactRequest): Promise<CompactedPart> {
    const { leaseEpoch, compactedTo } = await this.#requirePosition(id);
    if (leaseEpoch !== epoch) throw refuseAppend("stale-epoch");
    const end = Math.min(request.upTo, await this.#securedRevision(id));
    if (end <= compactedTo) return { revision: compactedTo, before: 0, after: 0, isDone: true };
    const part = await this.#read(id, { compactedTo, end, limit: request.limit });
    const entries = compactLog(part.rows.map(toLogEntry), { ...request, excluded: part.excluded });
    const revision = part.rows.at(-1)?.revision ?? end;
    const isWritten = await this.#write(id, epoch, { ...part, entries, revision });
    if (!isWritten) return { revision: compactedTo, before: 0, after: 0, isDone: false };
    return { revision, before: part.rows.length, after: entries.length, isDone: revision >= end };
  }

  async #requirePosition(id: string) {
    const row = await this.#db
      .selectFrom("template")
      .select(["leaseEpoch", "compactedTo"])
      .where("id", "=", id)
      .executeTakeFirst();
    if (!row) throw templateNotFound(id);
    return row;
  }

  /** What both kept snapshots cover: whichever of them is loaded, the updates up to here are not asked for. */
  async #securedRevision(id: string): Promise<number> {
    const snapshots = await this.#db
      .selectFrom("snapshot")
      .select(["revision", "state", "sha256"])
      .where("templateId", "=", id)
      .execute();
    const areSound = snapshots.every(({ state, sha256 }) => sha256Of(state) === sha256);
    if (!areSound || snapshots.length < 2) return 0;
    return Math.min(...snapshots.map(({ revision }) => revision));
  }

  async #read(id: string, { compactedTo, end, limit }: { compactedTo: number; end: number; limit: number }) {
    const rows = await this.#db
      .selectFrom("entry")
      .select(keptColumns)
      .where("templateId", "=", id)
      // The last one of the part before is read again: its run may go on.
      .where("revision", ">=", compactedTo)
      .where("revision", "<=", end)
      .orderBy("revision")
      .limit(Math.max(1, limit) + 1)
      .execute();
    const reverts = await this.#reverts(this.#db, id);
    // An entry with a receipt is treated as one that a revert names: it stays by itself, and so does its receipt.
    const receipted = rows.filter(({ callKey }) => callKey !== null).map(({ revision }) => [revision]);
    const excluded = [...reverts.map((revert): number[] => JSON.parse(revert.excluded ?? "[]")), ...receipted];
    return { rows, compactedTo, excluded, lastRevert: reverts.at(-1)?.revision ?? 0 } satisfies LogPart;
  }

  #reverts(on: Kysely<Tables>, id: string) {
    return on
      .selectFrom("entry")
      .select(["revision", "excluded"])
      .where("templateId", "=", id)
      .where("excluded", "is not", null)
      .orderBy("revision")
      .execute();
  }

  /** False, with nothing written, when a revert came meanwhile: it may leave out a part of a run. */
  async #write(
    id: string,
    epoch: number,
    part: LogPart & { readonly entries: readonly CompactedEntry[]; readonly revision: number },
  ): Promise<boolean> {
    const receipts = new Map(part.rows.map((row) => [row.revision, row]));
    const rows = part.entries.map((entry) => toRow(id, entry, receipts.get(entry.revision)));
    return this.#db.transaction().execute(async (on) => {
      const reverts = await this.#reverts(on, id);
      if ((reverts.at(-1)?.revision ?? 0) !== part.lastRevert) return false;
      if (!(await this.#advance(on, id, { epoch, from: part.compactedTo, to: part.revision }))) {
        throw refuseAppend("stale-epoch");
      }
      await on
        .deleteFrom("entry")
        .where("templateId", "=", id)
        .where("revision", ">=", part.compactedTo)
        .where("revision", "<=", part.revision)
        .execute();
      await on.insertInto("entry").values(rows).execute();
      return true;
    });
  }

  /** False when a newer owner has the lease, or another call came first. */
  async #advance(
    on: Transaction<Tables>,
    id: string,
    { epoch, from, to }: { epoch: number; from: number; to: number },
  ) {
    const { numUpdatedRows } = await on
      .updateTable("template")
      .set({ compactedTo: to })
      .where("id", "=", id)
      .where("leaseEpoch", "=", epoch)
      .where("compactedTo", "=", from)
      .executeTakeFirstOrThrow();
    return numUpdatedRows === 1n;
  }
}

function toLogEntry(row: EntryRow): CompactableEntry {
  return {
    revision: row.revision,
    actor: JSON.parse(row.actor),
    operation: row.operation,
    change: JSON.parse(row.changeSet),
    at: row.at,
    ...(row.fromRevision === null ? {} : { from: row.fromRevision }),
    ...(row.excluded === null ? {} : { excluded: JSON.parse(row.excluded) }),
  };
}

function toRow(
  templateId: string,
  entry: CompactedEntry,
  row: Pick<EntryRow, "callKey" | "receipt"> | undefined,
): Insertable<Tables["entry"]> {
  return {
    templateId,
    revision: entry.revision,
    fromRevision: entry.from < entry.revision ? entry.from : null,
    actor: JSON.stringify(entry.actor),
    operation: entry.operation,
    changeSet: JSON.stringify(entry.change),
    at: entry.at,
    updateBytes: noBytes,
    excluded: entry.excluded ? JSON.stringify(entry.excluded) : null,
    callKey: row?.callKey ?? null,
    receipt: row?.receipt ?? null,
  };
}
