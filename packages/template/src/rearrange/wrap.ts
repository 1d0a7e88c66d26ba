import { WaggleError } from "@waggle/contract";
import { gridColumns, gridColumnsKey } from "../document/grid.ts";
import { type ElementId, kindOf, parentOf, rootId } from "../document/node.ts";
import type { Draft } from "../draft/draft.ts";
import { columnsIn, shareWidth } from "./column-widths.ts";
import { copyAlone, type NewId } from "./copy.ts";

/**
 * Gives a column or a module a row of its own, one column wide, that looks like the row it was in; answers with the id of
 * that row. A module of a one-column row stays where it is to the eye: what was above it stays above, what was below
 * it follows in a third row. From a row of several columns the new row comes right below. New rows are not saved or synced
 * rows, whatever the row was: each would be taken for all of it. Throws ELEMENT_NOT_FOUND, or
 * INVALID_CHANGE for what has a row of its own already and for rows, which nothing can hold.
 */
export function wrapInRow(draft: Draft, id: ElementId, newId: NewId): ElementId {
  const kind = kindOf(draft.require(id));
  if (kind === "module") return wrapModule(draft, id, newId);
  if (kind === "column") return wrapColumn(draft, id, newId);
  throw refused(id, "Only columns and modules can be wrapped in a row; nothing holds a row. Move or duplicate it.");
}

function wrapColumn(draft: Draft, id: ElementId, newId: NewId): ElementId {
  const row = requireParent(draft, id);
  const others = columnsIn(draft, row).filter((column) => column !== id);
  if (others.length === 0) throw refused(id, `Column ${id} has row ${row} to itself already.`);
  const wrapper = rowBelow(draft, row, newId);
  draft.move(id, { parent: wrapper, index: 0 });
  draft.set(id, gridColumnsKey, gridColumns);
  shareWidth(draft, others);
  return wrapper;
}

function wrapModule(draft: Draft, id: ElementId, newId: NewId): ElementId {
  const column = requireParent(draft, id);
  const row = requireParent(draft, column);
  const [isOnlyColumn, modules] = [columnsIn(draft, row).length === 1, draft.children(column)];
  if (!isOnlyColumn) return moveToNewRow(draft, [id], { row, column, newId });
  if (modules.length === 1) throw refused(id, `Module ${id} has row ${row} to itself already.`);
  const at = modules.indexOf(id);
  const below = modules.slice(at + 1);
  if (below.length > 0) moveToNewRow(draft, below, { row, column, newId });
  // Nothing is above: the row that is left holds the module alone.
  return at === 0 ? row : moveToNewRow(draft, [id], { row, column, newId });
}

interface Origin {
  readonly row: ElementId;
  readonly column: ElementId;
  readonly newId: NewId;
}

/** A row below, of one column that looks like the one the modules leave. */
function moveToNewRow(draft: Draft, modules: readonly ElementId[], { row, column, newId }: Origin): ElementId {
  const wrapper = rowBelow(draft, row, newId);
  const holder = copyAlone(draft, column, { place: { parent: wrapper, index: 0 }, newId });
  draft.set(holder, gridColumnsKey, gridColumns);
  modules.forEach((module, index) => {
    draft.move(module, { parent: holder, index });
  });
  return wrapper;
}

/** A row without columns that looks like this one and is no place of the saved row that this one may be. */
function rowBelow(draft: Draft, row: ElementId, newId: NewId): ElementId {
  const place = { parent: rootId, index: draft.children(rootId).indexOf(row) + 1 };
  const copy = copyAlone(draft, row, { place, newId });
  for (const key of Object.keys(draft.require(copy)))
    if (key === "/synced") draft.set(copy, key, false);
    else if (key === "/metadata" || key.startsWith("/metadata/")) draft.set(copy, key, undefined);
  return copy;
}

function requireParent(draft: Draft, id: ElementId): ElementId {
  // Found elements have a parent; only the settings have none.
  return parentOf(draft.require(id)) ?? rootId;
}

function refused(elementId: ElementId, message: string): WaggleError {
  return new WaggleError("INVALID_CHANGE", { message, data: { elementId } });
}
