import type * as z from "zod/mini";
import { converterOf } from "../converter.ts";
import { alias, alignment, type Property, plain } from "../properties.ts";
import { listSchema } from "../schema.ts";
import { type ModuleConverter, moduleBase, paddingBase, visibleBase } from "./module-converter.ts";
import { textStyleBase } from "./paragraph.ts";
import { textProperties } from "./text-properties.ts";

type List = z.output<typeof listSchema>;

const list = "/descriptor/list";
const style = `${list}/style`;

/** The markup of a list: as it is where it is one, otherwise an entry for each line. */
const markup: Property<string, List> = {
  ...plain(`${list}/html`),
  toFull: (text, { tag = "ul" }) => [[`${list}/html`, asList(text, tag)]],
};

function asList(text: string, tag: "ul" | "ol"): string {
  if (/<[uo]l[\s>]/i.test(text)) return text;
  const entries = /<li[\s>]/i.test(text)
    ? text
    : text
        .split(/<br\s*\/?>|\n/i)
        .map((line) => line.trim())
        .filter((line) => line !== "")
        .map((line) => `<li>${line}</li>`)
        .join("");
  return `<${tag}>${entries}</${tag}>`;
}

export const listConverter: ModuleConverter = {
  type: "list",
  simpleType: "list",
  ...converterOf<List, "type">({
    shape: listSchema.shape,
    properties: {
      ...textProperties({ html: `${list}/html`, linkColor: `${list}/computedStyle/linkColor`, style }),
      text: alias(markup),
      html: markup,
      tag: plain(`${list}/tag`),
      align: alignment(`${style}/text-align`),
    },
    base: ({ linkColor }) => ({
      ...moduleBase,
      [`${list}/tag`]: "ul",
      [`${list}/html`]: "<ul></ul>",
      ...textStyleBase(style),
      [`${list}/computedStyle/linkColor`]: linkColor,
      [`${list}/computedStyle/liIndent`]: "30px",
      [`${list}/computedStyle/liSpacing`]: "0px",
      [`${list}/computedStyle/listStylePosition`]: "outside",
      [`${list}/computedStyle/listStyleType`]: "revert",
      [`${list}/computedStyle/startList`]: "1",
      ...paddingBase(10),
      ...visibleBase,
    }),
  }),
};
