import type * as z from "zod/mini";
import { converterOf } from "../converter.ts";
import { alignment, lineHeightFactor, plain } from "../properties.ts";
import { titleSchema } from "../schema.ts";
import { type ModuleConverter, moduleBase, paddingBase, visibleBase } from "./module-converter.ts";
import { textProperties, threeDecimals } from "./text-properties.ts";

type Title = z.output<typeof titleSchema>;

const heading = "/descriptor/heading";
const style = `${heading}/style`;

/** Where a title says nothing, it is a second-level one of 24 px. */
export const titleConverter: ModuleConverter = {
  type: "heading",
  simpleType: "title",
  notes: ["/descriptor/computedStyle/width"],
  ...converterOf<Title, "type">({
    shape: titleSchema.shape,
    properties: {
      title: plain(`${heading}/title`),
      ...textProperties({ html: `${heading}/text`, linkColor: `${style}/link-color`, style }),
      "line-height": lineHeightFactor(`${style}/line-height`, threeDecimals),
      align: alignment(`${style}/text-align`),
    },
    base: ({ linkColor }) => ({
      ...moduleBase,
      [`${heading}/title`]: "h2",
      [`${heading}/text`]: "",
      [`${style}/color`]: "#555555",
      [`${style}/direction`]: "ltr",
      [`${style}/font-family`]: "inherit",
      [`${style}/font-size`]: "24px",
      [`${style}/font-weight`]: "400",
      [`${style}/letter-spacing`]: "0px",
      [`${style}/line-height`]: "120%",
      [`${style}/link-color`]: linkColor,
      [`${style}/text-align`]: "left",
      ...paddingBase(0),
      "/descriptor/style/width": "100%",
      "/descriptor/style/text-align": "center",
      ...visibleBase,
    }),
  }),
};
