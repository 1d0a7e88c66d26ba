import * as z from "zod/mini";
import { defineOperation } from "../context.ts";
import { placementArguments, requirePlacement } from "../elements/placement.ts";
import { argumentsOf } from "../fields/field.ts";
import { headersArgument, rowsArgument, tableModule } from "../modules/table.ts";
import { writeTableTexts } from "../text/table-text.ts";
import { createModule } from "./create-module.ts";
import { addedModule, withWarnings } from "./outputs.ts";
import { requireTable, type TableInput } from "./table-shape.ts";

/** Adds a table to a column. */
export const addTable = defineOperation({
  name: "add_table",
  title: "Add table",
  description:
    "Add a table of data to a column of a section. Not for layout: use add_section with several columns. Cells have thin grey borders and headers a grey fill unless told otherwise.",
  kind: "write",
  destructive: false,
  idempotent: false,
  input: z.strictObject({
    ...placementArguments,
    headers: z.optional(headersArgument),
    rows: z.optional(rowsArgument),
    ...argumentsOf(tableModule.fields),
  }),
  output: addedModule,
  errors: ["INVALID_INPUT", "ELEMENT_NOT_FOUND"],
  examples: [
    {
      note: "Departures",
      input: {
        section: 0,
        headers: ["Train", "Leaves", "Berth"],
        rows: [
          ["<b>NL 214</b> Lyon – Vienna", "20:42", "€89"],
          ["<b>NL 307</b> Basel – Zadar", "21:15", "€104"],
        ],
      },
    },
    {
      note: "Without a header row, lines below rows only",
      input: {
        section: 1,
        rows: [
          ["Order", "{{order_id}}"],
          ["Total", "{{total}}"],
        ],
        borderWidth: 0,
        borderBottom: "1px solid #e4dac6",
      },
    },
  ],
  apply: (context, input) => {
    const place = requirePlacement(context.draft, input);
    const { content, warnings } = writeTableTexts({}, requireTable(withDefaults(input)), context.codec);
    const elementId = createModule(context, { spec: tableModule, place, input, content });
    return withWarnings({ elementId }, [...place.warnings, ...warnings]);
  },
});

/** A table needs a row to be seen. */
function withDefaults({ headers, rows }: TableInput): TableInput {
  if (rows) return { headers, rows };
  if (headers?.length) return { headers, rows: [headers.map(() => "")] };
  return { headers: ["Header", "Header"], rows: [["Text", "Text"]] };
}
