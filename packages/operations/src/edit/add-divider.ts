import * as z from "zod/mini";
import { defineOperation } from "../context.ts";
import { placementArguments } from "../elements/placement.ts";
import { argumentsOf } from "../fields/field.ts";
import { dividerModule } from "../modules/divider.ts";
import { addedModule } from "./outputs.ts";
import { addPlainModule } from "./plain-module.ts";

/** Adds a line to a column. */
export const addDivider = defineOperation({
  name: "add_divider",
  title: "Add divider",
  description: "Add a horizontal line to a column of a section, to part what is above from what is below.",
  kind: "write",
  destructive: false,
  idempotent: false,
  input: z.strictObject({ ...placementArguments, ...argumentsOf(dividerModule.fields) }),
  output: addedModule,
  errors: ["INVALID_INPUT", "ELEMENT_NOT_FOUND"],
  examples: [
    { note: "A thin grey line", input: { section: 0 } },
    {
      note: "A short dashed line on the left",
      input: { section: 1, index: 1, line: "2px dashed #c8432b", width: 120, align: "left", paddingTop: 24 },
    },
  ],
  apply: (context, input) => addPlainModule(context, { spec: dividerModule, input }),
});
