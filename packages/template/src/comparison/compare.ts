import { describeEdits } from "../change-set/describe-edits.ts";
import { type ElementId, type NodeData, type NodeKind, settingsId } from "../document/node.ts";
import { childrenOf, type Snapshot } from "../document/snapshot.ts";
import { equalValues, type Value } from "../document/value.ts";
import { labelOf } from "../modules/module-types.ts";
import { propertyLabel } from "../modules/property-labels.ts";
import { movedSiblings } from "./moved-siblings.ts";
import { type ElementPlace, placeInWords, placesOf } from "./places.ts";

/** A property that differs; a side without a value did not have it. */
export interface PropertyDifference {
  /** JSON pointer into the element's own JSON. */
  readonly key: string;
  /** What people call it: "fill", "link". */
  readonly label: string;
  readonly before?: Value;
  readonly after?: Value;
}

/** One thing that differs about one element. An element that was moved and changed has two. */
export interface ElementDifference {
  readonly kind: "added" | "removed" | "moved" | "changed";
  readonly elementId: ElementId;
  readonly element: NodeKind;
  /** What differs; empty unless `kind` is `changed`. */
  readonly properties: readonly PropertyDifference[];
  /** For people: "Button text “Buy” → “Order now” in row 3". */
  readonly sentence: string;
}

/**
 * What differs between two snapshots, as people see them: what is in the trash does not count, and what came, went or
 * moved together with the element it is in is not listed by itself, new modules in new rows excepted. The page's settings
 * come first, then everything in document order, then what was removed. Elements are the same when their ids are; it
 * does not matter where the snapshots come from.
 *
 * @example
 * for (const { sentence } of compareSnapshots(before, after)) console.log(sentence);
 */
export function compareSnapshots(before: Snapshot, after: Snapshot): readonly ElementDifference[] {
  return new Comparison(before, after).differences();
}

class Comparison {
  readonly #before: Snapshot;
  readonly #after: Snapshot;
  readonly #placesBefore: ReadonlyMap<ElementId, ElementPlace>;
  readonly #placesAfter: ReadonlyMap<ElementId, ElementPlace>;
  /** Parent → those of its children that changed their order. */
  readonly #moved = new Map<ElementId, ReadonlySet<ElementId>>();

  constructor(before: Snapshot, after: Snapshot) {
    this.#before = before;
    this.#after = after;
    this.#placesBefore = placesOf(before);
    this.#placesAfter = placesOf(after);
  }

  differences(): ElementDifference[] {
    const found = [...this.#ofSettings()];
    for (const [id, place] of this.#placesAfter) found.push(...this.#ofElement(id, place));
    for (const [id, place] of this.#placesBefore)
      if (!this.#placesAfter.has(id)) found.push(...this.#removed(id, place));
    return found;
  }

  #ofSettings(): ElementDifference[] {
    const [old, next] = [this.#before.nodes.get(settingsId), this.#after.nodes.get(settingsId)];
    return old && next ? this.#changed(settingsId, { old, next }) : [];
  }

  #ofElement(id: ElementId, place: ElementPlace): ElementDifference[] {
    const next = this.#after.nodes.get(id);
    if (!next) return [];
    const [was, old] = [this.#placesBefore.get(id), this.#before.nodes.get(id)];
    if (!was || !old) return this.#added(id, { node: next, place });
    return [...this.#movedFrom(was, { id, node: next, place }), ...this.#changed(id, { old, next }, place)];
  }

  #added(elementId: ElementId, { node, place }: Placed): ElementDifference[] {
    // A column that came with its row goes without saying.
    if (place.kind === "column" && !this.#placesBefore.has(place.parent)) return [];
    return [
      difference("added", { elementId, element: place.kind, sentence: `${named(node, place)} added${within(place)}` }),
    ];
  }

  #removed(elementId: ElementId, place: ElementPlace): ElementDifference[] {
    const node = this.#before.nodes.get(elementId);
    const wentAlong = place.kind !== "row" && !this.#placesAfter.has(place.parent);
    if (!node || wentAlong) return [];
    const from = place.kind === "row" ? "" : ` from ${placeOf(place)}`;
    return [
      difference("removed", { elementId, element: place.kind, sentence: `${named(node, place)} removed${from}` }),
    ];
  }

  #movedFrom(was: ElementPlace, { id, node, place }: Placed & { readonly id: ElementId }): ElementDifference[] {
    if (was.parent === place.parent && !this.#movedWithin(place.parent).has(id)) return [];
    return [
      difference("moved", {
        elementId: id,
        element: place.kind,
        sentence: `${labelOf(node)} moved${journey(was, place)}`,
      }),
    ];
  }

  #movedWithin(parent: ElementId): ReadonlySet<ElementId> {
    const known = this.#moved.get(parent);
    if (known) return known;
    const moved = movedSiblings(childrenOf(this.#before, parent), childrenOf(this.#after, parent));
    this.#moved.set(parent, moved);
    return moved;
  }

  #changed(
    elementId: ElementId,
    versions: { old: NodeData; next: NodeData },
    place?: ElementPlace,
  ): ElementDifference[] {
    const { old, next } = versions;
    const keys = differingKeys(old, next);
    if (keys.length === 0) return [];
    const properties = keys.map((key) => propertyDifference(key, old[key], next[key]));
    const label = place ? named(next, place) : labelOf(next);
    const where = place ? within(place) : "";
    return describeEdits(label, keys, versions).map((sentence) =>
      difference("changed", { elementId, element: place?.kind ?? "settings", sentence: sentence + where, properties }),
    );
  }
}

interface Placed {
  readonly node: NodeData;
  readonly place: ElementPlace;
}

/** The properties that differ; where an element is stands apart. */
function differingKeys(old: NodeData, next: NodeData): string[] {
  if (old === next) return [];
  const keys = Object.keys(old).filter((key) => key !== "pos" && !equalValues(old[key], next[key]));
  return [...keys, ...Object.keys(next).filter((key) => key !== "pos" && !(key in old))];
}

function propertyDifference(key: string, before: Value | undefined, after: Value | undefined): PropertyDifference {
  const sides = { ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
  return { key, label: propertyLabel(key), ...sides };
}

type Found = Omit<ElementDifference, "kind" | "properties"> & { properties?: readonly PropertyDifference[] };

function difference(kind: ElementDifference["kind"], { properties = [], ...rest }: Found): ElementDifference {
  return { kind, properties, ...rest };
}

/** Rows and columns are known by their number, modules by their type. */
function named(node: NodeData, { kind, row, column }: ElementPlace): string {
  if (kind === "row") return `Row ${row}`;
  return kind === "column" ? `Column ${column}` : labelOf(node);
}

function within(place: ElementPlace): string {
  return place.kind === "row" ? "" : ` in ${placeOf(place)}`;
}

function placeOf(place: ElementPlace): string {
  return place.kind === "module" ? placeInWords(place) : `row ${place.row}`;
}

/** " from row 2 to row 3"; " within row 3". */
function journey(was: ElementPlace, is: ElementPlace): string {
  if (is.kind === "row") return ` from place ${was.row} to ${is.row}`;
  if (was.parent === is.parent) return ` within ${placeOf(is)}`;
  return ` from ${placeOf(was)} to ${placeOf(is)}`;
}
