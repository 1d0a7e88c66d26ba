import * as z from "zod/mini";
import { defineOperation } from "../context.ts";
import { elementIdArgument } from "../elements/element-id-argument.ts";
import { argumentsOf } from "../fields/field.ts";
import { htmlModule } from "../modules/html.ts";
import { updatedElement, withWarnings } from "./outputs.ts";
import { cleanHtml } from "./own-html.ts";
import { updatePlainModule } from "./plain-module.ts";

const pointer = "/descriptor/html/html";

/** Changes markup of the author's own. */
export const updateHtml = defineOperation({
  name: "update_html",
  title: "Update HTML",
  description:
    "Change a block of HTML. Give only what should change. html replaces the whole markup: read it with get_element_details first.",
  kind: "write",
  destructive: false,
  idempotent: true,
  input: z.strictObject({ elementId: elementIdArgument, ...argumentsOf(htmlModule.fields) }),
  output: updatedElement,
  errors: ["INVALID_INPUT", "ELEMENT_NOT_FOUND"],
  examples: [
    {
      note: "Other markup",
      input: {
        elementId: "f6c6a079-dd90-4589-8855-93dfdf74461d",
        html: '<div style="text-align: center;">{{ weather }}</div>',
      },
    },
  ],
  apply: (context, input) => {
    const { elementId } = input;
    // Markup that is sent back as it was read stays as it came: what it does wrong does it no harm before it is shown.
    const isSame = input.html === undefined || context.draft.find(elementId)?.[pointer] === input.html;
    const { html, warnings } = isSame ? { html: input.html, warnings: [] } : cleanHtml(context, input.html ?? "");
    const update = { operation: "update_html", spec: htmlModule, input: { ...input, html } };
    return withWarnings(updatePlainModule(context, update), warnings);
  },
});
