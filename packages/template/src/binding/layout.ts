import * as Y from "yjs";
import { type ElementId, type NodeData, settingsId } from "../document/node.ts";
import { isRichText, type Json, type RichText, type Value } from "../document/value.ts";
import { findLeaf, isJsonObject, type JsonObject, leavesOf, objectOf } from "../page-json/pointer.ts";
import { fillFragment, readFragment } from "./fragment.ts";

/**
 * How a node lies in Yjs. Its JSON as it was created is one immutable value under `source`; each property changed since has
 * a key of its own; rich text is a Y.XmlFragment under its pointer, its original HTML a string under "html" + pointer.
 * One value instead of some forty keys an element: a third of the memory, and the key order of the source survives.
 */
export type NodeMap = Y.Map<unknown>;

const sourceKey = "source";
/** Value of a key that `source` has and the element no longer has. No property can be a filled object, so it is unmistakable. */
const absent = { absent: true } as const;

export function htmlKey(pointer: string): string {
  return `html${pointer}`;
}

export function nodesOf(doc: Y.Doc): Y.Map<NodeMap> {
  return doc.getMap<NodeMap>("nodes");
}

export function settingsOf(doc: Y.Doc): NodeMap {
  return doc.getMap("settings");
}

/** The map of an element, or of the settings. */
export function nodeMapOf(doc: Y.Doc, id: ElementId): NodeMap | undefined {
  return id === settingsId ? settingsOf(doc) : nodesOf(doc).get(id);
}

function sourceOf(map: NodeMap): JsonObject {
  const source = map.get(sourceKey);
  return isJsonObject(source) ? source : {};
}

function isAbsent(value: unknown): boolean {
  return isJsonObject(value) && value.absent === true;
}

function readStored(map: NodeMap, key: string): Value | undefined {
  const stored = map.get(key);
  if (stored === undefined || isAbsent(stored)) return undefined;
  if (!(stored instanceof Y.XmlFragment)) return stored as Json; // written by writeKey alone, as JSON
  const html = map.get(htmlKey(key));
  const rich = readFragment(stored);
  return typeof html === "string" ? { rich, html } : { rich };
}

/** One property as it is now. */
export function readKey(map: NodeMap, key: string): Value | undefined {
  if (map.has(key)) return readStored(map, key);
  return key.startsWith("/") ? findLeaf(sourceOf(map), key) : undefined;
}

/** The whole node: the source in its own order with its changes in place, then what was added, by name. */
export function readNode(map: NodeMap): NodeData {
  const node: Record<string, Value> = {};
  for (const key of ["type", "pos"]) assign(node, key, readStored(map, key));
  const seen = new Set<string>();
  for (const [key, value] of leavesOf(sourceOf(map))) {
    seen.add(key);
    assign(node, key, map.has(key) ? readStored(map, key) : value);
  }
  const added = [...map.keys()].filter((key) => key.startsWith("/") && !seen.has(key)).sort();
  for (const key of added) assign(node, key, readStored(map, key));
  return node;
}

function assign(node: Record<string, Value>, key: string, value: Value | undefined): void {
  if (value !== undefined) node[key] = value;
}

/** Writes a new node into its (integrated, empty) map. */
export function writeNode(map: NodeMap, node: NodeData): void {
  const pointers = Object.keys(node).filter((key) => key.startsWith("/"));
  const leaf = (value: Value): Json => (isRichText(value) ? null : value);
  const source = objectOf(pointers.map((key) => [key, leaf(node[key] ?? null)] as const));
  if (pointers.length > 0) map.set(sourceKey, source);
  for (const key of ["type", "pos"]) if (node[key] !== undefined) map.set(key, node[key]);
  for (const key of pointers) {
    const value = node[key];
    if (isRichText(value)) writeRichText(map, key, value);
    // An empty value with properties below it has no place in the source: `mobileStyle: []` and a mobile size.
    else if (value !== undefined && findLeaf(source, key) === undefined) map.set(key, value);
  }
}

/** Sets or, with undefined, removes one property of an existing node. */
export function writeKey(map: NodeMap, key: string, value: Value | undefined): void {
  if (isRichText(value)) writeRichText(map, key, value);
  else if (value !== undefined) map.set(key, value);
  else if (findLeaf(sourceOf(map), key) !== undefined) map.set(key, absent);
  else map.delete(key);
}

function writeRichText(map: NodeMap, key: string, { rich, html }: RichText): void {
  const fragment = new Y.XmlFragment();
  map.set(key, fragment);
  fillFragment(fragment, rich);
  if (html !== undefined) map.set(htmlKey(key), html);
  else if (map.has(htmlKey(key))) map.delete(htmlKey(key));
}

/** The live text under a key; editors bind to it. */
export function fragmentIn(map: NodeMap | undefined, key: string): Y.XmlFragment | undefined {
  const stored = map?.get(key);
  return stored instanceof Y.XmlFragment ? stored : undefined;
}
