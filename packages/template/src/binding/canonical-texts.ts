import { isTextCell } from "../change-set/algebra.ts";
import { diffText } from "../change-set/diff-text.ts";
import { applyDelta, composeDeltas } from "../change-set/text-delta.ts";
import type { Cell, ChangeSet, NodeChange } from "../change-set/types.ts";
import type { ElementId, NodeData } from "../document/node.ts";
import type { Snapshot } from "../document/snapshot.ts";
import { isRichText, type RichText } from "../document/value.ts";
import { canonicalText } from "../rich-text/linear.ts";

/**
 * The change with each text it touches in the form in which it reads back from Yjs. Merged deltas can leave a text without
 * its last block end; the live document could not hold that, and the snapshot would no longer mirror it.
 */
export function withCanonicalTexts(change: ChangeSet, before: Snapshot): ChangeSet {
  const mended: Record<ElementId, NodeChange> = {};
  for (const id of Object.keys(change)) {
    const nodeChange = mendNode(change[id] ?? {}, before.nodes.get(id));
    if (nodeChange) mended[id] = nodeChange;
  }
  return Object.keys(mended).length === 0 ? change : { ...change, ...mended };
}

/** The change of a node with mended texts, or undefined when nothing needs it. */
function mendNode(change: NodeChange, before: NodeData | undefined): NodeChange | undefined {
  const mended: Record<string, Cell> = {};
  for (const key of Object.keys(change)) {
    const cell = change[key];
    if (!cell) continue;
    const better = mendCell(cell, before?.[key]);
    if (better !== cell) mended[key] = better;
  }
  return Object.keys(mended).length === 0 ? undefined : { ...change, ...mended };
}

function mendCell(cell: Cell, before: NodeData[string] | undefined): Cell {
  if (!isTextCell(cell)) {
    const after = isRichText(cell.after) ? canonicalText(cell.after) : cell.after;
    return after === cell.after || after === undefined ? cell : { ...cell, after };
  }
  // A delta on something that is no text does not fit; applying the change says so.
  if (!isRichText(before)) return cell;
  const after = applyDelta(before, cell.text);
  const canonical: RichText = canonicalText(after);
  return canonical === after ? cell : { text: composeDeltas(cell.text, diffText(after, canonical)) };
}
