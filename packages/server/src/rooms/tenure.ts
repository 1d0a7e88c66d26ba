import type { SealedFrame } from "@waggle/contract";
import type { CompactableEntry } from "@waggle/template";
import type { Log } from "../observability/log.ts";
import type { Storage, StoredEntry, TemplateRecord } from "../storage/storage.ts";
import { CommitLog, type CommitLogOptions } from "./commit-log.ts";
import { knowsClient, loadDocument } from "./document-bytes.ts";
import { LiveDocument } from "./live-document.ts";
import { RecentLog, recentEntries } from "./recent-log.ts";

/** What a room holds while it owns the lease of its template. */
export interface Tenure {
  readonly document: LiveDocument;
  readonly log: RecentLog;
  readonly commits: CommitLog;
}

export interface TenureOptions extends Pick<CommitLogOptions, "onSaved"> {
  readonly storage: Storage;
  readonly log: Log;
  /** Clients that hold the document have to load afresh: another generation is needed. */
  readonly mustRenew: boolean;
  readonly onFailed: (tenure: Tenure, failure: Parameters<CommitLogOptions["onFailed"]>[0]) => void;
}

export interface OpenedTenure {
  readonly tenure: Tenure;
  readonly generation: number;
  /** Revision of the newest snapshot on disk. */
  readonly snapshotRevision: number;
  /** The latest ones on disk. */
  readonly entries: readonly CompactableEntry[];
}

/** Takes the lease, so that an owner before can't write any more, and loads what is on disk. */
export async function openTenure(
  { id, generation }: Pick<TemplateRecord, "id" | "generation">,
  options: TenureOptions,
): Promise<OpenedTenure> {
  const { storage } = options;
  let epoch = await storage.acquireLease(id);
  const stored = await storage.loadDocument(id);
  const entries = await storage.entriesSince(id, Math.max(0, stored.revision - recentEntries));
  const { doc, isMended } = loadDocument(stored);
  // Somebody may have drawn this very number; two writers with one id would diverge for good.
  while (knowsClient(doc, epoch)) epoch = await storage.acquireLease(id);
  doc.clientID = epoch;
  const document = new LiveDocument(doc);
  if (isMended) {
    options.log.error({ templateId: id, revision: stored.revision }, "A stored document was damaged and was mended.");
    await storage.writeSnapshot(id, stored.revision, document.encode());
  }
  const newGeneration = isMended || options.mustRenew ? generation + 1 : generation;
  if (newGeneration !== generation) await storage.changeTemplate(id, { generation: newGeneration });
  const commits = new CommitLog({
    templateId: id,
    epoch,
    storage,
    revision: stored.revision,
    onSaved: options.onSaved,
    onFailed: (failure) => options.onFailed(tenure, failure),
  });
  const recent = entries.map(toLogEntry);
  const log = new RecentLog(stored.revision, recent);
  const tenure: Tenure = { document, log, commits };
  const snapshotRevision = isMended ? stored.revision : stored.revision - stored.updates.length;
  return { tenure, generation: newGeneration, snapshotRevision, entries: recent };
}

/** An entry in the words of the template package. */
export function toLogEntry({
  revision,
  actor,
  operation,
  changeSet,
  at,
  excluded,
  from,
}: StoredEntry): CompactableEntry {
  return {
    revision,
    actor,
    operation,
    change: changeSet,
    at,
    ...(excluded ? { excluded } : {}),
    ...(from === undefined ? {} : { from }),
  };
}

/** What a sealed session ended with. */
export function lastState({ document, log }: Tenure): Pick<SealedFrame, "revision" | "stateVector"> {
  return { revision: log.revision, stateVector: Buffer.from(document.stateVector).toString("base64") };
}
