import { canonicalText, type ElementId, equalValues, isRichText, type Value } from "@waggle/template";
import * as z from "zod/mini";
import { defineOperation, type OperationContext } from "../context.ts";
import { elementIdArgument } from "../elements/element-id-argument.ts";
import { requireModule } from "../elements/require-element.ts";
import { argumentsOf, writeFields } from "../fields/field.ts";
import { headersArgument, rowsArgument, tableModule } from "../modules/table.ts";
import { readTableTexts, writeTableTexts } from "../text/table-text.ts";
import { updatedElement, withWarnings } from "./outputs.ts";
import { elementTarget } from "./plain-module.ts";
import { requireTable, type TableInput } from "./table-shape.ts";

/** Changes a table. */
export const updateTable = defineOperation({
  name: "update_table",
  title: "Update table",
  description:
    "Change the headers, rows or look of a table. Give only what should change. rows is all rows, headers all headers: read them with get_element_details first; cells sent back as they were stay untouched. Plain text keeps the formatting that covers the whole cell it replaces.",
  kind: "write",
  destructive: false,
  idempotent: true,
  input: z.strictObject({
    elementId: elementIdArgument,
    headers: z.optional(headersArgument),
    rows: z.optional(rowsArgument),
    ...argumentsOf(tableModule.fields),
  }),
  output: updatedElement,
  errors: ["INVALID_INPUT", "ELEMENT_NOT_FOUND"],
  examples: [
    {
      note: "Another price in the second row",
      input: {
        elementId: "6f0c1b2f-f34f-4f28-952f-b70721e5add2",
        rows: [
          ["<b>NL 214</b> Lyon – Vienna", "20:42", "€89"],
          ["<b>NL 307</b> Basel – Zadar", "21:15", "€99"],
        ],
      },
    },
    {
      note: "Dark header",
      input: {
        elementId: "6f0c1b2f-f34f-4f28-952f-b70721e5add2",
        headersBackgroundColor: "#14312b",
        headersColor: "#ffffff",
      },
    },
  ],
  apply: (context, input) => {
    const { elementId } = input;
    requireModule(context.draft, elementId, { types: ["table"], operation: "update_table" });
    const cells = updateCells(context, { elementId, input });
    const fields = writeFields(elementTarget(context, elementId), tableModule.fields, input);
    return withWarnings({ elementId, changed: [...cells.changed, ...fields] }, cells.warnings);
  },
});

interface CellUpdate {
  readonly elementId: ElementId;
  readonly input: TableInput;
}

interface UpdatedCells {
  readonly changed: readonly string[];
  readonly warnings: readonly string[];
}

function updateCells({ draft, codec }: OperationContext, { elementId, input }: CellUpdate): UpdatedCells {
  if (input.headers === undefined && input.rows === undefined) return { changed: [], warnings: [] };
  const node = draft.require(elementId);
  const before = readTableTexts(node, codec);
  const { content, warnings } = writeTableTexts(node, requireTable(input, before), codec);
  for (const [key, value] of Object.entries(content))
    if (!isSameContent(node[key], value)) draft.set(elementId, key, value);
  const after = readTableTexts(draft.require(elementId), codec);
  const names = ["headers", "rows"] as const;
  return { changed: names.filter((name) => !equalValues(before[name], after[name])), warnings };
}

function isSameContent(current: Value | undefined, next: Value): boolean {
  if (isRichText(current) && isRichText(next)) return equalValues(canonicalText(current).rich, next.rich);
  return equalValues(current, next);
}
