import { type ElementId, type ElementKind, rootId } from "../document/node.ts";
import { childrenOf, type Snapshot, walk } from "../document/snapshot.ts";

/** Where an element is, counted as people count: the first row is 1. */
export interface ElementPlace {
  readonly kind: ElementKind;
  readonly parent: ElementId;
  readonly row: number;
  /** Of columns and modules. */
  readonly column?: number;
  /** How many columns its row has. */
  readonly columns: number;
}

/** The places of all visible elements, in document order. */
export function placesOf(snapshot: Snapshot): ReadonlyMap<ElementId, ElementPlace> {
  const places = new Map<ElementId, ElementPlace>();
  let [rowId, columnId, row, column, columns] = [rootId, rootId, 0, 0, 0];
  for (const { id, kind } of walk(snapshot)) {
    if (kind === "row") {
      [rowId, row, column, columns] = [id, row + 1, 0, childrenOf(snapshot, id).length];
      places.set(id, { kind, parent: rootId, row, columns });
    } else if (kind === "column") {
      [columnId, column] = [id, column + 1];
      places.set(id, { kind, parent: rowId, row, column, columns });
    } else places.set(id, { kind, parent: columnId, row, column, columns });
  }
  return places;
}

/** "row 3", or "row 3, column 2" where the row has several. */
export function placeInWords({ row, column, columns }: ElementPlace): string {
  return column === undefined || columns < 2 ? `row ${row}` : `row ${row}, column ${column}`;
}
