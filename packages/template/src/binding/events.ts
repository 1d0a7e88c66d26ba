import type * as Y from "yjs";
import { cellBetween, diffNode } from "../change-set/algebra.ts";
import type { Cell, ChangeSet, NodeChange } from "../change-set/types.ts";
import { type ElementId, isUsableId, settingsId } from "../document/node.ts";
import type { Snapshot } from "../document/snapshot.ts";
import { isRichText, type Value } from "../document/value.ts";
import { deltaOfEvents } from "./fragment.ts";
import { fragmentIn, htmlKey, nodeMapOf, nodesOf, readKey, readNode, settingsOf } from "./layout.ts";

/** The events of one transaction below the document's roots. */
export type DocumentEvent = Y.YEvent<Y.AbstractType<unknown>>;

/** Events inside one text, or undefined when the text was replaced as a whole. */
type TextEvents = DocumentEvent[] | undefined;

/**
 * What a transaction changed. Events only say where to look: old values come from the snapshot, new ones from the document,
 * and equal ones are dropped (Yjs tidies formatting in updates that mean nothing).
 */
export function changeOfEvents(doc: Y.Doc, events: readonly DocumentEvent[], before: Snapshot): ChangeSet {
  const touched = new Touched(doc, events);
  const change: Record<ElementId, NodeChange> = {};
  for (const id of touched.nodes) {
    const map = nodesOf(doc).get(id);
    const nodeChange = diffNode(before.nodes.get(id), map && readNode(map));
    if (nodeChange) change[id] = nodeChange;
  }
  for (const [id, keys] of touched.keys) {
    if (touched.nodes.has(id)) continue;
    const nodeChange = changeOfKeys(doc, { id, keys, before });
    if (nodeChange) change[id] = nodeChange;
  }
  return change;
}

/** Where the events of a transaction point. */
class Touched {
  /** Nodes that came or went. */
  readonly nodes = new Set<ElementId>();
  readonly keys = new Map<ElementId, Map<string, TextEvents>>();

  constructor(doc: Y.Doc, events: readonly DocumentEvent[]) {
    const nodes: unknown = nodesOf(doc);
    const settings: unknown = settingsOf(doc);
    for (const event of events) {
      const target: unknown = event.target;
      if (target === nodes) for (const id of event.changes.keys.keys()) this.#addNode(id);
      else if (target === settings) this.#touchKeys(settingsId, event);
      else this.#touchInside(event);
    }
  }

  #addNode(id: ElementId): void {
    if (isUsableId(id)) this.nodes.add(id);
  }

  /** Paths are [id, key, …] below the nodes; settings hold no texts. */
  #touchInside(event: DocumentEvent): void {
    const [id, key] = event.path;
    if (key === undefined) this.#touchKeys(String(id), event);
    else this.#touch(String(id), String(key), event);
  }

  #touchKeys(id: ElementId, event: DocumentEvent): void {
    for (const key of event.changes.keys.keys()) {
      this.#touch(id, key.startsWith("html/") ? key.slice(htmlKey("").length) : key, undefined);
    }
  }

  #touch(id: ElementId, key: string, event: DocumentEvent | undefined): void {
    if (!isUsableId(id)) return;
    const keys = this.keys.get(id) ?? new Map<string, TextEvents>();
    this.keys.set(id, keys);
    const known = keys.get(key);
    if (!event || (keys.has(key) && !known)) keys.set(key, undefined);
    else keys.set(key, [...(known ?? []), event]);
  }
}

interface KeysOfNode {
  readonly id: ElementId;
  readonly keys: ReadonlyMap<string, TextEvents>;
  readonly before: Snapshot;
}

function changeOfKeys(doc: Y.Doc, { id, keys, before }: KeysOfNode): NodeChange | undefined {
  const map = nodeMapOf(doc, id);
  const node = before.nodes.get(id);
  if (!map || !node) return undefined;
  const change: Record<string, Cell> = {};
  for (const [key, events] of keys) {
    if (!key.startsWith("/") && key !== "pos" && key !== "type") continue;
    const sides = { before: node[key], after: readKey(map, key) };
    const cell =
      cellBetween(sides.before, sides.after) &&
      (exactCell(fragmentIn(map, key), events, sides) ?? cellBetween(sides.before, sides.after));
    if (cell) change[key] = cell;
  }
  return Object.keys(change).length > 0 ? change : undefined;
}

interface Sides {
  readonly before: Value | undefined;
  readonly after: Value | undefined;
}

/** The delta exactly as it was typed, where the events tell it; a diff of the two texts would have to guess. */
function exactCell(
  fragment: Y.XmlFragment | undefined,
  events: TextEvents,
  { before, after }: Sides,
): Cell | undefined {
  if (!fragment || !events || !isRichText(before) || !isRichText(after) || before.html !== after.html) return undefined;
  const text = deltaOfEvents(fragment, { events, before, after });
  return text && { text };
}
