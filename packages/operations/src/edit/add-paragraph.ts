import * as z from "zod/mini";
import { defineOperation } from "../context.ts";
import { placementArguments } from "../elements/placement.ts";
import { argumentsOf } from "../fields/field.ts";
import { paragraphModule } from "../modules/paragraph.ts";
import { addModule } from "./add-module.ts";
import { addedModule, withWarnings } from "./outputs.ts";
import { htmlArgument, mergeTagPassed, mergeTagWarnings } from "./text-arguments.ts";

/** Adds a paragraph to a column. */
export const addParagraph = defineOperation({
  name: "add_paragraph",
  title: "Add paragraph",
  description:
    "Add a paragraph of text to a column of a section. Several paragraphs fit into one block. Font and colour default to the email's own; give only what should differ.",
  kind: "write",
  destructive: false,
  idempotent: false,
  input: z.strictObject({
    ...placementArguments,
    html: z._default(htmlArgument, "New paragraph"),
    ...argumentsOf(paragraphModule.fields),
    mergeTagPassed,
  }),
  output: addedModule,
  errors: ["INVALID_INPUT", "ELEMENT_NOT_FOUND"],
  examples: [
    { note: "Text at the end of the first column", input: { section: 0, html: "Book a berth by <b>Sunday</b>." } },
    {
      note: "Small print in the second column, hidden on phones",
      input: {
        section: 2,
        column: 1,
        html: "<p>Prices per person.</p>",
        fontSize: 13,
        color: "#4a625c",
        hideOnMobile: true,
      },
    },
  ],
  apply: (context, input) => {
    const { elementId, warnings } = addModule(context, { spec: paragraphModule, text: input.html, input });
    return withWarnings({ elementId }, [...warnings, ...mergeTagWarnings(input.html, input.mergeTagPassed)]);
  },
});
