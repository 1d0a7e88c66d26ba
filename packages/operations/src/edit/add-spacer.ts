import * as z from "zod/mini";
import { defineOperation } from "../context.ts";
import { placementArguments } from "../elements/placement.ts";
import { argumentsOf } from "../fields/field.ts";
import { spacerModule } from "../modules/spacer.ts";
import { addedModule } from "./outputs.ts";
import { addPlainModule } from "./plain-module.ts";

/** Adds empty height to a column. */
export const addSpacer = defineOperation({
  name: "add_spacer",
  title: "Add spacer",
  description:
    "Add empty height between two blocks of a column. For space around one block, set the block's padding instead.",
  kind: "write",
  destructive: false,
  idempotent: false,
  input: z.strictObject({ ...placementArguments, ...argumentsOf(spacerModule.fields) }),
  output: addedModule,
  errors: ["INVALID_INPUT", "ELEMENT_NOT_FOUND"],
  examples: [
    { note: "40 px below the text", input: { section: 0, height: 40 } },
    { note: "Less on phones", input: { section: 1, index: 2, height: 60, mobileHeight: 24 } },
  ],
  apply: (context, input) => addPlainModule(context, { spec: spacerModule, input }),
});
