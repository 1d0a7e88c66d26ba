import * as Y from "yjs";
import { creates, isTextCell, purges } from "../change-set/algebra.ts";
import type { ChangeSet, NodeChange, TextDelta } from "../change-set/types.ts";
import { type ElementId, isUsableId, type NodeData, settingsId } from "../document/node.ts";
import { type Snapshot, snapshotOf } from "../document/snapshot.ts";
import { isRichText, type Value } from "../document/value.ts";
import { writeFragment } from "./fragment.ts";
import { fragmentIn, nodeMapOf, nodesOf, readKey, readNode, settingsOf, writeKey, writeNode } from "./layout.ts";

/** The document as plain data. Costs about a millisecond for 100 modules: keep a DocumentMirror instead of calling it per edit. */
export function readDocument(doc: Y.Doc): Snapshot {
  const nodes: [ElementId, NodeData][] = [];
  nodesOf(doc).forEach((map, id) => {
    if (isUsableId(id)) nodes.push([id, readNode(map)]);
  });
  nodes.push([settingsId, { ...readNode(settingsOf(doc)), type: "settings" }]);
  return snapshotOf(nodes);
}

/**
 * Writes a change in one transaction with the given origin. The change has to fit: it was made on a snapshot that mirrors
 * this document. Text is edited in place, so what others type meanwhile stays where it is.
 */
export function writeChange(doc: Y.Doc, change: ChangeSet, origin: unknown): void {
  writeChangeOver(doc, change, { origin });
}

export interface WriteOptions {
  readonly origin: unknown;
  /** The snapshot that mirrors the document, from a caller who holds it: texts are then not read from Yjs first. */
  readonly before?: Snapshot;
}

/** `writeChange` for a caller who keeps a snapshot beside the document. */
export function writeChangeOver(doc: Y.Doc, change: ChangeSet, { origin, before }: WriteOptions): void {
  doc.transact(() => {
    for (const id of Object.keys(change)) {
      writeNodeChange(doc, { id, change: change[id] ?? {}, before: before?.nodes.get(id) });
    }
  }, origin);
}

interface NodeWrite {
  readonly id: ElementId;
  readonly change: NodeChange;
  readonly before: NodeData | undefined;
}

function writeNodeChange(doc: Y.Doc, write: NodeWrite): void {
  const { id, change } = write;
  if (id === settingsId) writeSettings(doc, write);
  else if (purges(change)) nodesOf(doc).delete(id);
  else if (creates(change)) createNode(doc, id, change);
  else writeCells(doc, write);
}

function createNode(doc: Y.Doc, id: ElementId, change: NodeChange): void {
  const map: Y.Map<unknown> = new Y.Map();
  nodesOf(doc).set(id, map);
  writeNode(map, createdNode(change));
}

function writeSettings(doc: Y.Doc, write: NodeWrite): void {
  if (settingsOf(doc).size === 0) writeNode(settingsOf(doc), createdNode(write.change));
  else writeCells(doc, write);
}

function writeCells(doc: Y.Doc, { id, change, before }: NodeWrite): void {
  const map = nodeMapOf(doc, id);
  if (!map) return;
  for (const key of Object.keys(change)) {
    const cell = change[key];
    if (!cell) continue;
    if (!isTextCell(cell)) writeKey(map, key, cell.after);
    else writeText(map, { key, delta: cell.text, before: before?.[key] });
  }
}

interface TextWrite {
  readonly key: string;
  readonly delta: TextDelta;
  readonly before: Value | undefined;
}

function writeText(map: Y.Map<unknown>, { key, delta, before }: TextWrite): void {
  const fragment = fragmentIn(map, key);
  const text = before ?? readKey(map, key);
  if (fragment && isRichText(text)) writeFragment(fragment, text, delta);
}

function createdNode(change: NodeChange): NodeData {
  const node: Record<string, Value> = {};
  for (const key of Object.keys(change)) {
    const cell = change[key];
    if (cell && !isTextCell(cell) && cell.after !== undefined) node[key] = cell.after;
  }
  return node;
}

/** The live text of an element; text editors bind to it. */
export function textFragment(doc: Y.Doc, id: ElementId, key: string): Y.XmlFragment | undefined {
  return fragmentIn(nodeMapOf(doc, id), key);
}
