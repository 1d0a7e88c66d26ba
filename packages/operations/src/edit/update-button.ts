import * as z from "zod/mini";
import { defineOperation } from "../context.ts";
import { elementIdArgument } from "../elements/element-id-argument.ts";
import { argumentsOf } from "../fields/field.ts";
import { buttonModule } from "../modules/button.ts";
import { updatedElement, withWarnings } from "./outputs.ts";
import { buttonTextArgument, mergeTagPassed, mergeTagWarnings } from "./text-arguments.ts";
import { updateModule } from "./update-module.ts";

/** Changes a button. */
export const updateButton = defineOperation({
  name: "update_button",
  title: "Update button",
  description:
    "Change the text, link or look of a button. Give only what should change. Say what happens on a click: “Book a berth”, not “Click here”.",
  kind: "write",
  destructive: false,
  idempotent: true,
  input: z.strictObject({
    elementId: elementIdArgument,
    text: z.optional(buttonTextArgument),
    ...argumentsOf(buttonModule.fields),
    mergeTagPassed,
  }),
  output: updatedElement,
  errors: ["INVALID_INPUT", "ELEMENT_NOT_FOUND"],
  examples: [
    { note: "New label", input: { elementId: "5c2539cd-9e7b-475a-ab29-68714df3f716", text: "Order now" } },
    {
      note: "New link and colours",
      input: {
        elementId: "5c2539cd-9e7b-475a-ab29-68714df3f716",
        href: "https://example.com/cabins",
        backgroundColor: "#14312b",
        color: "#fbf5e9",
      },
    },
  ],
  apply: (context, input) => {
    const { elementId, text } = input;
    const update = { operation: "update_button", specs: [buttonModule], elementId, text, input };
    const { changed, warnings } = updateModule(context, update);
    return withWarnings({ elementId, changed }, [...warnings, ...mergeTagWarnings(text, input.mergeTagPassed)]);
  },
});
