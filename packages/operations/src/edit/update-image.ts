import { type Draft, type ElementId, parentOf } from "@waggle/template";
import * as z from "zod/mini";
import { defineOperation } from "../context.ts";
import { columnWidth } from "../elements/column-width.ts";
import { elementIdArgument } from "../elements/element-id-argument.ts";
import { requireModule } from "../elements/require-element.ts";
import { argumentsOf, writeFields } from "../fields/field.ts";
import { isEmbeddedPicture } from "../fields/picture.ts";
import { dynamicSourceKey, imageModule, pixelWidth, settleImage } from "../modules/image.ts";
import { embeddedWarning, imageTarget } from "./image-target.ts";
import { updatedElement, withWarnings } from "./outputs.ts";

/** Changes a picture. */
export const updateImage = defineOperation({
  name: "update_image",
  title: "Update image",
  description:
    "Change a picture, its alt text, its link, or how it stands in its column. Give only what should change. A new picture keeps the width of the old one; give alt with it, too.",
  kind: "write",
  destructive: false,
  idempotent: true,
  input: z.strictObject({ elementId: elementIdArgument, ...argumentsOf(imageModule.fields) }),
  output: updatedElement,
  errors: ["INVALID_INPUT", "ELEMENT_NOT_FOUND"],
  examples: [
    {
      note: "Another picture",
      input: {
        elementId: "0c1e2bd8-6d4a-4f6e-9f0d-55e3f0b1c9a4",
        src: "https://example.com/cabin.jpg",
        alt: "Two berths, made up for the night",
      },
    },
    {
      note: "Half as wide as its column, round corners",
      input: { elementId: "0c1e2bd8-6d4a-4f6e-9f0d-55e3f0b1c9a4", width: "50%", borderRadius: 12 },
    },
  ],
  apply: ({ draft }, input) => {
    const { elementId, src } = input;
    const node = requireModule(draft, elementId, { types: ["image"], operation: "update_image" });
    const target = imageTarget(draft, elementId);
    const width = pixelWidth(input.width, columnWidth(draft, parentOf(node) ?? ""));
    const changed = [...writeFields(target, imageModule.fields, { ...input, width })];
    settleImage(target, { changed, width: input.width });
    const hasNewSource = src !== undefined && changed.includes("src");
    return withWarnings({ elementId, changed }, [
      ...(hasNewSource && isEmbeddedPicture(src) ? [embeddedWarning] : []),
      ...(hasNewSource ? dynamicWarnings(draft, elementId) : []),
    ]);
  },
});

/** A picture of the sender's own choice would hide the new one. */
function dynamicWarnings(draft: Draft, elementId: ElementId): readonly string[] {
  const dynamic = draft.get(elementId, dynamicSourceKey);
  if (typeof dynamic !== "string" || dynamic === "") return [];
  return ["The block also has a dynamic source, which is sent instead of src. Delete the block and add another."];
}
