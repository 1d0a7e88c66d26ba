import type { ElementId, NodeData, Position } from "../document/node.ts";
import { trashId } from "../document/node.ts";
import type { Snapshot } from "../document/snapshot.ts";
import { equalValues, isRichText, type RichText, type Value } from "../document/value.ts";
import { type DiffOptions, diffText } from "./diff-text.ts";
import { applyDelta, type ComposeOptions, composeDeltas, invertDelta } from "./text-delta.ts";
import type { Cell, ChangeSet, NodeChange, TextCell, TextDelta, ValueCell } from "./types.ts";

/** Whether a cell is an edit of rich text. */
export function isTextCell(cell: Cell): cell is TextCell {
  return "text" in cell;
}

/** Whether nothing changes. */
export function isEmpty(change: ChangeSet): boolean {
  for (const _id in change) return false;
  return true;
}

/** Whether the node did not exist before. */
export function creates(change: NodeChange | undefined): boolean {
  const cell = change?.type;
  return cell !== undefined && !isTextCell(cell) && cell.before === undefined;
}

/** Whether the node is removed for good. Deleting is a move to the trash: see `trashes`. */
export function purges(change: NodeChange | undefined): boolean {
  const cell = change?.type;
  return cell !== undefined && !isTextCell(cell) && cell.after === undefined;
}

/** Whether the element is deleted: moved to the trash. */
export function trashes(change: NodeChange | undefined): boolean {
  const { before, after } = positionsOf(change);
  return after?.[0] === trashId && before !== undefined && before[0] !== trashId;
}

/** Where a node was and is, as far as the change says. */
export function positionsOf(change: NodeChange | undefined): { before?: Position; after?: Position } {
  const cell = change?.pos;
  // `pos` cells are written by this package and the binding alone, and hold positions only.
  return cell && !isTextCell(cell) ? (cell as { before?: Position; after?: Position }) : {};
}

/** A cell of two values. */
export function valueCell(before: Value | undefined, after: Value | undefined): ValueCell {
  return { ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
}

/** The cell that leads from one value to another; nothing when they are equal. Texts with the same source give a delta. */
export function cellBetween(
  before: Value | undefined,
  after: Value | undefined,
  options: DiffOptions = {},
): Cell | undefined {
  if (equalValues(before, after)) return undefined;
  // A delta can't change the source, and a text that was parsed from another source is another text.
  if (isRichText(before) && isRichText(after) && before.html === after.html) {
    return textCell(diffText(before, after, options));
  }
  return valueCell(before, after);
}

function textCell(text: TextDelta): TextCell | undefined {
  return text.length > 0 ? { text } : undefined;
}

/** What changed of one node. */
export function diffNode(
  before: NodeData | undefined,
  after: NodeData | undefined,
  options: DiffOptions = {},
): NodeChange | undefined {
  if (before === after) return undefined;
  const change: Record<string, Cell> = {};
  for (const key of Object.keys({ ...before, ...after })) {
    const cell = cellBetween(before?.[key], after?.[key], options);
    if (cell) change[key] = cell;
  }
  return nonEmpty(change);
}

/** What leads from one snapshot to another. Nodes that are missing in `after` are purged, not deleted: see `restore`. */
export function diff(before: Snapshot, after: Snapshot): ChangeSet {
  const change: Record<ElementId, NodeChange> = {};
  for (const [id, node] of before.nodes.entries()) put(change, id, diffNode(node, after.nodes.get(id)));
  for (const [id, node] of after.nodes.entries()) {
    if (!before.nodes.has(id)) put(change, id, diffNode(undefined, node));
  }
  return change;
}

/** The change that takes a change back. */
export function invert(change: ChangeSet): ChangeSet {
  return Object.fromEntries(Object.entries(change).map(([id, nodeChange]) => [id, invertNode(nodeChange)]));
}

export function invertNode(change: NodeChange): NodeChange {
  return Object.fromEntries(Object.entries(change).map(([key, cell]) => [key, invertCell(cell)]));
}

function invertCell(cell: Cell): Cell {
  return isTextCell(cell) ? { text: invertDelta(cell.text) } : valueCell(cell.after, cell.before);
}

/** One change that does what `first` and then `second` do. */
export function compose(first: ChangeSet, second: ChangeSet): ChangeSet {
  const change: Record<ElementId, NodeChange> = { ...first };
  for (const [id, nodeChange] of Object.entries(second)) put(change, id, composeNodes(first[id], nodeChange));
  return change;
}

export function composeNodes(
  first: NodeChange | undefined,
  second: NodeChange | undefined,
  options: ComposeOptions = {},
): NodeChange | undefined {
  if (!first || !second) return first ?? second;
  const change: Record<string, Cell> = { ...first };
  for (const [key, cell] of Object.entries(second)) {
    const earlier = first[key];
    const composed = earlier ? composeCells(earlier, cell, options) : cell;
    if (composed) change[key] = composed;
    else delete change[key];
  }
  return nonEmpty(change);
}

function composeCells(first: Cell, second: Cell, options: ComposeOptions): Cell | undefined {
  if (isTextCell(first)) {
    if (isTextCell(second)) return textCell(composeDeltas(first.text, second.text, options));
    return cellBetween(applyDelta(asText(second.before), invertDelta(first.text)), second.after);
  }
  if (isTextCell(second)) return cellBetween(first.before, applyDelta(asText(first.after), second.text));
  return cellBetween(first.before, second.after);
}

/** The rich text a delta of the same key was made for. */
export function asText(value: Value | undefined): RichText {
  return isRichText(value) ? value : { rich: [] };
}

/** Sets what changes of a node, or forgets the node when nothing does. */
export function put(change: Record<ElementId, NodeChange>, id: ElementId, nodeChange: NodeChange | undefined): void {
  if (nodeChange) change[id] = nodeChange;
  else delete change[id];
}

/** The same without one key. */
export function withoutKey(change: NodeChange, key: string): NodeChange | undefined {
  const { [key]: _dropped, ...rest } = change;
  return nonEmpty(rest);
}

export function nonEmpty(change: NodeChange): NodeChange | undefined {
  for (const _key in change) return change;
  return undefined;
}
