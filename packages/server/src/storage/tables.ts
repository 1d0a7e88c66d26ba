import type { AppendRow } from "./append-query.ts";

/** The one schema, as Kysely sees it. Columns are snake case in the database. */
export interface Tables {
  readonly template: TemplateTable;
  readonly entry: Omit<AppendRow, "epoch">;
  readonly snapshot: SnapshotTable;
  readonly apiKey: ApiKeyTable;
  readonly secret: SecretTable;
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
}

interface SecretTable {
  readonly name: string;
  readonly value: Uint8Array;
}
