import type { NodeData } from "@waggle/template";
import * as z from "zod/mini";
import { defineOperation } from "../context.ts";
import { elementIdArgument } from "../elements/element-id-argument.ts";
import { requireModule } from "../elements/require-element.ts";
import { argumentsOf, readFields } from "../fields/field.ts";
import { isEmbeddedPicture } from "../fields/picture.ts";
import { findStill, videoModule } from "../modules/video.ts";
import { embeddedWarning } from "./image-target.ts";
import { updatedElement, withWarnings } from "./outputs.ts";
import { updatePlainModule } from "./plain-module.ts";

const otherStill = "The thumbnail is still that of the video before: give thumbnail as well.";

/** Changes a film. */
export const updateVideo = defineOperation({
  name: "update_video",
  title: "Update video",
  description:
    "Change a video, its thumbnail, or its play sign. Give only what should change; with another src give alt, and thumbnail unless it is on YouTube.",
  kind: "write",
  destructive: false,
  idempotent: true,
  input: z.strictObject({ elementId: elementIdArgument, ...argumentsOf(videoModule.fields) }),
  output: updatedElement,
  errors: ["INVALID_INPUT", "ELEMENT_NOT_FOUND"],
  examples: [
    {
      note: "Another video",
      input: {
        elementId: "3b1f4a52-5f7f-4b0a-8f1c-0a4c7d2e9b11",
        src: "https://vimeo.com/76979871",
        thumbnail: "https://example.com/cabin-still.jpg",
        alt: "A cabin at night",
      },
    },
  ],
  apply: (context, input) => {
    const { elementId, src } = input;
    const node = requireModule(context.draft, elementId, { types: ["video"], operation: "update_video" });
    const own = src === undefined ? undefined : newStill(node, src);
    const thumbnail = input.thumbnail ?? own;
    const { changed } = updatePlainModule(context, {
      operation: "update_video",
      spec: videoModule,
      input: { ...input, thumbnail },
    });
    const isStale = changed.includes("src") && thumbnail === undefined;
    const isEmbedded = thumbnail !== undefined && changed.includes("thumbnail") && isEmbeddedPicture(thumbnail);
    return withWarnings({ elementId, changed }, [
      ...(isStale ? [otherStill] : []),
      ...(isEmbedded ? [embeddedWarning] : []),
    ]);
  },
});

/** The still of the new film, where the old one showed its own or none. A picture that somebody chose stays. */
function newStill(node: NodeData, src: string): string | undefined {
  const current = readFields((pointer) => node[pointer], videoModule.fields);
  const isChosen = Boolean(current.thumbnail) && current.thumbnail !== findStill(String(current.src ?? ""));
  return isChosen ? undefined : findStill(src);
}
