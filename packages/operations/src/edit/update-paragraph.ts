import * as z from "zod/mini";
import { defineOperation } from "../context.ts";
import { elementIdArgument } from "../elements/element-id-argument.ts";
import { argumentsOf } from "../fields/field.ts";
import { legacyTextModule, paragraphModule } from "../modules/paragraph.ts";
import { updatedElement, withWarnings } from "./outputs.ts";
import { htmlArgument, mergeTagPassed, mergeTagWarnings } from "./text-arguments.ts";
import { updateModule } from "./update-module.ts";

/** Changes a paragraph, or a text block of an older template. */
export const updateParagraph = defineOperation({
  name: "update_paragraph",
  title: "Update paragraph",
  description:
    "Change the text or look of a paragraph, also of a text block of an older template. Give only what should change. Read long texts with get_element_details first and send back the whole HTML.",
  kind: "write",
  destructive: false,
  idempotent: true,
  input: z.strictObject({
    elementId: elementIdArgument,
    html: z.optional(htmlArgument),
    ...argumentsOf(paragraphModule.fields),
    mergeTagPassed,
  }),
  output: updatedElement,
  errors: ["INVALID_INPUT", "ELEMENT_NOT_FOUND"],
  examples: [
    {
      note: "New words with a merge tag",
      input: {
        elementId: "7db7e935-2720-409d-b5ca-6a9f1edc9e82",
        html: "Hello {{first_name}}, nine night trains run.",
        mergeTagPassed: true,
      },
    },
    {
      note: "More air",
      input: { elementId: "7db7e935-2720-409d-b5ca-6a9f1edc9e82", lineHeight: 1.6, paddingBottom: 24 },
    },
  ],
  apply: (context, input) => {
    const { elementId, html } = input;
    const specs = [paragraphModule, legacyTextModule];
    const { changed, warnings } = updateModule(context, {
      operation: "update_paragraph",
      specs,
      elementId,
      text: html,
      input,
    });
    return withWarnings({ elementId, changed }, [...warnings, ...mergeTagWarnings(html, input.mergeTagPassed)]);
  },
});
