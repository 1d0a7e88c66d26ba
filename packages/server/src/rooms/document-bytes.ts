import { setImmediate as nextTurn } from "node:timers/promises";
import { type ChangeSet, diff, isEmpty, type Snapshot } from "@waggle/template";
import { readDocument, writeChange } from "@waggle/template/binding";
import * as Y from "yjs";
import type { StoredDocument } from "../storage/storage.ts";

/** Client id of what a template was created with; owners write with their lease epochs, which start at 1. */
const builderId = 0;

/** The bytes of a new document that holds what `change` makes of an empty one. */
export function buildDocument(change: ChangeSet): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = builderId;
  writeChange(doc, change, { kind: "build" });
  const bytes = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return bytes;
}

/** A document as it was stored, and whether it had to be mended to be loaded. */
export interface LoadedDocument {
  readonly doc: Y.Doc;
  /** True when the stored bytes do not lead to this document: clients that hold them have to load afresh. */
  readonly isMended: boolean;
}

/**
 * Loads what storage keeps and proves that clients can load it too. Bytes that can't be applied are left out; what a new
 * client would see differently is taken as that client would see it.
 */
export function loadDocument({ state, updates }: Pick<StoredDocument, "state" | "updates">): LoadedDocument {
  const whole = tryLoad([state, ...updates]);
  // A snapshot was proved when it was written, and its checksum when it was read.
  const isProved = updates.length === 0;
  if (whole && (isProved || isSound(whole))) return { doc: whole, isMended: false };
  whole?.destroy();
  return { doc: mend(state, updates), isMended: true };
}

/** The snapshot of stored bytes, without taking part in the room. */
export function readStoredDocument(stored: Pick<StoredDocument, "state" | "updates">): Snapshot {
  const { doc } = loadDocument(stored);
  const snapshot = readDocument(doc);
  doc.destroy();
  return snapshot;
}

/** Whether a client that loads these bytes sees exactly this. Lets others have their turn between its steps. */
export async function provesToLoadAs(bytes: Uint8Array, expected: Snapshot): Promise<boolean> {
  const copy = tryLoad([bytes]);
  if (!copy) return false;
  await nextTurn();
  const read = readDocument(copy);
  copy.destroy();
  await nextTurn();
  return isEmpty(diff(read, expected));
}

/** The same at once. */
export function loadsAs(bytes: Uint8Array, expected: Snapshot): boolean {
  const copy = tryLoad([bytes]);
  if (!copy) return false;
  const isSame = isEmpty(diff(readDocument(copy), expected));
  copy.destroy();
  return isSame;
}

/** The document's bytes, or what a state vector lacks of it, without updates that still wait for others. */
export function encodeDocument(doc: Y.Doc, stateVector?: Uint8Array): Uint8Array {
  const { store } = doc;
  const { pendingStructs, pendingDs } = store;
  forgetPending(doc);
  try {
    return Y.encodeStateAsUpdate(doc, stateVector);
  } finally {
    store.pendingStructs = pendingStructs;
    store.pendingDs = pendingDs;
  }
}

/** Forgets updates that wait for others. */
export function forgetPending(doc: Y.Doc): void {
  doc.store.pendingStructs = null;
  doc.store.pendingDs = null;
}

/** Whether the document has steps of this client. */
export function knowsClient(doc: Y.Doc, clientId: number): boolean {
  return Y.getState(doc.store, clientId) > 0;
}

function newDocument(): Y.Doc {
  const doc = new Y.Doc();
  // Roots have to be maps before bytes arrive: a broken update must not make something else of them.
  doc.getMap("nodes");
  doc.getMap("settings");
  return doc;
}

function tryLoad(updates: readonly Uint8Array[]): Y.Doc | undefined {
  const doc = newDocument();
  try {
    for (const update of updates) Y.applyUpdate(doc, update, "load");
    forgetPending(doc);
    return doc;
  } catch {
    doc.destroy();
    return undefined;
  }
}

function isSound(doc: Y.Doc): boolean {
  try {
    return loadsAs(encodeDocument(doc), readDocument(doc));
  } catch {
    return false;
  }
}

/** Step by step, leaving out each update after which a new client could not load the document. */
function mend(state: Uint8Array, updates: readonly Uint8Array[]): Y.Doc {
  let bytes = state;
  for (const update of updates) bytes = tryMerge(bytes, update) ?? bytes;
  return tryLoad([bytes]) ?? newDocument();
}

function tryMerge(bytes: Uint8Array, update: Uint8Array): Uint8Array | undefined {
  const doc = tryLoad([bytes, update]);
  if (!doc) return undefined;
  try {
    const merged = encodeDocument(doc);
    const copy = tryLoad([merged]);
    if (!copy) return undefined;
    readDocument(copy);
    copy.destroy();
    return merged;
  } catch {
    return undefined;
  } finally {
    doc.destroy();
  }
}
