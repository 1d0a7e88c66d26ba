import { type Draft, type ElementId, type Snapshot, settingsId, snapshotOf } from "@waggle/template";
import * as z from "zod/mini";
import { defineOperation } from "../context.ts";
import { requireElement } from "../elements/require-element.ts";
import { visibleChildren } from "../elements/visible.ts";
import { answerCheck, checkArguments, checkedTemplate } from "./check-answer.ts";

/** What is to mend in one row. */
export const checkSection = defineOperation({
  name: "check_section",
  title: "Check section",
  description:
    "Check one section and what is in it: alt texts, links, contrast, text size. Answers with what to mend and how. Flags as in check_template; what concerns the whole email is left to that.",
  kind: "read",
  destructive: false,
  idempotent: true,
  namesOnly: true,
  input: z.strictObject({
    sectionId: z.string().check(z.minLength(1), z.describe("Id of the section, from get_content_hierarchy.")),
    ...checkArguments,
  }),
  output: checkedTemplate,
  errors: ["INVALID_INPUT", "ELEMENT_NOT_FOUND"],
  examples: [{ note: "A section that was just built", input: { sectionId: "88dc221b-f26e-4ed1-bcd0-fb03f74c74b7" } }],
  apply: (context, input) => {
    const { draft } = context;
    const { sectionId } = input;
    requireElement(draft, sectionId, { argument: "sectionId", kinds: ["row"] });
    return answerCheck(context, { medium: "row", input, snapshot: sectionOf(draft, sectionId) });
  },
});

/** A template of this section alone, in the looks of the whole: how long the rest is costs nothing. */
function sectionOf(draft: Draft, section: ElementId): Snapshot {
  const columns = visibleChildren(draft, section);
  const ids = [settingsId, section, ...columns, ...columns.flatMap((column) => visibleChildren(draft, column))];
  return snapshotOf(ids.map((id) => [id, draft.require(id)]));
}
