import { type Kysely, sql } from "kysely";
import type { Tables } from "./tables.ts";

/** One row of the log, and the epoch it is written under. */
export interface AppendRow {
  readonly templateId: string;
  readonly revision: number;
  /** JSON, as `changeSet` and `excluded`. */
  readonly actor: string;
  readonly operation: string;
  readonly changeSet: string;
  readonly at: number;
  readonly updateBytes: Uint8Array;
  readonly excluded: string | null;
  /** Of a call that named an idempotency key. */
  readonly callKey: string | null;
  /** JSON: what that call was and what it came to. */
  readonly receipt: string | null;
  readonly epoch: number;
}

export interface AppendQuery {
  readonly sql: string;
  /** Parameters of `sql` for one row, in its order. */
  parametersOf(row: AppendRow): AppendRow[keyof AppendRow][];
}

/**
 * The insert of the log, compiled once: compiling costs more than writing. Lease and order are judged by the statement
 * itself, so nothing can come between judging and writing. No row inserted means refused.
 */
export function compileAppend(db: Kysely<Tables>): AppendQuery {
  const compiled = db
    .insertInto("entry")
    .columns([
      "templateId",
      "revision",
      "actor",
      "operation",
      "changeSet",
      "at",
      "updateBytes",
      "excluded",
      "callKey",
      "receipt",
    ])
    .expression(
      db
        .selectNoFrom([
          slot("templateId").as("templateId"),
          slot("revision").as("revision"),
          slot("actor").as("actor"),
          slot("operation").as("operation"),
          slot("changeSet").as("changeSet"),
          slot("at").as("at"),
          slot("updateBytes").as("updateBytes"),
          slot("excluded").as("excluded"),
          slot("callKey").as("callKey"),
          slot("receipt").as("receipt"),
        ])
        .where(({ exists, selectFrom }) =>
          exists(
            selectFrom("template")
              .select("template.id")
              .where("template.id", "=", slot("templateId"))
              .where("template.leaseEpoch", "=", slot("epoch")),
          ),
        )
        .where(
          ({ selectFrom }) =>
            sql<boolean>`${slot("revision")} = 1 + (${selectFrom("entry")
              .select((entry) => entry.fn.coalesce(entry.fn.max("entry.revision"), sql<number>`0`).as("last"))
              .where("entry.templateId", "=", slot("templateId"))})`,
        ),
    )
    .compile();
  // The parameters of the compiled query are the slots' own names.
  const slots = compiled.parameters as (keyof AppendRow)[];
  return { sql: compiled.sql, parametersOf: (row) => slots.map((name) => row[name]) };
}

/** A parameter that stands for a member of the row. */
function slot<Name extends keyof AppendRow>(name: Name) {
  return sql<AppendRow[Name]>`${name}`;
}
