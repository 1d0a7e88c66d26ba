import { type Actor, WaggleError } from "@waggle/contract";
import type { ChangeSet, Json } from "@waggle/template";
import type { Policy } from "../policy/policy.ts";

/** What is known of a template besides its document. Times are Unix milliseconds. */
export interface TemplateRecord {
  readonly id: string;
  /** Who manages its session: an editor in a browser, or a backend through the API. */
  readonly kind: "editor" | "api";
  /** Changes only when the document is rebuilt from other bytes. */
  readonly generation: number;
  readonly state: "open" | "sealed";
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly clientId: string;
  /** `userHandle` of the person whose editor started it. */
  readonly ownerHandle?: string;
  /** Values for the preview; never part of the document. */
  readonly mergeTags?: Json;
  /** What agents may do with it, whichever key they have. */
  readonly policy?: Policy;
}

/** What may change in a template's record. */
export type TemplatePatch = Partial<Pick<TemplateRecord, "state" | "expiresAt" | "generation">>;

/** One accepted change as the log keeps it. */
export interface StoredEntry {
  /** Counts up by one from 1; the state a template is created with is revision 0. */
  readonly revision: number;
  readonly actor: Actor;
  /** Name of the operation, or `edit` for a person's direct editing. */
  readonly operation: string;
  readonly changeSet: ChangeSet;
  readonly at: number;
  /** The Yjs update (version 1) that carries the change set. Empty once snapshots make it needless. */
  readonly update: Uint8Array;
  /** Revisions this entry takes back. */
  readonly excluded?: readonly number[];
  /** Set when it stands for several entries: the first of their revisions. `revision` is the last. */
  readonly from?: number;
}

/** A document's bytes: a verified snapshot, and every update after it in order. */
export interface StoredDocument {
  /** Revision of the last update, or of the snapshot when none follows. */
  readonly revision: number;
  readonly state: Uint8Array;
  readonly updates: readonly Uint8Array[];
}

/** An API key at rest; the key itself is never stored. */
export interface ApiKeyRecord {
  readonly id: string;
  /** SHA-256 of the key, hex. */
  readonly hash: string;
  readonly clientId: string;
  readonly createdAt: number;
  /** What agents with this key may do; everything when absent. */
  readonly policy?: Policy;
}

/** What a call that named an idempotency key was, and what it came to. Kept with the entry it wrote. */
export interface CallReceipt {
  /** Unique for the API key that sent it. */
  readonly callKey: string;
  /** Digest of the tool and its arguments. */
  readonly fingerprint: string;
  readonly outcome: Json;
}

/** An entry on its way to disk. */
export interface EntryToAppend extends StoredEntry {
  /**
   * Nobody waits for it: it may be held back a moment so that others share its commit. Whatever is asked of the store after
   * it takes it along at once.
   */
  readonly canWait?: boolean;
  /** Read back by `findReceipt` alone. */
  readonly receipt?: CallReceipt;
}

/** How far a log may be compacted, and how much of it in one go. */
export interface CompactRequest {
  /** Later entries stay as they are. */
  readonly upTo: number;
  /** Entries read in one go; the rest is for the next call. */
  readonly limit: number;
  /** Typing with longer pauses stays apart. Milliseconds. */
  readonly longestPauseMs: number;
}

/** What one call of `compactLog` did. */
export interface CompactedPart {
  /** Up to here the log is compacted now. */
  readonly revision: number;
  /** Entries that were looked at, and what they became. */
  readonly before: number;
  readonly after: number;
  /** Whether nothing is left to do before the next snapshot. */
  readonly isDone: boolean;
}

/**
 * Where templates live. Every write is on disk when its promise resolves.
 * One suite, `contract.test-suite.ts`, says what each adapter owes.
 */
export interface Storage {
  /** Makes the template at revision 0 with lease epoch 0. Rejects when the id is taken. */
  createTemplate(record: TemplateRecord, state: Uint8Array): Promise<void>;
  findTemplate(id: string): Promise<TemplateRecord | undefined>;
  /** Rejects with TEMPLATE_NOT_FOUND. */
  changeTemplate(id: string, patch: TemplatePatch): Promise<void>;
  /** The next epoch, 1 or more; from now on appends with an older one are refused. Rejects with TEMPLATE_NOT_FOUND. */
  acquireLease(id: string): Promise<number>;
  /** The newest sound snapshot and what follows it. Rejects with TEMPLATE_NOT_FOUND, or INTERNAL when none is sound. */
  loadDocument(id: string): Promise<StoredDocument>;
  /** Entries with a higher revision, oldest first. */
  entriesSince(id: string, revision: number, limit?: number): Promise<StoredEntry[]>;
  /** Rejects with NOT_SAVED; `appendRefusal` tells why. Appends of one template keep their order. */
  append(id: string, epoch: number, entry: EntryToAppend): Promise<void>;
  /** What the call with this key came to; undefined when no entry was written for it. */
  findReceipt(id: string, callKey: string): Promise<CallReceipt | undefined>;
  /** Keeps this snapshot and the one before. Rejects with INVALID_CHANGE when the log is not that far. */
  writeSnapshot(id: string, revision: number, state: Uint8Array): Promise<void>;
  /**
   * Makes the next part of the log smaller, from where the last call ended: a run of typing becomes one entry (as
   * `compactLog` of the template package has it), and updates are dropped. Only what the older one of two sound snapshots
   * covers is touched, so the document can be loaded from either as before. All of the part or nothing is on disk, and
   * appends go on meanwhile. Rejects with TEMPLATE_NOT_FOUND, or NOT_SAVED when a newer owner holds the lease.
   */
  compactLog(id: string, epoch: number, request: CompactRequest): Promise<CompactedPart>;
  /** Removes templates whose `expiresAt` is `now` or earlier, with their log; resolves to their ids. */
  deleteExpired(now: number): Promise<string[]>;
  findApiKey(hash: string): Promise<ApiKeyRecord | undefined>;
  /** Replaces the key of the same id. */
  saveApiKey(key: ApiKeyRecord): Promise<void>;
  /** These are all the keys there are from now on. */
  replaceApiKeys(keys: readonly ApiKeyRecord[]): Promise<void>;
  /** 32 random bytes by that name, made on first use and the same ever after. */
  secret(name: string): Promise<Uint8Array>;
  /** Resolves while the store answers queries, takes writes and is not known to be damaged. */
  check(): Promise<void>;
  /** Finishes what was begun; later calls reject. */
  close(): Promise<void>;
}

/**
 * Why an append was refused: a newer owner holds the lease, the revision is not the next one, the template is gone, or
 * the disk failed.
 */
export type AppendRefusal = "stale-epoch" | "not-next-revision" | "template-gone" | "disk";

const refusalMessages: Readonly<Record<AppendRefusal, string>> = {
  "stale-epoch": "Another owner has taken over this template. Connect again.",
  "not-next-revision": "The change does not follow the last one on disk. Load the template again.",
  "template-gone": "The template does not exist any more.",
  disk: "The change could not be written to disk. Try again.",
};

/** What `append` rejects with. */
export function refuseAppend(refusal: AppendRefusal, cause?: unknown): WaggleError {
  return new WaggleError("NOT_SAVED", { message: refusalMessages[refusal], data: { refusal }, cause });
}

/** The reason inside a rejection of `append`; undefined for any other error. */
export function appendRefusal(error: unknown): AppendRefusal | undefined {
  if (!(error instanceof WaggleError) || error.code !== "NOT_SAVED") return undefined;
  const { refusal } = error.data;
  return isRefusal(refusal) ? refusal : undefined;
}

function isRefusal(value: unknown): value is AppendRefusal {
  return typeof value === "string" && Object.hasOwn(refusalMessages, value);
}
