import {
  type Draft,
  type ElementId,
  isRichText,
  type Json,
  type NodeData,
  parentOf,
  propertyJson,
  type TextCodec,
  textKeysOf,
} from "@waggle/template";
import * as z from "zod/mini";
import { defineOperation } from "../context.ts";
import { blockTypeOf } from "../elements/block-type.ts";
import { elementIdArgument } from "../elements/element-id-argument.ts";
import { requireElement } from "../elements/require-element.ts";
import { findKind, visibleChildren } from "../elements/visible.ts";
import { readFields } from "../fields/field.ts";
import { findEditable } from "../modules/editable.ts";
import { findTextHtml } from "../text/read-text.ts";

/** Ids beyond these are left to the paged list. */
const mostChildren = 100;

/** Everything about one element. */
export const getElementDetails = defineOperation({
  name: "get_element_details",
  title: "Get element details",
  description:
    "Read one section, column or block: its place, its text as HTML and its properties. Properties have the names of the arguments that change them; where no tool changes them yet, they are JSON pointers into the template.",
  kind: "read",
  destructive: false,
  idempotent: true,
  input: z.strictObject({ elementId: elementIdArgument }),
  output: z.strictObject({
    elementId: z.string(),
    kind: z.enum(["row", "column", "module"]),
    type: z.optional(z.string().check(z.describe("Type of a block."))),
    parentId: z.optional(z.string()),
    index: z.number().check(z.describe("0-based position in its parent.")),
    childIds: z.optional(z.array(z.string()).check(z.describe(`The first ${mostChildren} of what stands in it.`))),
    childCount: z.optional(z.int().check(z.describe("All of them; get_content_hierarchy lists the rest."))),
    updateWith: z.optional(z.string().check(z.describe("The tool that changes it, where it is turned on."))),
    opaqueTexts: z.optional(
      z
        .record(z.string(), z.string())
        .check(
          z.describe(
            "Its texts with HTML that cannot be edited piece by piece, by JSON pointer, each with the reason. A new text replaces such a text as a whole, also what someone wrote there meanwhile.",
          ),
        ),
    ),
    properties: z.record(z.string(), z.unknown()),
  }),
  errors: ["ELEMENT_NOT_FOUND"],
  examples: [{ note: "One button", input: { elementId: "5c2539cd-9e7b-475a-ab29-68714df3f716" } }],
  apply: ({ draft, codec }, { elementId }) => {
    const node = requireElement(draft, elementId, { argument: "elementId" });
    const kind = findKind(draft, elementId) ?? "module";
    const editable = findEditable(node);
    const opaqueTexts = opaqueTextsOf(node, codec);
    return {
      elementId,
      kind,
      ...(kind === "module" ? { type: blockTypeOf(node) } : {}),
      ...placeOf(draft, elementId),
      ...(kind === "module" ? {} : childrenOf(draft, elementId)),
      ...(editable?.updateWith ? { updateWith: editable.updateWith } : {}),
      ...(Object.keys(opaqueTexts).length > 0 ? { opaqueTexts } : {}),
      properties: propertiesOf(node, codec),
    };
  },
});

function childrenOf(draft: Draft, elementId: ElementId): { childIds: string[]; childCount?: number } {
  const children = visibleChildren(draft, elementId);
  const childIds = children.slice(0, mostChildren);
  return children.length > mostChildren ? { childIds, childCount: children.length } : { childIds };
}

function placeOf(draft: Draft, elementId: ElementId): { index: number; parentId?: string } {
  const parent = parentOf(draft.require(elementId)) ?? "";
  const index = draft.children(parent).indexOf(elementId);
  return draft.find(parent) ? { parentId: parent, index } : { index };
}

function propertiesOf(node: NodeData, codec: TextCodec): Record<string, unknown> {
  const editable = findEditable(node);
  if (!editable) return leavesOf(node, codec);
  const html = findTextHtml(node, codec);
  const text = editable.textArgument && html !== undefined ? { [editable.textArgument]: html } : {};
  const content = editable.content?.read(node, codec);
  // What stands in a text counts, whatever fields say of it.
  return { ...text, ...content, ...readFields((pointer) => node[pointer], editable.fields), ...content };
}

/** The JSON below the element, its own identity and children left out. */
function leavesOf(node: NodeData, codec: TextCodec): Record<string, Json> {
  const hidden = new Set(["/uuid", "/type", "/modules", "/columns"]);
  const leaves = Object.entries(node).filter(([key]) => key.startsWith("/") && !hidden.has(key));
  return Object.fromEntries(leaves.map(([key, value]) => [key, propertyJson(key, value, codec)]));
}

/** Texts that nobody can type in together with others, by pointer, each with the reason. */
function opaqueTextsOf(node: NodeData, codec: TextCodec): Record<string, string> {
  const opaque = textKeysOf(node).flatMap((key) => {
    const value = node[key];
    if (isRichText(value) || typeof value !== "string") return [];
    return [[key, codec.explain(value) ?? "it was not read as text yet"]];
  });
  return Object.fromEntries(opaque);
}
