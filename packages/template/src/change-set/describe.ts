import { type ElementId, kindOf, type NodeData, parentOf, rootId } from "../document/node.ts";
import { isVisible, type Snapshot } from "../document/snapshot.ts";
import type { Value } from "../document/value.ts";
import { labelOf, textKeyOf } from "../modules/module-types.ts";
import { propertyLabel } from "../modules/property-labels.ts";
import { describeText, excerpt } from "./describe-text.ts";
import type { ChangeSet, NodeChange } from "./types.ts";

/** One sentence about a change, and the element it is about. */
export interface ElementSentence {
  readonly elementId: ElementId;
  readonly sentence: string;
}

/**
 * What changed, in short sentences for people: "Button text “Buy” → “Order now”", "Row added". Only what can be seen
 * counts; what came or went with the element it is in has no sentence, except modules in new rows.
 */
export function describeChange(change: ChangeSet, before: Snapshot, after: Snapshot): readonly ElementSentence[] {
  return Object.entries(change).flatMap(([elementId, nodeChange]) => {
    const sentences = describeNode({ id: elementId, change: nodeChange, before, after });
    return sentences.map((sentence) => ({ elementId, sentence }));
  });
}

interface Subject {
  readonly id: ElementId;
  readonly change: NodeChange;
  readonly before: Snapshot;
  readonly after: Snapshot;
}

function describeNode({ id, change, before, after }: Subject): readonly string[] {
  const [old, next] = [before.nodes.get(id), after.nodes.get(id)];
  const [wasVisible, isThere] = [isVisible(before, id), isVisible(after, id)];
  if (isThere && next) {
    const label = labelOf(next);
    if (wasVisible && old) return describeEdits(label, change, { old, next });
    if (kindOf(next) === "column" && !isShown(parentOf(next), before)) return [];
    return [`${label} ${old ? "restored" : "added"}`];
  }
  if (!wasVisible || !old || !isShown(parentOf(old), after)) return [];
  return [`${labelOf(old)} deleted`];
}

function isShown(parent: ElementId | undefined, snapshot: Snapshot): boolean {
  return parent !== undefined && (parent === rootId || isVisible(snapshot, parent));
}

interface Versions {
  readonly old: NodeData;
  readonly next: NodeData;
}

function describeEdits(label: string, change: NodeChange, { old, next }: Versions): string[] {
  const textKey = textKeyOf(next);
  const properties = Object.keys(change).filter((key) => key !== textKey && key.startsWith("/"));
  const sentences: string[] = [];
  if (textKey !== undefined && change[textKey])
    sentences.push(`${label} text ${describeText(old[textKey], next[textKey])}`);
  if (properties.length > 0) sentences.push(`${label} ${describeProperties(properties, { old, next })}`);
  if (change.pos) sentences.push(`${label} moved`);
  return sentences;
}

const namedProperties = 3;

function describeProperties(keys: readonly string[], { old, next }: Versions): string {
  const [only] = keys;
  if (only !== undefined && keys.length === 1) return `${propertyLabel(only)} ${describeValues(old[only], next[only])}`;
  const names = [...new Set(keys.map(propertyLabel))];
  const named = names.slice(0, namedProperties);
  const more = names.length - named.length;
  return `changed: ${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

function describeValues(before: Value | undefined, after: Value | undefined): string {
  if (after === undefined) return "removed";
  const [old, next] = [valueInWords(before), valueInWords(after)];
  if (next === undefined) return "changed";
  return old === undefined ? `set to ${next}` : `${old} → ${next}`;
}

/** Nothing for values that have no short form. */
function valueInWords(value: Value | undefined): string | undefined {
  if (typeof value === "boolean") return value ? "on" : "off";
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value.trim() !== "" ? excerpt(value) : undefined;
}
