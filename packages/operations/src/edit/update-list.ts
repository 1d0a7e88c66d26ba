import { WaggleError } from "@waggle/contract";
import { canonicalText, type ElementId, equalValues, isRichText } from "@waggle/template";
import * as z from "zod/mini";
import { defineOperation, type OperationContext } from "../context.ts";
import { elementIdArgument } from "../elements/element-id-argument.ts";
import { requireModule } from "../elements/require-element.ts";
import { argumentsOf, writeFields } from "../fields/field.ts";
import { fittingMarker, itemsArgument, listModule, listTextKey } from "../modules/list.ts";
import { type ListType, readList, writeList } from "../text/list-text.ts";
import { updatedElement, withWarnings } from "./outputs.ts";
import { elementTarget } from "./plain-module.ts";

/** Changes a list. */
export const updateList = defineOperation({
  name: "update_list",
  title: "Update list",
  description:
    "Change the items or look of a list. Give only what should change. items is the whole new list: read it with get_element_details first; items sent back as they were stay untouched. Plain text keeps the formatting that covers the whole item it replaces.",
  kind: "write",
  destructive: false,
  idempotent: true,
  input: z.strictObject({
    elementId: elementIdArgument,
    items: z.optional(itemsArgument),
    ...argumentsOf(listModule.fields),
  }),
  output: updatedElement,
  errors: ["INVALID_INPUT", "ELEMENT_NOT_FOUND"],
  examples: [
    {
      note: "One more item at the end",
      input: { elementId: "dc7368eb-501d-47f5-9d96-835ba7ae0a05", items: ["A bed", "Breakfast", "A view"] },
    },
    {
      note: "Numbers in place of bullets",
      input: { elementId: "dc7368eb-501d-47f5-9d96-835ba7ae0a05", listType: "ol" },
    },
  ],
  apply: (context, input) => {
    const { elementId, items, listType } = input;
    requireModule(context.draft, elementId, { types: ["list"], operation: "update_list" });
    const target = elementTarget(context, elementId);
    const text = updateText(context, { elementId, items, listType });
    const marker = fittingMarker(target.get("/descriptor/list/computedStyle/listStyleType"), text.listType);
    const listStyleType = input.listStyleType ?? (listType === undefined ? undefined : marker);
    const fields = writeFields(target, listModule.fields, { ...input, listStyleType });
    return withWarnings({ elementId, changed: [...new Set([...text.changed, ...fields])] }, text.warnings);
  },
});

interface ListUpdate {
  readonly elementId: ElementId;
  readonly items: readonly string[] | undefined;
  readonly listType: ListType | undefined;
}

interface UpdatedList {
  readonly changed: readonly string[];
  readonly warnings: readonly string[];
  readonly listType: ListType;
}

function updateText({ draft, codec }: OperationContext, { elementId, items, listType }: ListUpdate): UpdatedList {
  const current = draft.get(elementId, listTextKey);
  const read = readList(current, codec);
  const wanted = listType ?? read?.listType ?? storedType(draft.get(elementId, "/descriptor/list/tag"));
  if (items === undefined && (listType === undefined || read?.listType === listType))
    return { changed: [], warnings: [], listType: wanted };
  if (items === undefined && !read) throw itemsNeeded(elementId);
  const { value, warnings } = writeList(current, { codec, items, listType: read ? listType : wanted });
  const isSame = isRichText(current) && equalValues(canonicalText(current).rich, value.rich);
  if (isSame) return { changed: [], warnings, listType: wanted };
  draft.set(elementId, listTextKey, value);
  const hasOtherItems = !equalValues(read?.items, readList(value, codec)?.items);
  const hasOtherType = listType !== undefined && read?.listType !== listType;
  return {
    changed: [...(hasOtherItems ? ["items"] : []), ...(hasOtherType ? ["listType"] : [])],
    warnings,
    listType: wanted,
  };
}

const storedType = (tag: unknown): ListType => (tag === "ol" ? "ol" : "ul");

function itemsNeeded(elementId: ElementId): WaggleError {
  return new WaggleError("INVALID_INPUT", {
    message: `listType: the HTML of ${elementId} cannot be taken apart. Give items as well: they replace it as a whole.`,
    data: { argument: "items", elementId },
  });
}
