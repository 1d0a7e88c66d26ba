import * as z from "zod/mini";
import { defineOperation } from "../context.ts";
import { columnWidth } from "../elements/column-width.ts";
import { placementArguments, requirePlacement } from "../elements/placement.ts";
import { argumentsOf } from "../fields/field.ts";
import { isEmbeddedPicture } from "../fields/picture.ts";
import { imageModule, pixelWidth, settleImage } from "../modules/image.ts";
import { createModule } from "./create-module.ts";
import { embeddedWarning, imageTarget } from "./image-target.ts";
import { addedModule, withWarnings } from "./outputs.ts";

const noAlt = "No alt text: set alt with update_image, or to an empty text for decoration.";

/** Adds a picture to a column. */
export const addImage = defineOperation({
  name: "add_image",
  title: "Add image",
  description:
    "Add a picture to a column of a section. Give alt: many readers see no pictures. It fills the column unless width is given.",
  kind: "write",
  destructive: false,
  idempotent: false,
  input: z.strictObject({
    ...placementArguments,
    ...argumentsOf(imageModule.fields),
    src: imageModule.fields.src.schema,
  }),
  output: addedModule,
  errors: ["INVALID_INPUT", "ELEMENT_NOT_FOUND"],
  examples: [
    {
      note: "A picture across the column, with a link",
      input: {
        section: 0,
        index: 0,
        src: "https://example.com/night-train.jpg",
        alt: "A night train by the sea",
        href: "https://example.com/book",
      },
    },
    {
      note: "A small logo on the left",
      input: { section: 1, src: "{{ logo_url }}", alt: "Slowline", width: 120, align: "left", paddingBottom: 16 },
    },
  ],
  apply: (context, input) => {
    const { draft } = context;
    const place = requirePlacement(draft, input);
    const width = pixelWidth(input.width, columnWidth(draft, place.columnId));
    const elementId = createModule(context, { spec: imageModule, place, input: { ...input, width } });
    if (input.width !== undefined)
      settleImage(imageTarget(draft, elementId), { changed: ["width"], width: input.width });
    return withWarnings({ elementId }, [
      ...place.warnings,
      ...(input.alt === undefined ? [noAlt] : []),
      ...(isEmbeddedPicture(input.src) ? [embeddedWarning] : []),
    ]);
  },
});
