import {
  applyChange,
  applyDelta,
  type ChangeSet,
  type Conflict,
  childrenOf,
  Draft,
  diff,
  diffText,
  type ElementId,
  equalValues,
  isRichText,
  isVisible,
  type NodeData,
  parentOf,
  rootId,
  type Snapshot,
  transformDelta,
  type Value,
  walk,
} from "@waggle/template";
import type { ChangeLog } from "./change-log.ts";
import { leaveOut } from "./fold.ts";

/** The same template in two documents: the one that is left and the one that is edited from here on. */
export interface DocumentChange {
  readonly from: Snapshot;
  readonly to: Snapshot;
}

/** What somebody did, as one change that led to the new document. */
export interface CarriedWork {
  readonly change: ChangeSet;
  /** What had grown together with the work of others. */
  readonly conflicts: readonly Conflict[];
}

/**
 * Carries the work in groups of revisions, oldest first, over to another document: a server that builds a room from JSON
 * gives other order keys, and no trash. The results are changes that follow each other and end in the new document.
 */
export function carryWork(
  log: ChangeLog,
  { from, to }: DocumentChange,
  groups: readonly (readonly number[])[],
): readonly CarriedWork[] {
  const carried: CarriedWork[] = [];
  let after = to;
  let leftOut: readonly number[] = [];
  for (const group of groups.toReversed()) {
    leftOut = [...leftOut, ...group];
    const { change, conflicts } = leaveOut(log, leftOut, from);
    const before = applyChange(to, carryChange(change, { from, to }));
    carried.unshift({ change: diff(before, after), conflicts });
    after = before;
  }
  return carried;
}

/** A change of the document that is left, as the same change of the other one. What does not fit there is left out. */
export function carryChange(change: ChangeSet, { from, to }: DocumentChange): ChangeSet {
  const target = applyChange(from, change);
  const draft = new Draft(to);
  for (const id of Object.keys(change)) {
    if (!isVisible(target, id) && draft.find(id)) draft.remove(id);
  }
  carryPlaces(draft, change, { from, target });
  carryProperties(draft, change, { from, target });
  return draft.changeSet();
}

/** The document that is left, before and after the change. */
interface Carried {
  readonly from: Snapshot;
  readonly target: Snapshot;
}

function carryPlaces(draft: Draft, change: ChangeSet, { from, target }: Carried): void {
  for (const { id, node, kind } of walk(target)) {
    const isBack = !isVisible(from, id);
    const place = isBack || change[id]?.pos ? placeOf(id, target, draft) : undefined;
    if (!place) continue;
    if (draft.find(id)) draft.move(id, place);
    else if (isBack && !draft.base.nodes.has(id)) draft.create(id, { kind, ...place, properties: propertiesOf(node) });
  }
}

function carryProperties(draft: Draft, change: ChangeSet, { from, target }: Carried): void {
  for (const [id, cells] of Object.entries(change)) {
    const [old, next, known] = [from.nodes.get(id), target.nodes.get(id), draft.find(id)];
    // What was created here has all its properties already.
    if (!old || !next || !known || !draft.base.nodes.has(id)) continue;
    for (const key of Object.keys(cells)) {
      if (!key.startsWith("/")) continue;
      draft.set(id, key, carryValue({ before: old[key], after: next[key], now: known[key] }));
    }
  }
}

/** Behind the same neighbour as there; nothing when what held the element is not here. */
function placeOf(id: ElementId, target: Snapshot, draft: Draft) {
  const node = target.nodes.get(id);
  const parent = node && parentOf(node);
  if (parent === undefined || (parent !== rootId && !draft.find(parent))) return undefined;
  const siblings = draft.children(parent).filter((sibling) => sibling !== id);
  const earlier = childrenOf(target, parent);
  const neighbour = earlier.slice(0, earlier.indexOf(id)).findLast((sibling) => siblings.includes(sibling));
  return { parent, index: neighbour === undefined ? 0 : siblings.indexOf(neighbour) + 1 };
}

function propertiesOf(node: NodeData): NodeData {
  return Object.fromEntries(Object.entries(node).filter(([key]) => key.startsWith("/")));
}

interface CarriedValue {
  readonly before: Value | undefined;
  readonly after: Value | undefined;
  /** What the other document holds in place of `before`. */
  readonly now: Value | undefined;
}

function carryValue({ before, after, now }: CarriedValue): Value | undefined {
  if (isRichText(before) && isRichText(after) && isRichText(now)) {
    // The source may be another one in the new document; the characters count.
    const mine = diffText(before, after);
    return applyDelta(now, transformDelta(mine, diffText(before, now), { first: false, wins: false }));
  }
  return equalValues(before, now) || isSameText(before, now) ? after : now;
}

function isSameText(before: Value | undefined, now: Value | undefined): boolean {
  return isRichText(before) && isRichText(now) && equalValues(before.rich, now.rich);
}
