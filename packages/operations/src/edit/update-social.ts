import * as z from "zod/mini";
import { defineOperation } from "../context.ts";
import { elementIdArgument } from "../elements/element-id-argument.ts";
import { argumentsOf } from "../fields/field.ts";
import { socialModule } from "../modules/social.ts";
import { updatedElement, withWarnings } from "./outputs.ts";
import { updatePlainModule } from "./plain-module.ts";
import { settleSocial, socialSpec } from "./social-icons.ts";

/** Changes linked icons of profiles. */
export const updateSocial = defineOperation({
  name: "update_social",
  title: "Update social icons",
  description:
    "Change social icons, their links or their look. Give only what should change. socialIcons is the whole new list; an icon that stays keeps what is not said of it, so its name is enough.",
  kind: "write",
  destructive: false,
  idempotent: true,
  input: z.strictObject({ elementId: elementIdArgument, ...argumentsOf(socialModule.fields) }),
  output: updatedElement,
  errors: ["INVALID_INPUT", "ELEMENT_NOT_FOUND"],
  examples: [
    {
      note: "One more profile behind two that stay",
      input: {
        elementId: "6c1a5a0e-8a52-4c0e-9a77-0f3f6a1f6d10",
        socialIcons: [
          { name: "instagram" },
          { name: "youtube" },
          { name: "tiktok", href: "https://www.tiktok.com/@slowline" },
        ],
      },
    },
    {
      note: "Filled and larger",
      input: { elementId: "6c1a5a0e-8a52-4c0e-9a77-0f3f6a1f6d10", iconStyle: "filled", iconSize: 40 },
    },
  ],
  apply: (context, input) => {
    const update = { operation: "update_social", spec: socialSpec(context), input };
    const { elementId, changed } = updatePlainModule(context, update);
    const told = settleSocial(context, { elementId, changed, iconStyle: input.iconStyle });
    return withWarnings({ elementId, changed }, told);
  },
});
