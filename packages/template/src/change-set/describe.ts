import { type ElementId, kindOf, parentOf, rootId } from "../document/node.ts";
import { isVisible, type Snapshot } from "../document/snapshot.ts";
import { labelOf } from "../modules/module-types.ts";
import { describeEdits } from "./describe-edits.ts";
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
    if (wasVisible && old) return describeEdits(label, Object.keys(change), { old, next });
    if (kindOf(next) === "column" && !isShown(parentOf(next), before)) return [];
    return [`${label} ${old ? "restored" : "added"}`];
  }
  if (!wasVisible || !old || !isShown(parentOf(old), after)) return [];
  return [`${labelOf(old)} deleted`];
}

function isShown(parent: ElementId | undefined, snapshot: Snapshot): boolean {
  return parent !== undefined && (parent === rootId || isVisible(snapshot, parent));
}
