import * as z from "zod/mini";
import { defineOperation } from "../context.ts";
import { placementArguments } from "../elements/placement.ts";
import { argumentsOf } from "../fields/field.ts";
import { iconsModule } from "../modules/icons.ts";
import { settleIcons } from "./icon-list.ts";
import { addedModule, withWarnings } from "./outputs.ts";
import { addPlainModule } from "./plain-module.ts";

/** Adds small pictures with words to a column. */
export const addIcon = defineOperation({
  name: "add_icon",
  title: "Add icons",
  description:
    "Add one or more small pictures in a line, each with words beside, over or under it: features, contact details. For profiles take add_social.",
  kind: "write",
  destructive: false,
  idempotent: false,
  input: z.strictObject({
    ...placementArguments,
    ...argumentsOf(iconsModule.fields),
    icons: iconsModule.fields.icons.schema,
  }),
  output: addedModule,
  errors: ["INVALID_INPUT", "ELEMENT_NOT_FOUND"],
  examples: [
    {
      note: "Two features with the words below",
      input: {
        section: 2,
        icons: [
          { src: "https://example.com/berth.png", text: "Made beds", textPosition: "bottom" },
          { src: "https://example.com/tea.png", text: "Tea at seven", textPosition: "bottom" },
        ],
        iconHeight: 48,
        itemsSpacing: 32,
      },
    },
    {
      note: "A telephone number on the left",
      input: {
        section: 4,
        icons: [{ src: "https://example.com/phone.png", text: "+1 555 0100", href: "tel:+15550100" }],
        align: "left",
      },
    },
  ],
  apply: (context, input) => {
    const { elementId, warnings = [] } = addPlainModule(context, { spec: iconsModule, input });
    return withWarnings({ elementId }, [...warnings, ...settleIcons(context, { elementId, icons: input.icons })]);
  },
});
