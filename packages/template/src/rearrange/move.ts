import { type ElementId, kindOf, parentOf, rootId } from "../document/node.ts";
import type { Draft, Place } from "../draft/draft.ts";
import { columnsIn, shareWidth } from "./column-widths.ts";
import { refuseThirteenth } from "./duplicate.ts";

/**
 * Moves a row, column or module with all it holds. Where a column leaves or comes, the columns of that row share its
 * width; a row that is left without columns goes to the trash. An index behind the end is the end; within one parent it
 * counts without the element itself. Throws ELEMENT_NOT_FOUND, or INVALID_CHANGE when the place can't hold it.
 */
export function moveElement(draft: Draft, id: ElementId, place: Place): void {
  const node = draft.require(id);
  const left = parentOf(node);
  if (place.parent !== rootId) draft.require(place.parent);
  const isColumnLeaving = kindOf(node) === "column" && left !== undefined && left !== place.parent;
  if (isColumnLeaving) refuseThirteenth(draft, place.parent);
  draft.move(id, place);
  if (!isColumnLeaving) return;
  shareWidth(draft, columnsIn(draft, place.parent));
  const stayed = columnsIn(draft, left);
  if (stayed.length > 0) shareWidth(draft, stayed);
  else draft.remove(left);
}
