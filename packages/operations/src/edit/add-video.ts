import * as z from "zod/mini";
import { defineOperation } from "../context.ts";
import { placementArguments } from "../elements/placement.ts";
import { argumentsOf } from "../fields/field.ts";
import { isEmbeddedPicture } from "../fields/picture.ts";
import { findStill, videoModule } from "../modules/video.ts";
import { embeddedWarning } from "./image-target.ts";
import { addedModule, withWarnings } from "./outputs.ts";
import { addPlainModule } from "./plain-module.ts";

const noStill = "No thumbnail: emails show a text link. Set thumbnail with update_video.";

/** Adds a film to a column. */
export const addVideo = defineOperation({
  name: "add_video",
  title: "Add video",
  description:
    "Add a video to a column of a section. Email programs play none: emails show thumbnail with a play sign, linked to src. Give alt.",
  kind: "write",
  destructive: false,
  idempotent: false,
  input: z.strictObject({
    ...placementArguments,
    ...argumentsOf(videoModule.fields),
    src: videoModule.fields.src.schema,
  }),
  output: addedModule,
  errors: ["INVALID_INPUT", "ELEMENT_NOT_FOUND"],
  examples: [
    {
      note: "From YouTube, with its own still",
      input: { section: 0, src: "https://youtu.be/aqz-KE-bpKQ", alt: "A rabbit wakes up in a meadow" },
    },
    {
      note: "Any other address, with a picture",
      input: {
        section: 1,
        src: "https://vimeo.com/76979871",
        thumbnail: "https://example.com/cabin-still.jpg",
        alt: "A cabin at night",
        iconBackgroundColor: "#c8432b",
      },
    },
  ],
  apply: (context, input) => {
    const thumbnail = input.thumbnail ?? findStill(input.src);
    const { elementId, warnings = [] } = addPlainModule(context, { spec: videoModule, input: { ...input, thumbnail } });
    return withWarnings({ elementId }, [
      ...warnings,
      ...(thumbnail === undefined ? [noStill] : []),
      ...(thumbnail !== undefined && isEmbeddedPicture(thumbnail) ? [embeddedWarning] : []),
    ]);
  },
});
