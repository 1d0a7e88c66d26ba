import { WaggleError } from "@waggle/contract";
import { diffNode, put } from "../change-set/algebra.ts";
import type { ChangeSet, NodeChange } from "../change-set/types.ts";
import { fillsRow, gridColumnsKey } from "../document/grid.ts";
import {
  type ElementId,
  type ElementKind,
  kindOf,
  type NodeData,
  parentOf,
  positionOf,
  rootId,
  settingsId,
  trashId,
} from "../document/node.ts";
import { childrenOf, isReachable, parentKinds, type Snapshot } from "../document/snapshot.ts";
import { equalValues, type Value } from "../document/value.ts";
import { placeAt } from "./order-keys.ts";

/** A place below a parent; an index behind the end is the end. Moving within a parent counts without the element itself. */
export interface Place {
  readonly parent: ElementId;
  readonly index: number;
}

/** What a new element is made of. `properties` holds pointers only, no `type` and no `pos`. */
export interface NewElement extends Place {
  readonly kind: ElementKind;
  readonly properties: NodeData;
}

/**
 * Where operations run: reads and writes over a snapshot that never changes. Whoever throws in between leaves nothing
 * behind. `changeSet()` is the result; `validate()` first.
 *
 * @example
 * const draft = new Draft(snapshot);
 * draft.set(buttonId, "/descriptor/button/href", "https://example.com");
 * draft.validate();
 * const after = applyChange(snapshot, draft.changeSet());
 */
export class Draft {
  readonly base: Snapshot;
  /** What was touched; undefined where an element was created and removed again. */
  readonly #nodes = new Map<ElementId, NodeData | undefined>();
  readonly #children = new Map<ElementId, readonly ElementId[]>();
  /** How to take back what the step under way has done. */
  #undo: (() => void)[] | undefined;

  constructor(base: Snapshot) {
    this.base = base;
  }

  /** The element, unless it is unknown or deleted. `settings` finds the page's settings. */
  find(id: ElementId): NodeData | undefined {
    return isReachable(id, (each) => this.#node(each)) ? this.#node(id) : undefined;
  }

  /** The element, or ELEMENT_NOT_FOUND. */
  require(id: ElementId): NodeData {
    const node = this.find(id);
    if (node) return node;
    throw new WaggleError("ELEMENT_NOT_FOUND", {
      message: `No element ${id}. It may have been deleted; call get_content_hierarchy for the ids there are.`,
      data: { elementId: id },
    });
  }

  /** Ids of the children in order; rows are children of `root`. */
  children(id: ElementId): readonly ElementId[] {
    return this.#children.get(id) ?? childrenOf(this.base, id);
  }

  /** The children people see, in order: none of what is deleted, and nothing that is of the wrong kind for its place. */
  visibleChildren(id: ElementId): readonly ElementId[] {
    const above = this.find(id);
    if (!above && id !== rootId) return [];
    const place = above ? kindOf(above) : rootId;
    return this.children(id).filter((child) => {
      const node = this.#node(child);
      const kind = node && kindOf(node);
      return kind !== undefined && kind !== "settings" && parentKinds[kind] === place;
    });
  }

  /** A property of an element, or ELEMENT_NOT_FOUND. */
  get(id: ElementId, key: string): Value | undefined {
    return this.require(id)[key];
  }

  /** Sets a property; `undefined` removes it. Throws ELEMENT_NOT_FOUND, or INVALID_CHANGE when the key is no pointer. */
  set(id: ElementId, key: string, value: Value | undefined): void {
    const node = this.require(id);
    if (!key.startsWith("/")) throw invalid(`${key} is not a JSON pointer.`, { elementId: id, key });
    if (equalValues(node[key], value)) return;
    this.#put(this.#nodes, id, withProperty(node, key, value));
  }

  /** Adds an element. Throws INVALID_CHANGE when the id is taken, be it by a deleted element. */
  create(id: ElementId, { kind, parent, index, properties }: NewElement): void {
    if (this.#node(id) || id === rootId || id === trashId)
      throw invalid(`There is an element ${id} already.`, { elementId: id });
    this.#put(this.#nodes, id, { ...properties, type: kind, pos: [parent, ""] });
    this.#place(id, { parent, index });
  }

  /** Moves an element with all it holds, or throws ELEMENT_NOT_FOUND. */
  move(id: ElementId, place: Place): void {
    this.#detach(id, this.require(id));
    this.#place(id, place);
  }

  /** Moves an element with all it holds to the trash, or throws ELEMENT_NOT_FOUND. */
  remove(id: ElementId): void {
    const node = this.require(id);
    const position = positionOf(node);
    if (!position) throw invalid("The settings can't be deleted.", { elementId: id });
    this.#detach(id, node);
    if (this.base.nodes.has(id)) this.#put(this.#nodes, id, { ...node, pos: [trashId, position[1]] });
    else this.#forget(id);
  }

  /** An element that was made in this draft leaves no trace; what existed before and was moved into it is deleted. */
  #forget(id: ElementId): void {
    for (const child of this.children(id)) if (this.find(child)) this.remove(child);
    this.#drop(this.#children, id);
    this.#put(this.#nodes, id, undefined);
  }

  /**
   * Checks what was touched: known parents of the right kind, and columns that sum to 12 wherever a row's columns
   * changed. Throws INVALID_CHANGE. A row that came in wrong may stay wrong as long as its columns are left alone.
   */
  validate(): void {
    const rows = new Set<ElementId>();
    for (const [id, node] of this.#nodes) {
      if (!node || id === settingsId) continue;
      this.#checkPlace(id, node);
      for (const row of this.#rowsRelaid(id, node)) rows.add(row);
    }
    for (const row of rows) this.#checkRow(row);
  }

  /** Does the step, or nothing: when it throws, the draft is as it was before. Steps do not nest. */
  attempt<Value>(step: () => Value): Value {
    const undo: (() => void)[] = [];
    this.#undo = undo;
    try {
      return step();
    } catch (error) {
      for (const each of undo.toReversed()) each();
      throw error;
    } finally {
      this.#undo = undefined;
    }
  }

  /** Makes this draft what the other one is now. Throws INVALID_CHANGE when that is a draft of another snapshot. */
  adopt(other: Draft): void {
    if (other.base !== this.base) throw invalid("The drafts are not of the same snapshot.", {});
    if (other === this) return;
    this.#nodes.clear();
    this.#children.clear();
    for (const [id, node] of other.#nodes) this.#nodes.set(id, node);
    for (const [id, children] of other.#children) this.#children.set(id, children);
  }

  /** What was changed, texts word by word. Empty when nothing was. */
  changeSet(): ChangeSet {
    const change: Record<ElementId, NodeChange> = {};
    for (const [id, node] of this.#nodes) put(change, id, diffNode(this.base.nodes.get(id), node, { unit: "word" }));
    return change;
  }

  #put<Value>(map: Map<ElementId, Value>, id: ElementId, value: Value): void {
    this.#remember(map, id);
    map.set(id, value);
  }

  #drop<Value>(map: Map<ElementId, Value>, id: ElementId): void {
    this.#remember(map, id);
    map.delete(id);
  }

  #remember<Value>(map: Map<ElementId, Value>, id: ElementId): void {
    if (!this.#undo) return;
    const before = map.get(id);
    // An element that was created and removed again is there without a value.
    this.#undo.push(before !== undefined || map.has(id) ? () => map.set(id, before as Value) : () => map.delete(id));
  }

  /** Deleted elements too. */
  #node(id: ElementId): NodeData | undefined {
    return this.#nodes.has(id) ? this.#nodes.get(id) : this.base.nodes.get(id);
  }

  #detach(id: ElementId, node: NodeData): void {
    const parent = parentOf(node);
    if (parent === undefined) throw invalid("The settings can't be moved.", { elementId: id });
    this.#put(
      this.#children,
      parent,
      this.children(parent).filter((child) => child !== id),
    );
  }

  #place(id: ElementId, { parent, index }: Place): void {
    const siblings = this.children(parent);
    const at = Math.max(0, Math.min(index, siblings.length));
    const { order, rekeyed } = placeAt(
      siblings.map((sibling) => this.#order(sibling)),
      { index: at, id },
    );
    for (const [sibling, key] of rekeyed) this.#setPosition(siblings[sibling], [parent, key]);
    this.#setPosition(id, [parent, order]);
    this.#put(this.#children, parent, siblings.toSpliced(at, 0, id));
  }

  #order(id: ElementId): string {
    const node = this.#node(id);
    return (node && positionOf(node)?.[1]) ?? "";
  }

  #setPosition(id: ElementId | undefined, position: readonly [string, string]): void {
    const node = id === undefined ? undefined : this.#node(id);
    if (id !== undefined && node) this.#put(this.#nodes, id, { ...node, pos: position });
  }

  #checkPlace(id: ElementId, node: NodeData): void {
    const kind = kindOf(node);
    const parent = parentOf(node);
    if (kind === "settings" || parent === trashId || parent === undefined) return;
    const above = parent === rootId ? undefined : this.#node(parent);
    if (parent !== rootId && !above)
      throw invalid(`${id} is to be in ${parent}, which does not exist.`, { elementId: id });
    const place = above ? kindOf(above) : rootId;
    if (place === parentKinds[kind]) return;
    throw invalid(`${id} is a ${kind} and can't be in a ${place}. Rows hold columns, columns hold modules.`, {
      elementId: id,
    });
  }

  /** The rows whose columns this element's change re-arranges. */
  #rowsRelaid(id: ElementId, node: NodeData): ElementId[] {
    const before = this.base.nodes.get(id);
    const kind = kindOf(node);
    if (kind === "row") return before ? [] : [id];
    if (kind !== "column") return [];
    const [from, to] = [before && parentOf(before), parentOf(node)];
    if (from === to && equalValues(before?.[gridColumnsKey], node[gridColumnsKey])) return [];
    return [from, to].filter((row) => row !== undefined);
  }

  #checkRow(row: ElementId): void {
    if (!this.find(row)) return;
    const columns = this.children(row).map((id) => this.#node(id));
    if (fillsRow(columns.filter((column) => column !== undefined))) return;
    throw invalid(`The columns of row ${row} have to sum to 12. Set the widths of all its columns in one change.`, {
      elementId: row,
    });
  }
}

function withProperty(node: NodeData, key: string, value: Value | undefined): NodeData {
  if (value !== undefined) return { ...node, [key]: value };
  const { [key]: _removed, ...rest } = node;
  return rest;
}

function invalid(message: string, data: Readonly<Record<string, unknown>>): WaggleError {
  return new WaggleError("INVALID_CHANGE", { message, data });
}
