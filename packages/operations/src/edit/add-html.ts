import * as z from "zod/mini";
import { defineOperation } from "../context.ts";
import { placementArguments } from "../elements/placement.ts";
import { argumentsOf } from "../fields/field.ts";
import { htmlModule } from "../modules/html.ts";
import { addedModule, withWarnings } from "./outputs.ts";
import { cleanHtml } from "./own-html.ts";
import { addPlainModule } from "./plain-module.ts";

/** Adds markup of the author's own to a column. */
export const addHtml = defineOperation({
  name: "add_html",
  title: "Add HTML",
  description:
    "Add a block of HTML to a column of a section. Only for what no other tool makes: people edit such a block as code.",
  kind: "write",
  destructive: false,
  idempotent: false,
  input: z.strictObject({
    ...placementArguments,
    ...argumentsOf(htmlModule.fields),
    html: htmlModule.fields.html.schema,
  }),
  output: addedModule,
  errors: ["INVALID_INPUT", "ELEMENT_NOT_FOUND"],
  examples: [
    {
      note: "A bar of progress",
      input: {
        section: 0,
        html: '<table width="100%" cellpadding="0" cellspacing="0"><tr><td width="70%" height="8" bgcolor="#14312b"></td><td height="8" bgcolor="#e4dac6"></td></tr></table>',
      },
    },
  ],
  apply: (context, input) => {
    const { html, warnings: removed } = cleanHtml(context, input.html);
    const { elementId, warnings = [] } = addPlainModule(context, { spec: htmlModule, input: { ...input, html } });
    return withWarnings({ elementId }, [...warnings, ...removed]);
  },
});
