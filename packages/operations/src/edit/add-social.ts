import * as z from "zod/mini";
import { defineOperation } from "../context.ts";
import { placementArguments } from "../elements/placement.ts";
import { argumentsOf } from "../fields/field.ts";
import { socialModule } from "../modules/social.ts";
import { addedModule, withWarnings } from "./outputs.ts";
import { addPlainModule } from "./plain-module.ts";
import { settleSocial, socialSpec } from "./social-icons.ts";

/** Adds linked icons of profiles to a column. */
export const addSocial = defineOperation({
  name: "add_social",
  title: "Add social icons",
  description:
    "Add a line of icons that link to the sender's profiles. Networks known by name bring their icon; for others give src.",
  kind: "write",
  destructive: false,
  idempotent: false,
  input: z.strictObject({
    ...placementArguments,
    ...argumentsOf(socialModule.fields),
    socialIcons: socialModule.fields.socialIcons.schema,
  }),
  output: addedModule,
  errors: ["INVALID_INPUT", "ELEMENT_NOT_FOUND"],
  examples: [
    {
      note: "Three profiles in the footer",
      input: {
        section: 4,
        socialIcons: [
          { name: "instagram", href: "https://www.instagram.com/slowline" },
          { name: "youtube", href: "https://www.youtube.com/@slowline" },
          { name: "email", href: "mailto:hello@example.com" },
        ],
      },
    },
    {
      note: "Small light icons of one's own, for a dark ground",
      input: {
        section: 4,
        socialIcons: [
          { name: "x", href: "https://x.com/slowline", src: "https://example.com/icons/x-white.png" },
          { name: "Blog", href: "https://example.com/blog", src: "https://example.com/icons/blog-white.png" },
        ],
        iconSize: 24,
        iconSpacing: 8,
        align: "left",
      },
    },
  ],
  apply: (context, input) => {
    const { elementId, warnings = [] } = addPlainModule(context, { spec: socialSpec(context), input });
    const told = settleSocial(context, { elementId, changed: ["socialIcons"], iconStyle: input.iconStyle });
    return withWarnings({ elementId }, [...warnings, ...told]);
  },
});
