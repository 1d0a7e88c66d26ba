import { type ElementId, kindOf, type NodeData, rootId, settingsId } from "../document/node.ts";
import { childrenOf, type Snapshot } from "../document/snapshot.ts";
import { isRichText, type Json, type Value } from "../document/value.ts";
import { tableKey } from "../modules/table-key.ts";
import type { TextCodec } from "../rich-text/text-codec.ts";
import { childrenKey } from "./import-page.ts";
import { type JsonObject, type Leaf, objectOf } from "./pointer.ts";
import { serialiseTable } from "./table-content.ts";

export interface ExportOptions {
  readonly codec: TextCodec;
}

/** The page JSON of a snapshot. What nobody touched since the import is as it came, uuids aside. */
export function exportPage(snapshot: Snapshot, { codec }: ExportOptions): JsonObject {
  const settings = snapshot.nodes.get(settingsId) ?? {};
  return objectOf(leavesWithChildren(settings, { codec, children: exportChildren(snapshot, { id: rootId, codec }) }));
}

/** The JSON of one row with all it holds, as rows are saved and sent. `{}` when there is no such row. */
export function exportRow(snapshot: Snapshot, rowId: ElementId, { codec }: ExportOptions): JsonObject {
  return exportElement(snapshot, { id: rowId, codec });
}

interface ExportPlace {
  readonly id: ElementId;
  readonly codec: TextCodec;
}

function exportChildren(snapshot: Snapshot, { id, codec }: ExportPlace): readonly Json[] {
  return childrenOf(snapshot, id).map((childId) => exportElement(snapshot, { id: childId, codec }));
}

function exportElement(snapshot: Snapshot, { id, codec }: ExportPlace): JsonObject {
  const node = snapshot.nodes.get(id) ?? {};
  return objectOf(leavesWithChildren(node, { codec, children: exportChildren(snapshot, { id, codec }) }));
}

interface LeafOptions {
  readonly codec: TextCodec;
  readonly children: readonly Json[];
}

function* leavesWithChildren(node: NodeData, { codec, children }: LeafOptions): Generator<Leaf> {
  const kind = kindOf(node);
  const listKey = kind === "module" ? undefined : childrenKey[kind];
  for (const key of Object.keys(node)) {
    const value = node[key];
    if (!key.startsWith("/") || value === undefined) continue;
    yield [key, key === listKey ? children : propertyJson(key, value, codec)];
  }
  if (listKey && children.length > 0 && node[listKey] === undefined) yield [listKey, children];
}

/** One property of an element as it stands in the page JSON: rich text as HTML, the content of a table as its rows. */
export function propertyJson(key: string, value: Value, codec: TextCodec): Json {
  if (!isRichText(value)) return value;
  return key === tableKey ? serialiseTable(value, codec) : codec.serialise(value);
}
