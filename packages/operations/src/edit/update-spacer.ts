import * as z from "zod/mini";
import { defineOperation } from "../context.ts";
import { elementIdArgument } from "../elements/element-id-argument.ts";
import { argumentsOf } from "../fields/field.ts";
import { spacerModule } from "../modules/spacer.ts";
import { updatedElement } from "./outputs.ts";
import { updatePlainModule } from "./plain-module.ts";

/** Changes empty height. */
export const updateSpacer = defineOperation({
  name: "update_spacer",
  title: "Update spacer",
  description: "Change the height or fill of a spacer. Give only what should change.",
  kind: "write",
  destructive: false,
  idempotent: true,
  input: z.strictObject({ elementId: elementIdArgument, ...argumentsOf(spacerModule.fields) }),
  output: updatedElement,
  errors: ["INVALID_INPUT", "ELEMENT_NOT_FOUND"],
  examples: [
    { note: "Half as high", input: { elementId: "7e0f0a51-37f5-4b0c-8f0e-6c1f3f0d2a10", height: 20 } },
    {
      note: "Not on phones",
      input: { elementId: "7e0f0a51-37f5-4b0c-8f0e-6c1f3f0d2a10", hideOnMobile: true },
    },
  ],
  apply: (context, input) => updatePlainModule(context, { operation: "update_spacer", spec: spacerModule, input }),
});
