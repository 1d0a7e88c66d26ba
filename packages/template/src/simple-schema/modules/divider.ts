import type * as z from "zod/mini";
import { isNoLine, readLine } from "../borders.ts";
import { converterOf } from "../converter.ts";
import { type Property, paddingProperties, percent } from "../properties.ts";
import { dividerSchema } from "../schema.ts";
import { hostProperties, type ModuleConverter, moduleBase, paddingBase } from "./module-converter.ts";

type Divider = z.output<typeof dividerSchema>;

const line = "/descriptor/divider/style/border-top";
const defaultColor = "#BBBBBB";

const toFull = (_value: unknown, { height = 1, color = defaultColor }: Divider) =>
  [[line, `${height}px solid ${color}`]] as const;

const height: Property<number, Divider> = {
  pointers: [line],
  toFull,
  fromFull: (leaves) => readLine(leaves.get(line))?.width,
};

const color: Property<string, Divider> = {
  pointers: [line],
  toFull,
  fromFull: (leaves) => readLine(leaves.get(line))?.color,
};

export const dividerConverter: ModuleConverter = {
  type: "divider",
  simpleType: "divider",
  refuses: (leaves) =>
    isNoLine(leaves.get(line))
      ? "It draws no line and only makes room; a divider of Simple Schema always draws one."
      : undefined,
  ...converterOf<Divider, "type">({
    shape: dividerSchema.shape,
    properties: {
      height,
      color,
      width: percent("/descriptor/divider/style/width"),
      ...paddingProperties("/descriptor/style"),
      ...hostProperties,
    },
    base: () => ({
      ...moduleBase,
      [line]: `1px solid ${defaultColor}`,
      "/descriptor/divider/style/width": "100%",
      ...paddingBase(10),
      "/descriptor/computedStyle/align": "center",
    }),
  }),
};
