import * as Y from "yjs";
import { creates, isTextCell, purges } from "../change-set/algebra.ts";
import type { ChangeSet, NodeChange } from "../change-set/types.ts";
import { type ElementId, type NodeData, settingsId } from "../document/node.ts";
import { type Snapshot, snapshotOf } from "../document/snapshot.ts";
import { isRichText, type Value } from "../document/value.ts";
import { writeFragment } from "./fragment.ts";
import { fragmentIn, nodeMapOf, nodesOf, readKey, readNode, settingsOf, writeKey, writeNode } from "./layout.ts";

/** The document as plain data. Costs about a millisecond for 100 modules: keep a DocumentMirror instead of calling it per edit. */
export function readDocument(doc: Y.Doc): Snapshot {
  const nodes: [ElementId, NodeData][] = [];
  nodesOf(doc).forEach((map, id) => {
    nodes.push([id, readNode(map)]);
  });
  nodes.push([settingsId, { ...readNode(settingsOf(doc)), type: "settings" }]);
  return snapshotOf(nodes);
}

/**
 * Writes a change in one transaction with the given origin. The change has to fit: it was made on a snapshot that mirrors
 * this document. Text is edited in place, so what others type meanwhile stays where it is.
 */
export function writeChange(doc: Y.Doc, change: ChangeSet, origin: unknown): void {
  doc.transact(() => {
    for (const id of Object.keys(change)) writeNodeChange(doc, id, change[id] ?? {});
  }, origin);
}

function writeNodeChange(doc: Y.Doc, id: ElementId, change: NodeChange): void {
  if (id === settingsId) writeSettings(doc, change);
  else if (purges(change)) nodesOf(doc).delete(id);
  else if (creates(change)) createNode(doc, id, change);
  else writeCells(doc, id, change);
}

function createNode(doc: Y.Doc, id: ElementId, change: NodeChange): void {
  const map: Y.Map<unknown> = new Y.Map();
  nodesOf(doc).set(id, map);
  writeNode(map, createdNode(change));
}

function writeSettings(doc: Y.Doc, change: NodeChange): void {
  if (settingsOf(doc).size === 0) writeNode(settingsOf(doc), createdNode(change));
  else writeCells(doc, settingsId, change);
}

function writeCells(doc: Y.Doc, id: ElementId, change: NodeChange): void {
  const map = nodeMapOf(doc, id);
  if (!map) return;
  for (const key of Object.keys(change)) {
    const cell = change[key];
    if (!cell) continue;
    if (!isTextCell(cell)) writeKey(map, key, cell.after);
    else writeText(map, key, cell);
  }
}

function writeText(map: Y.Map<unknown>, key: string, cell: { text: Parameters<typeof writeFragment>[2] }): void {
  const fragment = fragmentIn(map, key);
  const before = readKey(map, key);
  if (fragment && isRichText(before)) writeFragment(fragment, before, cell.text);
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
