import { type ColumnDataType, type Kysely, sql } from "kysely";
import { type Migration, Migrator } from "kysely/migration";
import type { Tables } from "./tables.ts";

/** Where the databases' types differ. */
export interface ColumnTypes {
  readonly bytes: ColumnDataType;
}

/** Brings the database to the newest schema; safe to run again after it was cut off. */
export async function migrate(db: Kysely<Tables>, types: ColumnTypes): Promise<void> {
  const migrations = {
    "0001-templates": templates(types),
    "0002-keys": keys(types),
    "0003-compaction": compaction(),
    "0004-receipts-and-policies": receiptsAndPolicies(),
  };
  const { error } = await new Migrator({ db, provider: { getMigrations: async () => migrations } }).migrateToLatest();
  if (error) throw new Error("The database could not be brought to the current schema.", { cause: error });
}

function templates({ bytes }: ColumnTypes): Migration {
  return {
    async up(db) {
      await db.schema
        .createTable("template")
        .ifNotExists()
        .addColumn("id", "text", (column) => column.primaryKey())
        .addColumn("kind", "text", (column) => column.notNull())
        .addColumn("generation", "integer", (column) => column.notNull())
        .addColumn("state", "text", (column) => column.notNull())
        .addColumn("createdAt", "bigint", (column) => column.notNull())
        .addColumn("expiresAt", "bigint", (column) => column.notNull())
        .addColumn("clientId", "text", (column) => column.notNull())
        .addColumn("ownerHandle", "text")
        .addColumn("mergeTags", "text")
        .addColumn("leaseEpoch", "integer", (column) => column.notNull())
        .execute();
      await db.schema.createIndex("template_by_expiry").ifNotExists().on("template").column("expiresAt").execute();
      await db.schema
        .createTable("entry")
        .ifNotExists()
        .addColumn("templateId", "text", (column) => column.notNull().references("template.id").onDelete("cascade"))
        .addColumn("revision", "integer", (column) => column.notNull())
        .addColumn("actor", "text", (column) => column.notNull())
        .addColumn("operation", "text", (column) => column.notNull())
        .addColumn("changeSet", "text", (column) => column.notNull())
        .addColumn("at", "bigint", (column) => column.notNull())
        .addColumn("updateBytes", bytes, (column) => column.notNull())
        .addColumn("excluded", "text")
        .addPrimaryKeyConstraint("entry_key", ["templateId", "revision"])
        .execute();
      await db.schema
        .createTable("snapshot")
        .ifNotExists()
        .addColumn("templateId", "text", (column) => column.notNull().references("template.id").onDelete("cascade"))
        .addColumn("revision", "integer", (column) => column.notNull())
        .addColumn("state", bytes, (column) => column.notNull())
        .addColumn("sha256", "text", (column) => column.notNull())
        .addPrimaryKeyConstraint("snapshot_key", ["templateId", "revision"])
        .execute();
    },
  };
}

function keys({ bytes }: ColumnTypes): Migration {
  return {
    async up(db) {
      await db.schema
        .createTable("apiKey")
        .ifNotExists()
        .addColumn("id", "text", (column) => column.primaryKey())
        .addColumn("hash", "text", (column) => column.notNull().unique())
        .addColumn("clientId", "text", (column) => column.notNull())
        .addColumn("createdAt", "bigint", (column) => column.notNull())
        .execute();
      await db.schema
        .createTable("secret")
        .ifNotExists()
        .addColumn("name", "text", (column) => column.primaryKey())
        .addColumn("value", bytes, (column) => column.notNull())
        .execute();
    },
  };
}

function compaction(): Migration {
  return {
    async up(db) {
      // There is no `if not exists` for columns everywhere.
      if (!(await hasColumn(db, "entry", "from_revision"))) {
        await db.schema.alterTable("entry").addColumn("fromRevision", "integer").execute();
      }
      if (!(await hasColumn(db, "template", "compacted_to"))) {
        await db.schema
          .alterTable("template")
          .addColumn("compactedTo", "integer", (column) => column.notNull().defaultTo(0))
          .execute();
      }
      await db.schema
        .createIndex("entry_of_reverts")
        .ifNotExists()
        .on("entry")
        .columns(["templateId", "revision"])
        .where(sql.ref("excluded"), "is not", null)
        .execute();
    },
  };
}

function receiptsAndPolicies(): Migration {
  return {
    async up(db) {
      const added = [
        ["entry", "callKey", "call_key"],
        ["entry", "receipt", "receipt"],
        ["template", "policy", "policy"],
        ["apiKey", "policy", "policy"],
      ] as const;
      for (const [table, column, name] of added) {
        const tableName = table === "apiKey" ? "api_key" : table;
        if (await hasColumn(db, tableName, name)) continue;
        await db.schema.alterTable(table).addColumn(column, "text").execute();
      }
      await db.schema
        .createIndex("entry_of_calls")
        .ifNotExists()
        .on("entry")
        .columns(["templateId", "callKey"])
        .where(sql.ref("call_key"), "is not", null)
        .execute();
    },
  };
}

/** Names as the database has them. */
async function hasColumn(db: Kysely<unknown>, table: string, column: string): Promise<boolean> {
  const tables = await db.introspection.getTables();
  const found = tables.find(({ name }) => name === table);
  return found?.columns.some(({ name }) => name === column) ?? false;
}
