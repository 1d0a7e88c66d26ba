import type * as z from "zod/mini";
import type { Json } from "../../document/value.ts";
import { converterOf } from "../converter.ts";
import { alignment } from "../properties.ts";
import { paragraphSchema } from "../schema.ts";
import { type ModuleConverter, moduleBase, paddingBase, visibleBase } from "./module-converter.ts";
import { textProperties } from "./text-properties.ts";

type Paragraph = z.output<typeof paragraphSchema>;

const paragraph = "/descriptor/paragraph";
const style = `${paragraph}/style`;

/** Running text as paragraphs and lists have it by default. */
export const textStyleBase = (at: string): Readonly<Record<string, Json>> => ({
  [`${at}/color`]: "#000000",
  [`${at}/direction`]: "ltr",
  [`${at}/font-family`]: "inherit",
  [`${at}/font-size`]: "14px",
  [`${at}/font-weight`]: "400",
  [`${at}/letter-spacing`]: "0px",
  [`${at}/line-height`]: "120%",
  [`${at}/text-align`]: "left",
});

export const paragraphConverter: ModuleConverter = {
  type: "paragraph",
  simpleType: "paragraph",
  ...converterOf<Paragraph, "type">({
    shape: paragraphSchema.shape,
    properties: {
      ...textProperties({ html: `${paragraph}/html`, linkColor: `${paragraph}/computedStyle/linkColor`, style }),
      align: alignment(`${style}/text-align`),
    },
    base: ({ linkColor }) => ({
      ...moduleBase,
      [`${paragraph}/html`]: "",
      ...textStyleBase(style),
      [`${paragraph}/computedStyle/linkColor`]: linkColor,
      [`${paragraph}/computedStyle/paragraphSpacing`]: "16px",
      ...paddingBase(10),
      ...visibleBase,
    }),
  }),
};
