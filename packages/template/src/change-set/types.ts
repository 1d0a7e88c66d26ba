import type { ElementId } from "../document/node.ts";
import type { Json, Marks, Value } from "../document/value.ts";

/** Changes of marks on kept text: name → [before, after]; null means "no such mark". */
export type MarkChange = { readonly [mark: string]: readonly [before: Json, after: Json] };

/** One step of an invertible text delta. Deletions carry what they delete. Lengths are UTF-16 code units. */
export type TextOp =
  | { readonly keep: number; readonly marks?: MarkChange }
  | { readonly insert: string; readonly marks?: Marks }
  | { readonly remove: string; readonly marks?: Marks };

export type TextDelta = readonly TextOp[];

/** A key whose value was set, replaced or removed; an absent side means "no such key". */
export interface ValueCell {
  readonly before?: Value;
  readonly after?: Value;
}

/** A rich text that was edited. */
export interface TextCell {
  readonly text: TextDelta;
}

export type Cell = ValueCell | TextCell;
export type NodeChange = { readonly [key: string]: Cell };

/**
 * The currency: what changed, per node and key. Plain JSON: it can be logged, sent, inverted, composed and rebased.
 * A node exists when it has a `type`, so creating is a `type` cell without `before`. Deleting is moving to the trash;
 * a `type` cell without `after` is the final purge. A move is a `pos` cell.
 */
export type ChangeSet = { readonly [id: ElementId]: NodeChange };

/** Something a rebase or revert could not do, or did with a remark. */
export interface Conflict {
  readonly kind:
    | "superseded"
    | "gone"
    | "same-key"
    | "adopted"
    | "parent-gone"
    | "layout-kept"
    | "text-mixed"
    | "restored-by-other";
  readonly elementId: ElementId;
  readonly key?: string;
  readonly mine?: Value;
  readonly theirs?: Value;
}
