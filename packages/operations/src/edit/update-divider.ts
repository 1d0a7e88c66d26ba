import * as z from "zod/mini";
import { defineOperation } from "../context.ts";
import { elementIdArgument } from "../elements/element-id-argument.ts";
import { argumentsOf } from "../fields/field.ts";
import { dividerModule } from "../modules/divider.ts";
import { updatedElement } from "./outputs.ts";
import { updatePlainModule } from "./plain-module.ts";

/** Changes a line. */
export const updateDivider = defineOperation({
  name: "update_divider",
  title: "Update divider",
  description: "Change the line of a divider, its width, or the space around it. Give only what should change.",
  kind: "write",
  destructive: false,
  idempotent: true,
  input: z.strictObject({ elementId: elementIdArgument, ...argumentsOf(dividerModule.fields) }),
  output: updatedElement,
  errors: ["INVALID_INPUT", "ELEMENT_NOT_FOUND"],
  examples: [
    {
      note: "Thicker, in the brand's colour",
      input: { elementId: "b0a0b9a4-6f5b-4f0e-9a3c-2d1f7f6f2c55", line: "3px solid #14312b" },
    },
    {
      note: "Half as wide as its column",
      input: { elementId: "b0a0b9a4-6f5b-4f0e-9a3c-2d1f7f6f2c55", width: "50%" },
    },
  ],
  apply: (context, input) => updatePlainModule(context, { operation: "update_divider", spec: dividerModule, input }),
});
