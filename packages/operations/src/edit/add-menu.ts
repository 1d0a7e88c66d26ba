import * as z from "zod/mini";
import { defineOperation } from "../context.ts";
import { placementArguments } from "../elements/placement.ts";
import { argumentsOf } from "../fields/field.ts";
import { menuModule } from "../modules/menu.ts";
import { menuWarnings, withLinkColor } from "./menu-items.ts";
import { addedModule, withWarnings } from "./outputs.ts";
import { addPlainModule } from "./plain-module.ts";

/** Adds a line of links to a column. */
export const addMenu = defineOperation({
  name: "add_menu",
  title: "Add menu",
  description: "Add a menu of text links, in a line or below each other, to a column of a section.",
  kind: "write",
  destructive: false,
  idempotent: false,
  input: z.strictObject({
    ...placementArguments,
    ...argumentsOf(menuModule.fields),
    items: menuModule.fields.items.schema,
  }),
  output: addedModule,
  errors: ["INVALID_INPUT", "ELEMENT_NOT_FOUND"],
  examples: [
    {
      note: "A line of links with strokes between them",
      input: {
        section: 0,
        items: [
          { text: "Journeys", href: "https://example.com/journeys" },
          { text: "Your bookings", href: "{{ bookings_url }}" },
        ],
        separator: "|",
      },
    },
    {
      note: "Folded into a button on phones",
      input: { section: 0, items: [{ text: "Journal", href: "https://example.com/journal" }], hamburgerOnMobile: true },
    },
  ],
  apply: (context, input) => {
    const { elementId, warnings = [] } = addPlainModule(context, { spec: menuModule, input: withLinkColor(input) });
    return withWarnings({ elementId }, [...warnings, ...menuWarnings(input)]);
  },
});
