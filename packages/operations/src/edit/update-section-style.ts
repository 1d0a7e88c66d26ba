import * as z from "zod/mini";
import { defineOperation } from "../context.ts";
import { requireElement } from "../elements/require-element.ts";
import { argumentsOf } from "../fields/field.ts";
import { rowFields, writeRow } from "../modules/row.ts";
import { updatedElement } from "./outputs.ts";
import { elementTarget } from "./plain-module.ts";

/** Changes the look of a row. */
export const updateSectionStyle = defineOperation({
  name: "update_section_style",
  title: "Update section style",
  description:
    "Change the fills, space, border or column layout of a section. Give only what should change. Its blocks keep what they set themselves: after a dark fill, check their colours.",
  kind: "write",
  destructive: false,
  idempotent: true,
  input: z.strictObject({
    sectionId: z.string().check(z.minLength(1), z.describe("Id of the section, from get_content_hierarchy.")),
    ...argumentsOf(rowFields),
  }),
  output: updatedElement,
  errors: ["INVALID_INPUT", "ELEMENT_NOT_FOUND"],
  examples: [
    {
      note: "A coloured band with room above and below",
      input: {
        sectionId: "88dc221b-f26e-4ed1-bcd0-fb03f74c74b7",
        rowBackgroundColor: "#f6efe1",
        contentAreaPaddingTop: 32,
        contentAreaPaddingBottom: 32,
      },
    },
    {
      note: "Columns apart, lined up in the middle, the picture first on phones",
      input: {
        sectionId: "88dc221b-f26e-4ed1-bcd0-fb03f74c74b7",
        columnsSpacing: 24,
        verticalAlign: "middle",
        reverseOnMobile: true,
      },
    },
  ],
  apply: ({ draft }, input) => {
    const { sectionId } = input;
    requireElement(draft, sectionId, { argument: "sectionId", kinds: ["row"] });
    return { elementId: sectionId, changed: [...writeRow(elementTarget({ draft }, sectionId), input)] };
  },
});
