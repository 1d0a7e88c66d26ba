import { WaggleError } from "@waggle/contract";
import { gridColumns } from "../document/grid.ts";
import { type ElementId, kindOf, parentOf, settingsId } from "../document/node.ts";
import type { Draft } from "../draft/draft.ts";
import { columnsIn, shareWidth } from "./column-widths.ts";
import { copyWhole, type NewId } from "./copy.ts";

/**
 * Puts a copy of a row, column or module right behind it, with all it holds, under new ids; answers with the id of the
 * copy. The columns of the row share its width when a column is copied. Comments stay with the original. The copy of a saved
 * or synced row is the same saved row a second time, so it keeps what says so, and is brought up to date with the first.
 * Throws ELEMENT_NOT_FOUND, or INVALID_CHANGE for the settings and for a thirteenth column.
 */
export function duplicateElement(draft: Draft, id: ElementId, newId: NewId): ElementId {
  const node = draft.require(id);
  const parent = parentOf(node);
  if (parent === undefined)
    throw new WaggleError("INVALID_CHANGE", {
      message: "The settings can't be duplicated. Name a row, a column or a module.",
      data: { elementId: settingsId },
    });
  const isColumn = kindOf(node) === "column";
  if (isColumn) refuseThirteenth(draft, parent);
  const index = draft.children(parent).indexOf(id) + 1;
  const copy = copyWhole(draft, id, { place: { parent, index }, newId });
  if (isColumn) shareWidth(draft, columnsIn(draft, parent));
  return copy;
}

/** A row has twelve twelfths to give. */
export function refuseThirteenth(draft: Draft, row: ElementId): void {
  if (columnsIn(draft, row).length < gridColumns) return;
  throw new WaggleError("INVALID_CHANGE", {
    message: `Row ${row} has ${gridColumns} columns already, and no more fit. Delete one first, or use another row.`,
    data: { elementId: row },
  });
}
