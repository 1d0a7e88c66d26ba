import { WaggleError } from "@waggle/contract";
import { gridColumns, gridColumnsKey, gridColumnsOf } from "../document/grid.ts";
import { type ElementId, kindOf, parentOf } from "../document/node.ts";
import type { Draft } from "../draft/draft.ts";

/** The columns of a row, from the left. */
export function columnsIn(draft: Draft, row: ElementId): readonly ElementId[] {
  return draft.children(row).filter((id) => {
    const node = draft.find(id);
    return node !== undefined && kindOf(node) === "column";
  });
}

/**
 * Shares a row's width among these columns in proportion to what they have; answers with those that changed. A width is
 * a whole number of twelfths, at least one. Throws INVALID_CHANGE for more than 12 columns, as imported rows may have.
 */
export function shareWidth(draft: Draft, columns: readonly ElementId[]): readonly ElementId[] {
  requireAtMostTwelve(draft, columns);
  const shares = proportionalShares(gridColumnsOf(columns.map((id) => draft.require(id))));
  return columns.filter((id, at) => {
    const share = shares[at] ?? 1;
    if (share === draft.get(id, gridColumnsKey)) return false;
    draft.set(id, gridColumnsKey, share);
    return true;
  });
}

function requireAtMostTwelve(draft: Draft, columns: readonly ElementId[]): void {
  const [first] = columns;
  if (first === undefined || columns.length <= gridColumns) return;
  const row = parentOf(draft.require(first)) ?? "";
  throw new WaggleError("INVALID_CHANGE", {
    message: `Row ${row} would have ${columns.length} columns, and at most ${gridColumns} columns fit. Give row ${row} ${gridColumns} columns or fewer, or delete it.`,
    data: { elementId: row },
  });
}

/** Largest remainder: whole numbers of at least one that sum to twelve. */
export function proportionalShares(weights: readonly number[]): readonly number[] {
  const total = sumOf(weights);
  const exact = weights.map((weight) => (total > 0 ? (weight / total) * gridColumns : gridColumns / weights.length));
  const shares = exact.map((share) => Math.max(1, Math.floor(share)));
  const missing = (at: number): number => (exact[at] ?? 0) - (shares[at] ?? 0);
  for (let sum = sumOf(shares); sum !== gridColumns; sum = sumOf(shares)) {
    const step = sum < gridColumns ? 1 : -1;
    // The column that is furthest from its exact share takes, or gives, one twelfth.
    const [at = 0] = [...shares.keys()]
      .filter((each) => step > 0 || (shares[each] ?? 0) > 1)
      .sort((a, b) => step * (missing(b) - missing(a)));
    shares[at] = (shares[at] ?? 0) + step;
  }
  return shares;
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0);
