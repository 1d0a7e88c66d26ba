import { WaggleError } from "@waggle/contract";
import { type Draft, type ElementId, rootId } from "@waggle/template";
import * as z from "zod/mini";
import { requireElement } from "./require-element.ts";
import { visibleChildren } from "./visible.ts";

/** Arguments that say where a new module goes. */
export const placementArguments = {
  section: z
    .union(
      [z.string().check(z.minLength(1)), z.int().check(z.gte(0), z.lte(9999))],
      "has to be a section id or its 0-based index",
    )
    .check(z.describe("Id of the section, or its position from the top (0 = first).")),
  column: z.optional(z.int().check(z.gte(0), z.lte(11), z.describe("Column from the left (0 = first). Default 0."))),
  index: z.optional(
    z.int().check(z.gte(0), z.lte(9999), z.describe("Position in the column (0 = top). Default: at the end.")),
  ),
};

export interface PlacementInput {
  readonly section: string | number;
  readonly column?: number | undefined;
  readonly index?: number | undefined;
}

/** A checked place for a new module. */
export interface Placement {
  readonly columnId: ElementId;
  readonly index: number;
  readonly warnings: readonly string[];
}

/** Finds the column and position. Throws ELEMENT_NOT_FOUND or INVALID_INPUT, naming the argument and what there is. */
export function requirePlacement(draft: Draft, input: PlacementInput): Placement {
  const columns = visibleChildren(draft, requireSection(draft, input.section));
  const wanted = input.column ?? 0;
  const columnId = columns[wanted];
  if (columnId === undefined)
    throw outOfRange("column", { wanted, there: columns, owner: "The section", part: "column" });
  const end = visibleChildren(draft, columnId).length;
  const index = Math.min(input.index ?? end, end);
  const isPastEnd = input.index !== undefined && input.index > end;
  return {
    columnId,
    index,
    warnings: isPastEnd ? [`index ${input.index} is past the end of the column; the block was added at ${end}.`] : [],
  };
}

/** The row that an id or a 0-based index means. */
export function requireSection(draft: Draft, section: string | number): ElementId {
  const rows = visibleChildren(draft, rootId);
  if (rows.length === 0) {
    throw new WaggleError("INVALID_INPUT", {
      message: "section: the email has no sections yet. Call add_section first.",
      data: { argument: "section", allowed: [] },
    });
  }
  // Models often quote numbers; no id of ours is digits only.
  const isIndex = typeof section === "number" || (/^\d{1,4}$/.test(section) && !rows.includes(section));
  if (!isIndex) {
    requireElement(draft, section, { argument: "section", kinds: ["row"] });
    return section;
  }
  const row = rows[Number(section)];
  if (row === undefined) {
    throw outOfRange("section", { wanted: Number(section), there: rows, owner: "The email", part: "section" });
  }
  return row;
}

interface Range {
  readonly wanted: number;
  readonly there: readonly ElementId[];
  readonly owner: string;
  readonly part: string;
}

function outOfRange(argument: string, { wanted, there, owner, part }: Range): WaggleError {
  const last = there.length - 1;
  const allowed = last <= 0 ? "only 0" : `0 to ${last}`;
  return new WaggleError("INVALID_INPUT", {
    message: `${argument}: ${wanted} does not exist. ${owner} has ${there.length} ${part}${there.length === 1 ? "" : "s"}: ${allowed} can be used.`,
    data: { argument, allowed: there.slice(0, 20), nearest: there.slice(-1) },
  });
}
