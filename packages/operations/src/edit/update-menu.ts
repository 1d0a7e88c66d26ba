import * as z from "zod/mini";
import { defineOperation } from "../context.ts";
import { elementIdArgument } from "../elements/element-id-argument.ts";
import { argumentsOf } from "../fields/field.ts";
import { menuModule } from "../modules/menu.ts";
import { menuWarnings, withLinkColor } from "./menu-items.ts";
import { updatedElement, withWarnings } from "./outputs.ts";
import { updatePlainModule } from "./plain-module.ts";

/** Changes a line of links. */
export const updateMenu = defineOperation({
  name: "update_menu",
  title: "Update menu",
  description:
    "Change the links or look of a menu. Give only what should change. items is the whole new list; what is not said of an item that stays is kept.",
  kind: "write",
  destructive: false,
  idempotent: true,
  input: z.strictObject({ elementId: elementIdArgument, ...argumentsOf(menuModule.fields) }),
  output: updatedElement,
  errors: ["INVALID_INPUT", "ELEMENT_NOT_FOUND"],
  examples: [
    {
      note: "Other links",
      input: {
        elementId: "2029cefe-da66-44ef-96fa-392be8858878",
        items: [
          { text: "Journeys", href: "https://example.com/journeys" },
          { text: "Cabins", href: "https://example.com/cabins" },
        ],
      },
    },
    {
      note: "Larger, below each other",
      input: { elementId: "2029cefe-da66-44ef-96fa-392be8858878", layout: "vertical", fontSize: 18 },
    },
  ],
  apply: (context, input) => {
    const update = { operation: "update_menu", spec: menuModule, input: withLinkColor(input) };
    return withWarnings(updatePlainModule(context, update), menuWarnings(input));
  },
});
