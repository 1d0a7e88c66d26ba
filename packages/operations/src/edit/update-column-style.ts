import * as z from "zod/mini";
import { defineOperation } from "../context.ts";
import { requireElement } from "../elements/require-element.ts";
import { argumentsOf } from "../fields/field.ts";
import { columnFields, writeColumn } from "../modules/column.ts";
import { updatedElement } from "./outputs.ts";
import { elementTarget } from "./plain-module.ts";

/** Changes the look of a column. */
export const updateColumnStyle = defineOperation({
  name: "update_column_style",
  title: "Update column style",
  description: "Change the fill, space or border of one column of a section. Give only what should change.",
  kind: "write",
  destructive: false,
  idempotent: true,
  input: z.strictObject({
    columnId: z.string().check(z.minLength(1), z.describe("Id of the column, from get_content_hierarchy.")),
    ...argumentsOf(columnFields),
  }),
  output: updatedElement,
  errors: ["INVALID_INPUT", "ELEMENT_NOT_FOUND"],
  examples: [
    {
      note: "A card",
      input: {
        columnId: "b4f1bb41-0c0f-4a3e-93b5-d60dbb9af1a7",
        backgroundColor: "#ffffff",
        padding: 24,
        borderWidth: 1,
        borderColor: "#e0d6c2",
        borderRadius: 12,
      },
    },
    {
      note: "More space on the left",
      input: { columnId: "b4f1bb41-0c0f-4a3e-93b5-d60dbb9af1a7", paddingLeft: 32 },
    },
  ],
  apply: ({ draft }, input) => {
    const { columnId } = input;
    requireElement(draft, columnId, { argument: "columnId", kinds: ["column"] });
    return { elementId: columnId, changed: [...writeColumn(elementTarget({ draft }, columnId), input)] };
  },
});
