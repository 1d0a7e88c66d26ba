import * as z from "zod/mini";
import { defineOperation } from "../context.ts";
import { placementArguments } from "../elements/placement.ts";
import { argumentsOf } from "../fields/field.ts";
import { titleModule, titleSizes } from "../modules/title.ts";
import { addModule } from "./add-module.ts";
import { addedModule, withWarnings } from "./outputs.ts";
import { mergeTagPassed, mergeTagWarnings, titleArgument } from "./text-arguments.ts";

/** Adds a title to a column. */
export const addTitle = defineOperation({
  name: "add_title",
  title: "Add title",
  description:
    "Add a title (heading) to a column of a section. Font, colour and size default to the email's own; give only what should differ.",
  kind: "write",
  destructive: false,
  idempotent: false,
  input: z.strictObject({
    ...placementArguments,
    text: z._default(titleArgument, "New title"),
    ...argumentsOf(titleModule.fields),
    mergeTagPassed,
  }),
  output: addedModule,
  errors: ["INVALID_INPUT", "ELEMENT_NOT_FOUND"],
  examples: [
    {
      note: "Main title at the top of the first section",
      input: { section: 0, index: 0, text: "Leave after dinner", headingLevel: "h1" },
    },
    {
      note: "Centred, larger, with a merge tag",
      input: { section: 1, text: "Hello {{first_name}}", fontSize: 30, textAlign: "center", mergeTagPassed: true },
    },
  ],
  apply: (context, input) => {
    const fontSize = input.fontSize ?? titleSizes[input.headingLevel ?? ""];
    const { elementId, warnings } = addModule(context, {
      spec: titleModule,
      text: input.text,
      input: { ...input, fontSize },
    });
    return withWarnings({ elementId }, [...warnings, ...mergeTagWarnings(input.text, input.mergeTagPassed)]);
  },
});
