import * as z from "zod/mini";
import { defineOperation } from "../context.ts";
import { elementIdArgument } from "../elements/element-id-argument.ts";
import { argumentsOf } from "../fields/field.ts";
import { iconsKey, iconsModule } from "../modules/icons.ts";
import { settleIcons } from "./icon-list.ts";
import { updatedElement, withWarnings } from "./outputs.ts";
import { updatePlainModule } from "./plain-module.ts";

/** Changes small pictures with words. */
export const updateIcon = defineOperation({
  name: "update_icon",
  title: "Update icons",
  description:
    "Change icons, their words or their look. Give only what should change. icons is the whole new list; one whose src stays keeps what is not said of it.",
  kind: "write",
  destructive: false,
  idempotent: true,
  input: z.strictObject({ elementId: elementIdArgument, ...argumentsOf(iconsModule.fields) }),
  output: updatedElement,
  errors: ["INVALID_INPUT", "ELEMENT_NOT_FOUND"],
  examples: [
    {
      note: "Other words for the first of two",
      input: {
        elementId: "3f2a4d0b-58a5-4a5c-8c55-1b1a4b5f7f21",
        icons: [{ src: "https://example.com/berth.png", text: "Fresh linen" }, { src: "https://example.com/tea.png" }],
      },
    },
    {
      note: "Larger pictures and words",
      input: { elementId: "3f2a4d0b-58a5-4a5c-8c55-1b1a4b5f7f21", iconHeight: 56, fontSize: 16 },
    },
  ],
  apply: (context, input) => {
    const { elementId, changed } = updatePlainModule(context, { operation: "update_icon", spec: iconsModule, input });
    if (!changed.includes("icons")) return { elementId, changed };
    const icons = iconsModule.fields.icons.fromJson(context.draft.get(elementId, iconsKey) ?? []) ?? [];
    return withWarnings({ elementId, changed }, settleIcons(context, { elementId, icons }));
  },
});
