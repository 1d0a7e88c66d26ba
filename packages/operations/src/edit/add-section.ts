import { WaggleError } from "@waggle/contract";
import { type Draft, type ElementId, rootId, type Value } from "@waggle/template";
import * as z from "zod/mini";
import { defineOperation, type OperationContext } from "../context.ts";
import { requireElement } from "../elements/require-element.ts";
import { visibleChildren } from "../elements/visible.ts";
import { argumentsOf } from "../fields/field.ts";
import { columnLeaves } from "../modules/column.ts";
import { pageDefaults } from "../modules/page-defaults.ts";
import { rowFields, rowLeaves, writeRow } from "../modules/row.ts";
import { withWarnings } from "./outputs.ts";

const sumOf = (weights: readonly number[]): number => weights.reduce((sum, weight) => sum + weight, 0);

const input = z.strictObject({
  columns: z.array(z.int().check(z.gte(1), z.lte(12))).check(
    z.minLength(1),
    z.maxLength(12),
    z.refine((weights) => sumOf(weights) === 12, "has to sum to 12, like [12], [6, 6] or [4, 4, 4]"),
    z.describe("Width of each column in twelfths, from the left: [12], [6,6], [4,8], [4,4,4]. Has to sum to 12."),
  ),
  position: z.optional(
    z.int().check(z.gte(0), z.lte(9999), z.describe("Position from the top (0 = first). Default: at the end.")),
  ),
  before_row_id: z.optional(
    z.string().check(z.minLength(1), z.describe("Id of the section to put it above, in place of position.")),
  ),
  ...argumentsOf(rowFields),
});

/** Adds an empty row with its columns. */
export const addSection = defineOperation({
  name: "add_section",
  title: "Add section",
  description:
    "Add an empty section (a horizontal band) with one or more columns. Then fill it with add_title, add_paragraph, add_image and add_button. Answers with the id of the section and of each column.",
  kind: "write",
  destructive: false,
  idempotent: false,
  input,
  output: z.strictObject({
    elementId: z.string().check(z.describe("Id of the new section.")),
    columnIds: z.array(z.string()).check(z.describe("Ids of its columns, from the left.")),
    warnings: z.optional(z.array(z.string())),
  }),
  errors: ["INVALID_INPUT", "ELEMENT_NOT_FOUND"],
  examples: [
    { note: "One full-width column at the end", input: { columns: [12] } },
    {
      note: "Text left, picture right, on a coloured band above the footer",
      input: { columns: [7, 5], before_row_id: "88dc221b-f26e-4ed1-bcd0-fb03f74c74b7", rowBackgroundColor: "#f6efe1" },
    },
  ],
  apply: (context, given) => {
    const { draft, newId } = context;
    const place = requireRowPlace(draft, given);
    const elementId = newId();
    const columnIds = given.columns.map(() => newId());
    createRow(context, { elementId, index: place.index, given });
    given.columns.forEach((weight, index) => {
      const id = columnIds[index] ?? newId();
      const properties = { "/uuid": id, ...columnLeaves(weight) };
      draft.create(id, { kind: "column", parent: elementId, index, properties });
    });
    return withWarnings({ elementId, columnIds }, place.warnings);
  },
});

interface NewRow {
  readonly elementId: ElementId;
  readonly index: number;
  readonly given: z.output<typeof input>;
}

function createRow({ draft }: OperationContext, { elementId, index, given }: NewRow): void {
  const properties: Record<string, Value> = { "/uuid": elementId, ...rowLeaves(given.columns, pageDefaults(draft)) };
  const target = {
    get: (pointer: string) => properties[pointer],
    set: (pointer: string, value: Value) => {
      properties[pointer] = value;
    },
  };
  writeRow(target, given);
  draft.create(elementId, { kind: "row", parent: rootId, index, properties });
}

interface RowPlace {
  readonly index: number;
  readonly warnings: readonly string[];
}

function requireRowPlace(draft: Draft, given: z.output<typeof input>): RowPlace {
  const rows = visibleChildren(draft, rootId);
  if (given.before_row_id !== undefined) {
    if (given.position !== undefined) throw twoPlaces();
    requireElement(draft, given.before_row_id, { argument: "before_row_id", kinds: ["row"] });
    return { index: rows.indexOf(given.before_row_id), warnings: [] };
  }
  const wanted = given.position ?? rows.length;
  if (wanted <= rows.length) return { index: wanted, warnings: [] };
  return {
    index: rows.length,
    warnings: [`position ${wanted} is past the end; the section was added at ${rows.length}.`],
  };
}

function twoPlaces(): WaggleError {
  return new WaggleError("INVALID_INPUT", {
    message: "Give position or before_row_id, not both.",
    data: { argument: "before_row_id" },
  });
}
