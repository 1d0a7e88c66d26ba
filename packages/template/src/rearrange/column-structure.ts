import { WaggleError } from "@waggle/contract";
import { gridColumns, gridColumnsKey } from "../document/grid.ts";
import type { ElementId } from "../document/node.ts";
import type { Draft } from "../draft/draft.ts";
import { columnsIn } from "./column-widths.ts";
import { copyAlone, type NewId } from "./copy.ts";

/**
 * Gives a row other columns and keeps all its modules: `widths` in twelfths, from the left, sum 12. Columns that are left
 * keep their own look; new ones are empty and look like the last one; the modules of columns that go are put below those
 * of the last one that stays. Answers with the ids of the columns. Throws ELEMENT_NOT_FOUND or INVALID_CHANGE.
 */
export function changeColumns(
  draft: Draft,
  row: ElementId,
  { widths, newId }: { readonly widths: readonly number[]; readonly newId: NewId },
): readonly ElementId[] {
  requireGrid(row, widths);
  draft.require(row);
  const columns = columnsIn(draft, row);
  const last = columns.at(-1);
  if (last === undefined)
    throw refused(row, `${row} has no columns, so it is no row that can be rearranged. Name a row.`);
  const kept = columns.slice(0, widths.length);
  mergeInto(draft, kept.at(-1) ?? last, columns.slice(widths.length));
  const added = widths
    .slice(kept.length)
    .map((_width, at) => copyAlone(draft, last, { place: { parent: row, index: kept.length + at }, newId }));
  const ids = [...kept, ...added];
  ids.forEach((id, at) => {
    draft.set(id, gridColumnsKey, widths[at]);
  });
  return ids;
}

function mergeInto(draft: Draft, column: ElementId, leaving: readonly ElementId[]): void {
  for (const each of leaving) {
    for (const module of draft.children(each))
      draft.move(module, { parent: column, index: draft.children(column).length });
    draft.remove(each);
  }
}

function requireGrid(row: ElementId, widths: readonly number[]): void {
  const sum = widths.reduce((total, width) => total + width, 0);
  if (sum === gridColumns && widths.every((width) => Number.isInteger(width) && width > 0)) return;
  throw refused(
    row,
    `The widths ${widths.join(", ") || "(none)"} don't make a row: they have to be whole twelfths that sum to ${gridColumns}, like 12, or 6 and 6, or 4, 4 and 4.`,
  );
}

function refused(elementId: ElementId, message: string): WaggleError {
  return new WaggleError("INVALID_CHANGE", { message, data: { elementId } });
}
