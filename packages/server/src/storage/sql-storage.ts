import { randomBytes } from "node:crypto";
import { WaggleError } from "@waggle/contract";
import type { Kysely, Selectable } from "kysely";
import { type AppendQuery, type AppendRow, compileAppend } from "./append-query.ts";
import { LogCompaction } from "./log-compaction.ts";
import { sha256Of } from "./sha256.ts";
import {
  type ApiKeyRecord,
  type AppendRefusal,
  type CallReceipt,
  type CompactedPart,
  type CompactRequest,
  type EntryToAppend,
  refuseAppend,
  type Storage,
  type StoredDocument,
  type StoredEntry,
  type TemplatePatch,
  type TemplateRecord,
} from "./storage.ts";
import type { Tables } from "./tables.ts";
import { templateNotFound } from "./template-not-found.ts";

/** Whether an insert may be held back for a moment. */
export type InsertOptions = Pick<EntryToAppend, "canWait">;

/** What a database brings: a connection for ordinary queries, and its fastest durable way to insert. */
export interface SqlEngine {
  readonly db: Kysely<Tables>;
  /** Resolves to whether a row was inserted, once that is on disk. May share a commit with others; keeps the order of calls. */
  insert(sql: string, parameters: AppendRow[keyof AppendRow][], options: InsertOptions): Promise<boolean>;
  /** Rejects when the database does not answer, is damaged, or takes no writes. */
  check(): Promise<void>;
  close(): Promise<void>;
}

/** Told of damage that was survived. */
export type DamageListener = (damage: { readonly templateId: string; readonly revision: number }) => void;

const snapshotsKept = 2;

/** The store on any SQL database; the dialects differ only in their engine. */
export class SqlStorage implements Storage {
  readonly #engine: SqlEngine;
  readonly #db: Kysely<Tables>;
  readonly #append: AppendQuery;
  readonly #compaction: LogCompaction;
  readonly #onDamage: DamageListener;
  #closing: Promise<void> | undefined;

  constructor(engine: SqlEngine, onDamage: DamageListener) {
    this.#engine = engine;
    this.#db = engine.db;
    this.#append = compileAppend(engine.db);
    this.#compaction = new LogCompaction(engine.db);
    this.#onDamage = onDamage;
  }

  async createTemplate(record: TemplateRecord, state: Uint8Array): Promise<void> {
    const { mergeTags, ownerHandle, policy, ...rest } = record;
    await this.#db.transaction().execute(async (on) => {
      await on
        .insertInto("template")
        .values({
          ...rest,
          ownerHandle: ownerHandle ?? null,
          mergeTags: mergeTags === undefined ? null : JSON.stringify(mergeTags),
          policy: policy === undefined ? null : JSON.stringify(policy),
          leaseEpoch: 0,
        })
        .execute();
      await on
        .insertInto("snapshot")
        .values(snapshotRow(record.id, 0, state))
        .execute();
    });
  }

  async findTemplate(id: string): Promise<TemplateRecord | undefined> {
    const row = await this.#db.selectFrom("template").selectAll().where("id", "=", id).executeTakeFirst();
    return row && toRecord(row);
  }

  async changeTemplate(id: string, patch: TemplatePatch): Promise<void> {
    // `id` keeps the statement whole when the patch is empty.
    const change = this.#db.updateTable("template").set({ id, ...patch });
    const { numUpdatedRows } = await change.where("id", "=", id).executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) throw templateNotFound(id);
  }

  async acquireLease(id: string): Promise<number> {
    const row = await this.#db
      .updateTable("template")
      .set((template) => ({ leaseEpoch: template("leaseEpoch", "+", 1) }))
      .where("id", "=", id)
      .returning("leaseEpoch")
      .executeTakeFirst();
    if (!row) throw templateNotFound(id);
    return row.leaseEpoch;
  }

  async loadDocument(id: string): Promise<StoredDocument> {
    const { revision, state } = await this.#requireSnapshot(id);
    const entries = await this.#db
      .selectFrom("entry")
      .select(["revision", "updateBytes"])
      .where("templateId", "=", id)
      .where("revision", ">", revision)
      .orderBy("revision")
      .execute();
    return { revision: entries.at(-1)?.revision ?? revision, state, updates: entries.map((row) => row.updateBytes) };
  }

  async entriesSince(id: string, revision: number, limit?: number): Promise<StoredEntry[]> {
    const query = this.#db
      .selectFrom("entry")
      .selectAll()
      .where("templateId", "=", id)
      .where("revision", ">", revision)
      .orderBy("revision");
    const rows = await (limit === undefined ? query : query.limit(limit)).execute();
    return rows.map(toEntry);
  }

  async append(id: string, epoch: number, entry: EntryToAppend): Promise<void> {
    const row = appendRow(id, epoch, entry);
    let inserted: boolean;
    try {
      inserted = await this.#engine.insert(this.#append.sql, this.#append.parametersOf(row), entry);
    } catch (cause) {
      throw refuseAppend("disk", cause);
    }
    if (!inserted) throw refuseAppend(await this.#whyRefused(id, epoch));
  }

  async findReceipt(id: string, callKey: string): Promise<CallReceipt | undefined> {
    const row = await this.#db
      .selectFrom("entry")
      .select("receipt")
      .where("templateId", "=", id)
      .where("callKey", "=", callKey)
      .limit(1)
      .executeTakeFirst();
    return row?.receipt ? { callKey, ...JSON.parse(row.receipt) } : undefined;
  }

  async writeSnapshot(id: string, revision: number, state: Uint8Array): Promise<void> {
    const logged = await this.#lastRevision(id);
    if (revision > logged) {
      throw new WaggleError("INVALID_CHANGE", {
        message: `Revision ${revision} can't be kept as a snapshot: the log ends at ${logged}.`,
        data: { revision, logged },
      });
    }
    await this.#db.transaction().execute(async (on) => {
      await on
        .insertInto("snapshot")
        .values(snapshotRow(id, revision, state))
        .onConflict((taken) =>
          taken.columns(["templateId", "revision"]).doUpdateSet(({ ref }) => ({
            state: ref("excluded.state"),
            sha256: ref("excluded.sha256"),
          })),
        )
        .execute();
      await on
        .deleteFrom("snapshot")
        .where("templateId", "=", id)
        .where("revision", "not in", ({ selectFrom }) =>
          selectFrom("snapshot as kept")
            .select("kept.revision")
            .where("kept.templateId", "=", id)
            .orderBy("kept.revision", "desc")
            .limit(snapshotsKept),
        )
        .execute();
    });
  }

  compactLog(id: string, epoch: number, request: CompactRequest): Promise<CompactedPart> {
    return this.#compaction.compactPart(id, epoch, request);
  }

  async deleteExpired(now: number): Promise<string[]> {
    const gone = await this.#db.deleteFrom("template").where("expiresAt", "<=", now).returning("id").execute();
    return gone.map((row) => row.id);
  }

  async findApiKey(hash: string): Promise<ApiKeyRecord | undefined> {
    const row = await this.#db.selectFrom("apiKey").selectAll().where("hash", "=", hash).executeTakeFirst();
    if (!row) return undefined;
    const { policy, ...key } = row;
    return policy === null ? key : { ...key, policy: JSON.parse(policy) };
  }

  async saveApiKey(record: ApiKeyRecord): Promise<void> {
    const row = apiKeyRow(record);
    await this.#db
      .insertInto("apiKey")
      .values(row)
      .onConflict((taken) => taken.column("id").doUpdateSet(row))
      .execute();
  }

  async replaceApiKeys(records: readonly ApiKeyRecord[]): Promise<void> {
    await this.#db.transaction().execute(async (on) => {
      await on.deleteFrom("apiKey").execute();
      for (const record of records) await on.insertInto("apiKey").values(apiKeyRow(record)).execute();
    });
  }

  async secret(name: string): Promise<Uint8Array> {
    await this.#db
      .insertInto("secret")
      .values({ name, value: randomBytes(32) })
      .onConflict((taken) => taken.column("name").doNothing())
      .execute();
    const row = await this.#db.selectFrom("secret").select("value").where("name", "=", name).executeTakeFirstOrThrow();
    return row.value;
  }

  check(): Promise<void> {
    return this.#engine.check();
  }

  close(): Promise<void> {
    this.#closing ??= this.#engine.close();
    return this.#closing;
  }

  async #requireSnapshot(id: string): Promise<{ revision: number; state: Uint8Array }> {
    const newestFirst = this.#db
      .selectFrom("snapshot")
      .select(["revision", "state", "sha256"])
      .where("templateId", "=", id)
      .orderBy("revision", "desc");
    const snapshots = await newestFirst.execute();
    if (snapshots.length === 0) throw templateNotFound(id);
    const sound = snapshots.find(({ state, sha256 }) => sha256Of(state) === sha256);
    const damaged = snapshots.filter(({ revision }) => revision > (sound?.revision ?? -1));
    for (const { revision } of damaged) this.#onDamage({ templateId: id, revision });
    if (sound) {
      // Else it would count as the one kept before the next, in the place of a sound one.
      if (damaged.length > 0) await this.#dropSnapshotsAfter(id, sound.revision);
      return sound;
    }
    throw new WaggleError("INTERNAL", {
      message: "Every snapshot of this template is damaged. Restore the database from a backup.",
      data: { templateId: id },
    });
  }

  async #dropSnapshotsAfter(id: string, revision: number): Promise<void> {
    await this.#db.deleteFrom("snapshot").where("templateId", "=", id).where("revision", ">", revision).execute();
  }

  async #whyRefused(id: string, epoch: number): Promise<AppendRefusal> {
    const row = await this.#db.selectFrom("template").select("leaseEpoch").where("id", "=", id).executeTakeFirst();
    if (!row) return "template-gone";
    return row.leaseEpoch === epoch ? "not-next-revision" : "stale-epoch";
  }

  async #lastRevision(id: string): Promise<number> {
    const row = await this.#db
      .selectFrom("entry")
      .select("revision")
      .where("templateId", "=", id)
      .orderBy("revision", "desc")
      .limit(1)
      .executeTakeFirst();
    return row?.revision ?? 0;
  }
}

function toRecord({
  ownerHandle,
  mergeTags,
  leaseEpoch: _,
  compactedTo: _compacted,
  policy,
  ...rest
}: Selectable<Tables["template"]>): TemplateRecord {
  return {
    ...rest,
    ...(ownerHandle === null ? {} : { ownerHandle }),
    ...(mergeTags === null ? {} : { mergeTags: JSON.parse(mergeTags) }),
    ...(policy === null ? {} : { policy: JSON.parse(policy) }),
  };
}

function toEntry(row: Selectable<Tables["entry"]>): StoredEntry {
  return {
    revision: row.revision,
    actor: JSON.parse(row.actor),
    operation: row.operation,
    changeSet: JSON.parse(row.changeSet),
    at: row.at,
    update: row.updateBytes,
    ...(row.excluded === null ? {} : { excluded: JSON.parse(row.excluded) }),
    ...(row.fromRevision === null ? {} : { from: row.fromRevision }),
  };
}

function apiKeyRow({ policy, ...key }: ApiKeyRecord) {
  return { ...key, policy: policy === undefined ? null : JSON.stringify(policy) };
}

function appendRow(templateId: string, epoch: number, entry: EntryToAppend): AppendRow {
  const { callKey = null, ...receipt } = entry.receipt ?? {};
  return {
    templateId,
    revision: entry.revision,
    actor: JSON.stringify(entry.actor),
    operation: entry.operation,
    changeSet: JSON.stringify(entry.changeSet),
    at: entry.at,
    updateBytes: entry.update,
    excluded: entry.excluded ? JSON.stringify(entry.excluded) : null,
    callKey,
    receipt: callKey === null ? null : JSON.stringify(receipt),
    epoch,
  };
}

function snapshotRow(templateId: string, revision: number, state: Uint8Array): Tables["snapshot"] {
  return { templateId, revision, state, sha256: sha256Of(state) };
}
