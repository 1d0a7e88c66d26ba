import * as z from "zod/mini";
import { defineOperation } from "../context.ts";
import { elementIdArgument } from "../elements/element-id-argument.ts";
import { argumentsOf } from "../fields/field.ts";
import { titleModule } from "../modules/title.ts";
import { updatedElement, withWarnings } from "./outputs.ts";
import { mergeTagPassed, mergeTagWarnings, titleArgument } from "./text-arguments.ts";
import { updateModule } from "./update-module.ts";

/** Changes a title. */
export const updateTitle = defineOperation({
  name: "update_title",
  title: "Update title",
  description:
    "Change the text or look of a title. Give only what should change. Plain text keeps the formatting that covers the whole title.",
  kind: "write",
  destructive: false,
  idempotent: true,
  input: z.strictObject({
    elementId: elementIdArgument,
    text: z.optional(titleArgument),
    ...argumentsOf(titleModule.fields),
    mergeTagPassed,
  }),
  output: updatedElement,
  errors: ["INVALID_INPUT", "ELEMENT_NOT_FOUND"],
  examples: [
    {
      note: "New words, same look",
      input: { elementId: "a30790a7-083c-4f25-942e-6cc3bb21ddfe", text: "Wake up by the sea" },
    },
    {
      note: "Larger and dark green",
      input: { elementId: "a30790a7-083c-4f25-942e-6cc3bb21ddfe", fontSize: 40, color: "#14312b" },
    },
  ],
  apply: (context, input) => {
    const { elementId, text } = input;
    const update = { operation: "update_title", specs: [titleModule], elementId, text, input };
    const { changed, warnings } = updateModule(context, update);
    return withWarnings({ elementId, changed }, [...warnings, ...mergeTagWarnings(text, input.mergeTagPassed)]);
  },
});
