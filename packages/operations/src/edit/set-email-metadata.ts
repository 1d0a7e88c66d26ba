import * as z from "zod/mini";
import { defineOperation } from "../context.ts";
import { argumentsOf } from "../fields/field.ts";
import { metadataEchoes, metadataFields } from "../page/metadata.ts";
import { writeSettings, writtenSettings } from "../page/write-settings.ts";

/** Changes subject, preheader and what else an e-mail says of itself. */
export const setEmailMetadata = defineOperation({
  name: "set_email_metadata",
  title: "Set email metadata",
  description:
    "Set the subject, preheader, language, title or description of the email. Give only what should change; an empty text clears. Answers with all of them, so a call without arguments reads them.",
  kind: "write",
  destructive: false,
  idempotent: true,
  input: z.strictObject(argumentsOf(metadataFields)),
  output: writtenSettings,
  errors: ["INVALID_INPUT"],
  examples: [
    {
      note: "Subject and preheader",
      input: {
        subject: "Wake up by the sea",
        preheader: "Nine night trains, from 39 euros. Berths go on sale Sunday.",
      },
    },
    { note: "The language of the text", input: { language: "en" } },
  ],
  apply: ({ draft }, input) => writeSettings(draft, { fields: metadataFields, input, echoes: metadataEchoes }),
});
