import * as z from "zod/mini";
import { defineOperation } from "../context.ts";
import { placementArguments, requirePlacement } from "../elements/placement.ts";
import { argumentsOf } from "../fields/field.ts";
import { itemsArgument, listModule, listTextKey } from "../modules/list.ts";
import { writeList } from "../text/list-text.ts";
import { createModule } from "./create-module.ts";
import { addedModule, withWarnings } from "./outputs.ts";

/** Adds a list to a column. */
export const addList = defineOperation({
  name: "add_list",
  title: "Add list",
  description: "Add a bulleted or numbered list to a column of a section. Font and colour default to the email's own.",
  kind: "write",
  destructive: false,
  idempotent: false,
  input: z.strictObject({
    ...placementArguments,
    ...argumentsOf(listModule.fields),
    listType: listModule.fields.listType.schema,
    items: itemsArgument,
  }),
  output: addedModule,
  errors: ["INVALID_INPUT", "ELEMENT_NOT_FOUND"],
  examples: [
    {
      note: "Three bullets",
      input: { section: 0, listType: "ul", items: ["A bed", "<b>Breakfast</b>", "A seat for {{first_name}}"] },
    },
    {
      note: "Numbered by letters, with some air",
      input: {
        section: 1,
        listType: "ol",
        items: ["Book", "Pack", "Sleep"],
        listStyleType: "lower-alpha",
        itemSpacing: 8,
      },
    },
  ],
  apply: (context, input) => {
    const { items, listType } = input;
    const place = requirePlacement(context.draft, input);
    const { value, warnings } = writeList(undefined, { codec: context.codec, items, listType });
    const elementId = createModule(context, { spec: listModule, place, input, content: { [listTextKey]: value } });
    return withWarnings({ elementId }, [...place.warnings, ...warnings]);
  },
});
