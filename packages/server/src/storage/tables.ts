import type { ColumnType, Generated } from "kysely";
import type { AppendRow } from "./append-query.ts";

/** The one schema, as Kysely sees it. Columns are snake case in the database. */
export interface Tables {
  readonly template: TemplateTable;
  readonly entry: EntryTable;
  readonly snapshot: SnapshotTable;
  readonly apiKey: ApiKeyTable;
  readonly secret: SecretTable;
}

interface EntryTable extends Omit<AppendRow, "epoch"> {
  /** The first revision of a row that stands for several. */
  readonly fromRevision: ColumnType<number | null, number | null | undefined>;
}

interface TemplateTable {
  readonly id: string;
  readonly kind: "editor" | "api";
  readonly generation: number;
  readonly state: "open" | "sealed";
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly clientId: string;
  readonly ownerHandle: string | null;
  /** JSON. */
  readonly mergeTags: string | null;
  readonly leaseEpoch: number;
  /** Entries up to this revision have been compacted. */
  readonly compactedTo: Generated<number>;
  /** JSON. */
  readonly policy: ColumnType<string | null, string | null | undefined>;
}

interface SnapshotTable {
  readonly templateId: string;
  readonly revision: number;
  readonly state: Uint8Array;
  readonly sha256: string;
}

interface ApiKeyTable {
  readonly id: string;
  readonly hash: string;
  readonly clientId: string;
  readonly createdAt: number;
  /** JSON. */
  readonly policy: ColumnType<string | null, string | null | undefined>;
}

interface SecretTable {
  readonly name: string;
  readonly value: Uint8Array;
}
