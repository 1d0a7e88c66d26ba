import type * as z from "zod/mini";
import { converterOf } from "../converter.ts";
import { paddingProperties, plain } from "../properties.ts";
import { imageSchema } from "../schema.ts";
import { hostProperties, type ModuleConverter, moduleBase, paddingBase } from "./module-converter.ts";

type Image = z.output<typeof imageSchema>;

const image = "/descriptor/image";

/** A picture as wide as its column: Simple Schema has no other. */
export const imageConverter: ModuleConverter = {
  type: "image",
  simpleType: "image",
  notes: [`${image}/width`, `${image}/height`, `${image}/percWidth`],
  ...converterOf<Image, "type">({
    shape: imageSchema.shape,
    properties: {
      src: plain(`${image}/src`),
      alt: plain(`${image}/alt`),
      title: plain(`${image}/title`),
      href: plain(`${image}/href`),
      dynamicSrc: plain(`${image}/dynamicSrc`),
      target: plain(`${image}/target`),
      ...paddingProperties("/descriptor/style"),
      ...hostProperties,
    },
    base: () => ({
      ...moduleBase,
      [`${image}/alt`]: "",
      [`${image}/href`]: "",
      [`${image}/prefix`]: "",
      [`${image}/src`]: "",
      [`${image}/target`]: "_blank",
      ...paddingBase(0),
      "/descriptor/style/border-radius": "0px",
      "/descriptor/style/width": "100%",
      "/descriptor/computedStyle/class": "center autowidth",
      "/descriptor/computedStyle/width": "100%",
    }),
  }),
};
