import { WaggleError } from "@waggle/contract";
import { type ElementId, parentOf, shareWidth } from "@waggle/template";
import * as z from "zod/mini";
import { defineOperation } from "../context.ts";
import { elementIdArgument } from "../elements/element-id-argument.ts";
import { requireElement } from "../elements/require-element.ts";
import { findKind, visibleChildren } from "../elements/visible.ts";

/** Moves a section, column or block to the trash. */
export const deleteElement = defineOperation({
  name: "delete_element",
  title: "Delete element",
  description:
    "Delete a section, a column or a block, with everything in it. The other columns of the section take the freed width. The last column of a section cannot go alone: delete the section.",
  kind: "write",
  destructive: true,
  idempotent: false,
  input: z.strictObject({ elementId: elementIdArgument }),
  output: z.strictObject({
    elementId: z.string(),
    kind: z.enum(["row", "column", "module"]),
    widened: z.optional(z.array(z.string()).check(z.describe("Ids of the columns that took the freed width."))),
  }),
  errors: ["ELEMENT_NOT_FOUND", "INVALID_INPUT"],
  examples: [{ note: "Delete one block", input: { elementId: "5c2539cd-9e7b-475a-ab29-68714df3f716" } }],
  apply: ({ draft }, { elementId }) => {
    const node = requireElement(draft, elementId, { argument: "elementId" });
    const kind = findKind(draft, elementId) ?? "module";
    if (kind !== "column") {
      draft.remove(elementId);
      return { elementId, kind };
    }
    const row = parentOf(node) ?? "";
    const remaining = visibleChildren(draft, row).filter((id) => id !== elementId);
    if (remaining.length === 0) throw onlyColumn(elementId, row);
    draft.remove(elementId);
    return { elementId, kind, widened: [...shareWidth(draft, remaining)] };
  },
});

function onlyColumn(elementId: ElementId, row: ElementId): WaggleError {
  return new WaggleError("INVALID_INPUT", {
    message: `elementId: ${elementId} is the only column of section ${row}. Delete the section, or the blocks in the column.`,
    data: { argument: "elementId", elementId, nearest: [row] },
  });
}
