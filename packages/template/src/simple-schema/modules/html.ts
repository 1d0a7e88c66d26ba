import type * as z from "zod/mini";
import { converterOf } from "../converter.ts";
import { plain } from "../properties.ts";
import { htmlSchema } from "../schema.ts";
import { hostProperties, type ModuleConverter, moduleBase, visibleBase } from "./module-converter.ts";

type Html = z.output<typeof htmlSchema>;

export const htmlConverter: ModuleConverter = {
  type: "html",
  simpleType: "html",
  ...converterOf<Html, "type">({
    shape: htmlSchema.shape,
    properties: { html: plain("/descriptor/html/html"), ...hostProperties },
    base: () => ({ ...moduleBase, "/descriptor/html/html": "", ...visibleBase }),
  }),
};
