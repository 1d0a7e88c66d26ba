import { type ElementId, parentOf, rootId, trashId } from "../document/node.ts";
import type { Snapshot } from "../document/snapshot.ts";
import { equalValues, type Value } from "../document/value.ts";
import {
  asText,
  cellBetween,
  creates,
  isEmpty,
  isTextCell,
  nonEmpty,
  positionsOf,
  purges,
  put,
  trashes,
  withoutKey,
} from "./algebra.ts";
import { applyDelta, overlaps, transformDelta } from "./text-delta.ts";
import type { Cell, ChangeSet, Conflict, NodeChange, TextCell } from "./types.ts";

export interface RebaseOptions {
  /** Whose value stays where both wrote the same key: true for the rebased change, false for the one it goes over. */
  readonly wins: boolean;
  /**
   * The document both changes were made for. With it, deleting a row is known to concern what is inside the row;
   * without it only what the two changes themselves say about parents.
   */
  readonly base?: Snapshot;
}

export interface Rebased {
  readonly change: ChangeSet;
  readonly conflicts: readonly Conflict[];
}

export type MutableChange = Record<ElementId, NodeChange>;

/**
 * A change rewritten to apply after `over`; both were made for the same document. Each clash is reported, with both
 * values where there are two:
 * - the same key: `wins` decides (`same-key` when ours stays, `superseded` when theirs does);
 * - the same text: both edits are kept, `text-mixed` tells when they met;
 * - we delete what they put content into: it stays with its row and that row's columns (`adopted`), unless we win;
 * - they deleted what we move or put something into: `gone`, `parent-gone`.
 */
export function rebase(change: ChangeSet, over: ChangeSet, { wins, base }: RebaseOptions): Rebased {
  if (isEmpty(change) || isEmpty(over)) return { change, conflicts: [] };
  const rebased: MutableChange = { ...change };
  const conflicts: Conflict[] = [];
  rebaseNodes(rebased, over, { wins, conflicts });
  const parents = new Parents({ change, over, base });
  keepWhatOthersFilled({ rebased, over, wins, conflicts, parents });
  dropLostParents(rebased, conflicts, (id) => {
    const wasDropped = creates(change[id]) && !rebased[id] && !creates(over[id]);
    return wasDropped || parents.after(id).some((each) => purges(over[each]) || trashes(over[each]));
  });
  return { change: rebased, conflicts };
}

export interface NodeRebase {
  readonly wins: boolean;
  readonly conflicts: Conflict[];
}

/** The part of a rebase that looks at each node by itself. Changes `rebased` in place. */
export function rebaseNodes(rebased: MutableChange, over: ChangeSet, options: NodeRebase): void {
  const adopted: ElementId[] = [];
  for (const [id, theirs] of Object.entries(over)) {
    const mine = rebased[id];
    if (!mine) continue;
    if (!options.wins && deletes(mine) && !purges(theirs) && hasContent(theirs)) adopted.push(id);
    put(rebased, id, rebaseNode(id, { mine, theirs }, options));
  }
  for (const id of adopted) keepElement(rebased, id, options.conflicts);
}

interface Pair<T> {
  readonly mine: T;
  readonly theirs: T;
}

function rebaseNode(id: ElementId, { mine, theirs }: Pair<NodeChange>, options: NodeRebase): NodeChange | undefined {
  const { wins, conflicts } = options;
  if (purges(theirs)) {
    if (!purges(mine)) conflicts.push({ kind: "gone", elementId: id });
    return undefined;
  }
  if (creates(mine)) {
    conflicts.push({ kind: "restored-by-other", elementId: id });
    return undefined;
  }
  if (purges(mine)) {
    if (wins && hasContent(theirs)) conflicts.push({ kind: "same-key", elementId: id, key: "type" });
    return purgeOf(mine, theirs);
  }
  if (wins && trashes(mine) && hasContent(theirs)) conflicts.push({ kind: "same-key", elementId: id, key: "pos" });
  const rebased: Record<string, Cell> = { ...mine };
  for (const [key, theirCell] of Object.entries(theirs)) {
    const myCell = mine[key];
    if (!myCell) continue;
    const cell = rebaseCell({ elementId: id, key }, { mine: myCell, theirs: theirCell }, options);
    if (cell) rebased[key] = cell;
    else delete rebased[key];
  }
  return nonEmpty(rebased);
}

/** Still a purge, of what they made of the node. */
function purgeOf(mine: NodeChange, theirs: NodeChange): NodeChange {
  const purge: Record<string, Cell> = { ...mine };
  for (const [key, cell] of Object.entries(theirs)) {
    const before = isTextCell(cell) ? applyDelta(asText(beforeOf(mine[key])), cell.text) : cell.after;
    if (before === undefined) delete purge[key];
    else purge[key] = { before };
  }
  return purge;
}

function beforeOf(cell: Cell | undefined): Value | undefined {
  return cell && !isTextCell(cell) ? cell.before : undefined;
}

interface Where {
  readonly elementId: ElementId;
  readonly key: string;
}

function rebaseCell(where: Where, { mine, theirs }: Pair<Cell>, options: NodeRebase): Cell | undefined {
  if (isTextCell(mine) && isTextCell(theirs)) return rebaseText(where, { mine, theirs }, options);
  if (where.key === "pos" && trashes({ pos: theirs })) {
    if (trashes({ pos: mine })) return undefined;
    if (!options.wins) {
      options.conflicts.push({ kind: "gone", ...where });
      return undefined;
    }
  }
  return rebaseValue(where, { mine, theirs }, options);
}

function rebaseText(where: Where, { mine, theirs }: Pair<TextCell>, options: NodeRebase): Cell | undefined {
  if (overlaps(mine.text, theirs.text)) options.conflicts.push({ kind: "text-mixed", ...where });
  const text = transformDelta(mine.text, theirs.text, { first: options.wins, wins: options.wins });
  return text.length > 0 ? { text } : undefined;
}

function rebaseValue(where: Where, { mine, theirs }: Pair<Cell>, options: NodeRebase): Cell | undefined {
  // One of the two may be an edit of the text that the other one replaced.
  const myValue = isTextCell(mine) ? applyDelta(asText(beforeOf(theirs)), mine.text) : mine.after;
  const theirValue = isTextCell(theirs) ? applyDelta(asText(beforeOf(mine)), theirs.text) : theirs.after;
  if (equalValues(myValue, theirValue)) return undefined;
  options.conflicts.push({
    kind: options.wins ? "same-key" : "superseded",
    ...where,
    ...(myValue === undefined ? {} : { mine: myValue }),
    ...(theirValue === undefined ? {} : { theirs: theirValue }),
  });
  return options.wins ? cellBetween(theirValue, myValue) : undefined;
}

/** Whether the element goes: to the trash or for good. */
export function deletes(change: NodeChange | undefined): boolean {
  return purges(change) || trashes(change);
}

/** Whether more happened to a node than being moved. */
function hasContent(change: NodeChange): boolean {
  return Object.keys(change).some((key) => key !== "pos");
}

/**
 * An element that was to go stays, with what holds it: its parents and, as widths only make sense together, all columns
 * of its row that were to go with it.
 */
export function keepElement(change: MutableChange, id: ElementId, conflicts: Conflict[]): void {
  const nodeChange = change[id];
  if (!nodeChange || !deletes(nodeChange)) return;
  put(change, id, purges(nodeChange) ? undefined : withoutKey(nodeChange, "pos"));
  conflicts.push({ kind: "adopted", elementId: id });
  const parent = positionsOf(nodeChange).before?.[0];
  if (parent !== undefined) keepElement(change, parent, conflicts);
  if (parent !== rootId && beforeOf(nodeChange.type) !== "row") return;
  for (const [column, columnChange] of Object.entries(change)) {
    if (positionsOf(columnChange).before?.[0] === id) keepElement(change, column, conflicts);
  }
}

/**
 * Drops moves and new elements whose parent `isLost`: what moved stays where it is, what was to be made is not, and
 * neither is what was to be inside it.
 */
export function dropLostParents(
  change: MutableChange,
  conflicts: Conflict[],
  isLost: (parent: ElementId, id: ElementId) => boolean,
): boolean {
  let hasDropped = false;
  for (let again = true; again; ) {
    again = false;
    for (const [id, nodeChange] of Object.entries(change)) {
      const after = positionsOf(nodeChange).after;
      if (!after || after[0] === rootId || after[0] === trashId || !isLost(after[0], id)) continue;
      conflicts.push({ kind: "parent-gone", elementId: id, key: "pos", mine: after });
      put(change, id, creates(nodeChange) ? undefined : withoutKey(nodeChange, "pos"));
      again = true;
    }
    hasDropped ||= again;
  }
  return hasDropped;
}

interface ParentSources {
  readonly change: ChangeSet;
  readonly over: ChangeSet;
  readonly base: Snapshot | undefined;
}

/** Where elements are, as far as the two changes and their base tell. */
class Parents {
  readonly #sources: ParentSources;

  constructor(sources: ParentSources) {
    this.#sources = sources;
  }

  /** The element, then what it was in. */
  before(id: ElementId): ElementId[] {
    return climb(id, (each) => this.#before(each));
  }

  /** The element, then what it is in after `over`. */
  after(id: ElementId): ElementId[] {
    return climb(id, (each) => positionsOf(this.#sources.over[each]).after?.[0] ?? this.#before(each));
  }

  #before(id: ElementId): ElementId | undefined {
    const { change, over, base } = this.#sources;
    const node = base?.nodes.get(id);
    return node ? parentOf(node) : (positionsOf(over[id]).before ?? positionsOf(change[id]).before)?.[0];
  }
}

// Module, column, row, root: four at most. Bounded, because hostile data may nest in circles.
function climb(id: ElementId, parent: (id: ElementId) => ElementId | undefined): ElementId[] {
  const chain: ElementId[] = [];
  for (let each: ElementId | undefined = id; each !== undefined && chain.length < 4; each = parent(each)) {
    chain.push(each);
  }
  return chain;
}

interface StructureRebase extends NodeRebase {
  readonly rebased: MutableChange;
  readonly over: ChangeSet;
  readonly parents: Parents;
}

/** What they put into something we delete: it stays. */
function keepWhatOthersFilled({ rebased, over, wins, conflicts, parents }: StructureRebase): void {
  for (const [id, theirs] of Object.entries(over)) {
    if (deletes(theirs) || deletes(rebased[id])) continue;
    const holder = parents.after(id).find((each) => each !== id && deletes(rebased[each]));
    if (holder === undefined) continue;
    const cameIn = theirs.pos !== undefined && !parents.before(id).includes(holder);
    if (cameIn || (hasContent(theirs) && !wins)) keepElement(rebased, holder, conflicts);
    else if (hasContent(theirs)) conflicts.push({ kind: "same-key", elementId: holder, key: "pos" });
  }
}
