import * as z from "zod/mini";
import { defineOperation } from "../context.ts";
import { placementArguments } from "../elements/placement.ts";
import { argumentsOf } from "../fields/field.ts";
import { buttonModule } from "../modules/button.ts";
import { readableOn } from "../modules/page-defaults.ts";
import { addModule } from "./add-module.ts";
import { addedModule, withWarnings } from "./outputs.ts";
import { buttonTextArgument, mergeTagPassed, mergeTagWarnings } from "./text-arguments.ts";

/** Adds a button to a column. */
export const addButton = defineOperation({
  name: "add_button",
  title: "Add button",
  description:
    "Add a button to a column of a section. Give href, or it leads nowhere. The fill defaults to the email's link colour, the text to what reads well on the fill.",
  kind: "write",
  destructive: false,
  idempotent: false,
  input: z.strictObject({
    ...placementArguments,
    text: buttonTextArgument,
    ...argumentsOf(buttonModule.fields),
    mergeTagPassed,
  }),
  output: addedModule,
  errors: ["INVALID_INPUT", "ELEMENT_NOT_FOUND"],
  examples: [
    {
      note: "A button under the text",
      input: { section: 0, text: "Find a night train", href: "https://example.com/book" },
    },
    {
      note: "Round, centred, in the brand's colours",
      input: {
        section: 1,
        text: "Hold my berth",
        href: "{{booking_url}}",
        backgroundColor: "#c8432b",
        color: "#ffffff",
        borderRadius: 40,
        align: "center",
      },
    },
  ],
  apply: (context, input) => {
    const readable = input.backgroundColor === undefined ? undefined : readableOn(input.backgroundColor);
    const { elementId, warnings } = addModule(context, {
      spec: buttonModule,
      text: input.text,
      input: { ...input, color: input.color ?? readable },
    });
    const linkWarnings = input.href ? [] : ["The button leads nowhere yet: set href with update_button."];
    return withWarnings({ elementId }, [
      ...warnings,
      ...linkWarnings,
      ...mergeTagWarnings(input.text, input.mergeTagPassed),
    ]);
  },
});
