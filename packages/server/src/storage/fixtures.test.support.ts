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

/** One letter, typed by a person behind the letters before it. */
export function typedEntry(revision: number, rest: Partial<StoredEntry> = {}): StoredEntry {
  const before = revision > 1 ? [{ keep: revision - 1 }] : [];
  return storedEntry(revision, {
    actor: { kind: "person", id: "person-1", name: "Maya" },
    operation: "edit",
    changeSet: { title: { "/text": { text: [...before, { insert: letterOf(revision) }] } } },
    ...rest,
  });
}

export function letterOf(revision: number): string {
  return "abcdefghijklmnopqrstuvwxyz".charAt(revision % 26);
}

export function bytes(...values: number[]): Uint8Array {
  return Uint8Array.from(values.map((value) => value % 256));
}
