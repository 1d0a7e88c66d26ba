import type { StoredEntry, TemplateRecord } from "./storage.ts";

export function templateRecord(id: string, rest: Partial<TemplateRecord> = {}): TemplateRecord {
  return {
    id,
    kind: "editor",
    generation: 1,
    state: "open",
    createdAt: 1_000,
    expiresAt: 2_000,
    clientId: "acme",
    ...rest,
  };
}

export function storedEntry(revision: number, rest: Partial<StoredEntry> = {}): StoredEntry {
  return {
    revision,
    actor: { kind: "agent", id: "agent-1", name: "Scout", owner: "ann" },
    operation: "add_title",
    changeSet: { settings: { "/page/title": { before: "Spring", after: "Summer" } } },
    at: 1_700_000_000_000 + revision,
    update: bytes(revision, revision % 251),
    ...rest,
  };
}

export function bytes(...values: number[]): Uint8Array {
  return Uint8Array.from(values.map((value) => value % 256));
}
