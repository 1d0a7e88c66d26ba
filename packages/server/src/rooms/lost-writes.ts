import { type ChangeSet, invertDelta, isTextCell, type NodeChange } from "@waggle/template";
import { textFragment } from "@waggle/template/binding";
import * as Y from "yjs";
import type { KnownDocument } from "./update-guard.ts";

/** What is lost comes back as an entry of this name, by the server. */
export const recoverOperation = "recover";

/**
 * The part of a client's update that servers before this one wrote and that is not in the document: they showed it, and died
 * before it was on disk. Undefined when there is none. It holds no deletions: whose those were can't be told, and what a
 * person deleted is the person's. The update has to be sound.
 */
export function lostWritesIn(update: Uint8Array, { epoch, clockOf }: KnownDocument): Uint8Array | undefined {
  const { to } = Y.parseUpdateMeta(update);
  // Servers write with their lease epochs as client ids.
  const isLost = (client: number): boolean => client < epoch && (to.get(client) ?? 0) > clockOf(client);
  const others = new Map([...to].filter(([client]) => !isLost(client)));
  if (others.size === to.size) return undefined;
  return withoutDeletions(Y.diffUpdate(update, Y.encodeStateVector(others)));
}

/**
 * Takes back what came back too late: texts that a later server has written into meanwhile. Without it both would stand there,
 * letters through each other. `change` is what `lost` has just made of the document.
 */
export function takeBackOutdated(
  doc: Y.Doc,
  { lost, change }: { readonly lost: Uint8Array; readonly change: ChangeSet },
): ChangeSet {
  const latestLost = Math.max(...Y.parseUpdateMeta(lost).to.keys());
  const isLater = (client: number): boolean => client > latestLost && client <= doc.clientID;
  const back: Record<string, NodeChange> = {};
  for (const [id, nodeChange] of Object.entries(change)) {
    for (const [key, cell] of Object.entries(nodeChange)) {
      const fragment = isTextCell(cell) ? textFragment(doc, id, key) : undefined;
      if (!fragment || !isTextCell(cell) || !hasLetterOf(fragment, isLater)) continue;
      back[id] = { ...back[id], [key]: { text: invertDelta(cell.text) } };
    }
  }
  return back;
}

function hasLetterOf(parent: Y.XmlFragment | Y.XmlText, isWanted: (client: number) => boolean): boolean {
  for (let item = parent._start; item; item = item.right) {
    if (item.deleted) continue;
    if (item.content instanceof Y.ContentString && isWanted(item.id.client)) return true;
    const inside = item.content instanceof Y.ContentType ? item.content.type : undefined;
    const isText = inside instanceof Y.XmlFragment || inside instanceof Y.XmlText;
    if (isText && hasLetterOf(inside, isWanted)) return true;
  }
  return false;
}

/** The deletions are what an update ends with; 0 says that there are none. */
function withoutDeletions(update: Uint8Array): Uint8Array {
  const { clients } = Y.decodeUpdate(update).ds;
  const numbers = [clients.size];
  for (const [client, deletions] of clients) {
    numbers.push(client, deletions.length);
    for (const { clock, len } of deletions) numbers.push(clock, len);
  }
  const bytes = numbers.reduce((sum, each) => sum + encodedLength(each), 0);
  const rest = new Uint8Array(update.length - bytes + 1);
  rest.set(update.subarray(0, update.length - bytes));
  return rest;
}

/** Bytes of a number in lib0's encoding: seven bits each. */
function encodedLength(number: number): number {
  let bytes = 1;
  for (let rest = Math.floor(number / 128); rest > 0; rest = Math.floor(rest / 128)) bytes += 1;
  return bytes;
}
