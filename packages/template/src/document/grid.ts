import type { NodeData } from "./node.ts";

/** Key of a column's share of its row, in twelfths. */
export const gridColumnsKey = "/grid-columns";
/** What the columns of a row sum to. */
export const gridColumns = 12;

/**
 * The widths of a row's columns in twelfths. Imported columns may lack a width or hold something else than a number:
 * those share what the others leave, as a browser would lay them out. They get 0 when nothing is left.
 */
export function gridColumnsOf(columns: readonly NodeData[]): readonly number[] {
  const stated = columns.map((column) => statedWidth(column));
  const taken = stated.reduce<number>((sum, width) => sum + (width ?? 0), 0);
  const open = stated.filter((width) => width === undefined).length;
  const share = Math.max(0, gridColumns - taken) / Math.max(1, open);
  return stated.map((width) => width ?? share);
}

function statedWidth(column: NodeData): number | undefined {
  const width = column[gridColumnsKey];
  return typeof width === "number" && width > 0 ? width : undefined;
}

/** Whether these columns make a row: at least one, each with some width, together 12. */
export function fillsRow(columns: readonly NodeData[]): boolean {
  const widths = gridColumnsOf(columns);
  const sum = widths.reduce((total, width) => total + width, 0);
  // Shared rests may be fractions: a fifth of 12 five times is not exactly 12.
  return widths.length > 0 && widths.every((width) => width > 0) && Math.abs(sum - gridColumns) < 1e-6;
}
