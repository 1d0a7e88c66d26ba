import { type Draft, type ElementId, gridColumns, gridColumnsOf, parentOf } from "@waggle/template";
import { pageDefaults } from "../modules/page-defaults.ts";
import { visibleChildren } from "./visible.ts";

/** The pixels of a column with its padding, by its share of the content area. */
export function columnWidth(draft: Draft, columnId: ElementId): number {
  const siblings = visibleChildren(draft, parentOf(draft.require(columnId)) ?? "");
  const shares = gridColumnsOf(siblings.map((id) => draft.require(id)));
  const share = shares[siblings.indexOf(columnId)] ?? gridColumns;
  const content = Number.parseFloat(pageDefaults(draft).contentWidth);
  return ((Number.isFinite(content) ? content : 600) * share) / gridColumns;
}
