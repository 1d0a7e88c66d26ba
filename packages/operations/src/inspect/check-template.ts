import * as z from "zod/mini";
import { defineOperation } from "../context.ts";
import { answerCheck, checkArguments, checkedTemplate, drafted } from "./check-answer.ts";

/** What is to mend in the whole template. */
export const checkTemplate = defineOperation({
  name: "check_template",
  title: "Check template",
  description:
    "Check the email before it is sent: alt texts, links, contrast, headings, subject, weight. Answers with what to mend and how. Flags that are true run only these; false ones leave theirs out. Default: all.",
  kind: "read",
  destructive: false,
  idempotent: true,
  namesOnly: true,
  input: z.strictObject(checkArguments),
  output: checkedTemplate,
  errors: ["INVALID_INPUT"],
  examples: [
    { note: "Everything", input: {} },
    {
      note: "Only what hurts readers who do not see well",
      input: { includeMissingAltText: true, includeInsufficientColorContrast: true },
    },
  ],
  apply: (context, input) => answerCheck(context, { medium: "message", input, snapshot: drafted(context.draft) }),
});
