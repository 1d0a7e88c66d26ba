import { Fragment, type Node, type ResolvedPos } from "prosemirror-model";
import { type Command, type EditorState, TextSelection, type Transaction } from "prosemirror-state";

/** The item around the selection, when all of it is in one item. */
interface ItemPlace {
  readonly item: Node;
  /** The list it is in. */
  readonly list: Node;
  /** Which of the list's items it is. */
  readonly index: number;
  /** Depth of the item in the document. */
  readonly depth: number;
  readonly $from: ResolvedPos;
}

function itemAround({ selection }: EditorState): ItemPlace | undefined {
  const { $from, $to } = selection;
  for (let depth = $from.sharedDepth($to.pos); depth > 0; depth--) {
    const item = $from.node(depth);
    if (item.type.name !== "item") continue;
    return { item, list: $from.node(depth - 1), index: $from.index(depth - 1), depth, $from };
  }
  return undefined;
}

/** Enter: a new item of the same kind; in an empty item the way out of the list. */
export const splitItem: Command = (state, dispatch) => {
  const place = itemAround(state);
  const { $from, $to } = state.selection;
  const line = $from.parent;
  // Only a line right in the item: what is in a box there is split as it is elsewhere.
  if (!place || !$from.sameParent($to) || !line.isTextblock || $from.depth !== place.depth + 1) return false;
  if (line.content.size === 0 && place.item.childCount === 1) return outdentItem(state, dispatch);
  if (dispatch) {
    const tr = state.tr.deleteSelection();
    const at = tr.mapping.map($from.pos);
    tr.split(at, 2, [
      { type: place.item.type, attrs: place.item.attrs },
      { type: line.type, attrs: line.attrs },
    ]);
    dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(at + 4))).scrollIntoView());
  }
  return true;
};

/** Tab: the item goes into a list of the item before it. The first one stays where it is, and the caret in the text. */
export const indentItem: Command = (state, dispatch) => {
  const place = itemAround(state);
  if (!place) return false;
  const { item, list, index, depth, $from } = place;
  const previous = index > 0 ? list.child(index - 1) : undefined;
  if (!previous || !dispatch) return true;
  const last = previous.lastChild;
  const nested = last?.type === list.type ? last : undefined;
  const inner = nested ? nested.copy(nested.content.append(Fragment.from(item))) : listLike(list, [item]);
  const kept = nested ? childrenOf(previous).slice(0, -1) : childrenOf(previous);
  const holder = previous.copy(Fragment.from([...kept, inner]));
  const start = $from.before(depth);
  const from = start - previous.nodeSize;
  // The item ends right before the ends of the list and of the item it is in now.
  const itemStart = from + holder.nodeSize - 2 - item.nodeSize;
  const tr = state.tr.replaceWith(from, start + item.nodeSize, holder);
  dispatch(withCaret(tr, itemStart + $from.pos - start));
  return true;
};

/** Shift Tab: the item leaves its list, for the one around it or for the text. */
export const outdentItem: Command = (state, dispatch) => {
  const place = itemAround(state);
  if (!place) return false;
  if (dispatch) dispatch(isNested(place) ? moveToOuterList(state, place) : moveOutOfList(state, place));
  return true;
};

function isNested({ $from, depth }: ItemPlace): boolean {
  return $from.node(depth - 2).type.name === "item";
}

/** After the item it was in, with the items that followed it now in it. */
function moveToOuterList(state: EditorState, { item, list, index, depth, $from }: ItemPlace): Transaction {
  const outer = $from.node(depth - 2);
  const listIndex = $from.index(depth - 2);
  const items = childrenOf(list);
  const [before, after] = [items.slice(0, index), items.slice(index + 1)];
  const around = childrenOf(outer);
  const kept = [...around.slice(0, listIndex), ...(before.length > 0 ? [list.copy(Fragment.from(before))] : [])];
  // What stood below the list in the outer item would otherwise move up before the item.
  const taken = [...(after.length > 0 ? [list.copy(Fragment.from(after))] : []), ...around.slice(listIndex + 1)];
  const holder = outer.copy(Fragment.from(kept));
  const moved = item.copy(item.content.append(Fragment.from(taken)));
  const from = $from.before(depth - 2);
  const tr = state.tr.replaceWith(from, from + outer.nodeSize, kept.length > 0 ? [holder, moved] : [moved]);
  const start = from + (kept.length > 0 ? holder.nodeSize : 0);
  return withCaret(tr, start + $from.pos - $from.before(depth));
}

/** Its lines stand in the text, between what is left of the list above and below. */
function moveOutOfList(state: EditorState, { item, list, index, depth, $from }: ItemPlace): Transaction {
  const items = childrenOf(list);
  const [before, after] = [items.slice(0, index), items.slice(index + 1)];
  const above = before.length > 0 ? [list.copy(Fragment.from(before))] : [];
  const below = after.length > 0 ? [list.copy(Fragment.from(after))] : [];
  const from = $from.before(depth - 1);
  const lines = childrenOf(item).map(asParagraph);
  const tr = state.tr.replaceWith(from, from + list.nodeSize, [...above, ...lines, ...below]);
  const start = from + above.reduce((size, node) => size + node.nodeSize, 0);
  return withCaret(tr, start + $from.pos - $from.before(depth) - 1);
}

/** Two lines without elements would run into one. */
function asParagraph(line: Node): Node {
  const isBare = line.type.name === "paragraph" && line.attrs.tag === "";
  return isBare ? line.type.create({ ...line.attrs, tag: "p" }, line.content) : line;
}

/** Backspace at the start of an item: its text goes on where the item before it ends; the first one leaves the list. */
export const joinItem: Command = (state, dispatch) => {
  const place = itemAround(state);
  const { $from, empty } = state.selection;
  if (!place || !empty || $from.parentOffset > 0 || $from.pos !== $from.start(place.depth) + 1) return false;
  if (place.index === 0) return outdentItem(state, dispatch);
  const end = endOfLastLine(place.list.child(place.index - 1), $from.before(place.depth));
  if (end === undefined) return false;
  if (dispatch) dispatch(state.tr.delete(end, $from.pos).scrollIntoView());
  return true;
};

/** Where the text of a node that ends at a position ends; undefined when it ends with something else. */
function endOfLastLine(node: Node, end: number): number | undefined {
  if (node.isTextblock) return end - 1;
  const last = node.lastChild;
  return last ? endOfLastLine(last, end - 1) : undefined;
}

function listLike(list: Node, items: readonly Node[]): Node {
  return list.type.create({ tag: list.attrs.tag }, [...items]);
}

function childrenOf({ content }: Node): readonly Node[] {
  return content.content;
}

function withCaret(tr: Transaction, position: number): Transaction {
  return tr.setSelection(TextSelection.near(tr.doc.resolve(position))).scrollIntoView();
}
