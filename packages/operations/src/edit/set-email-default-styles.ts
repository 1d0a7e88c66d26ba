import * as z from "zod/mini";
import { defineOperation } from "../context.ts";
import { argumentsOf } from "../fields/field.ts";
import { defaultStyleFields } from "../page/default-styles.ts";
import { writeSettings, writtenSettings } from "../page/write-settings.ts";

/** Changes the look of everything that does not say its own. */
export const setEmailDefaultStyles = defineOperation({
  name: "set_email_default_styles",
  title: "Set email default styles",
  description:
    "Set the width, fills, font and link colour of the whole email. Give only what should change. Sections and blocks keep what they set themselves. Answers with all of them, so a call without arguments reads them.",
  kind: "write",
  destructive: false,
  idempotent: true,
  input: z.strictObject(argumentsOf(defaultStyleFields)),
  output: writtenSettings,
  errors: ["INVALID_INPUT"],
  examples: [
    {
      note: "A calm page in a serif font",
      input: {
        backgroundColor: "#f6efe1",
        contentAreaBackgroundColor: "#ffffff",
        fontFamily: "Georgia, 'Times New Roman', serif",
      },
    },
    { note: "Wider, with links in the brand's colour", input: { contentAreaWidth: 640, linkColor: "#c8432b" } },
  ],
  apply: ({ draft }, input) => writeSettings(draft, { fields: defaultStyleFields, input }),
});
