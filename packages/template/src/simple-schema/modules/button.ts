import type * as z from "zod/mini";
import { borderLeaves, borderProperties, noBorder } from "../borders.ts";
import { converterOf } from "../converter.ts";
import type { Leaves } from "../leaves.ts";
import { alias, alignment, leafProperty, paddingProperties, pixels, plain } from "../properties.ts";
import { buttonSchema } from "../schema.ts";
import { hostProperties, type ModuleConverter, moduleBase, paddingBase, visibleBase } from "./module-converter.ts";

type Button = z.output<typeof buttonSchema>;

const button = "/descriptor/button";
const style = `${button}/style`;
const hover = `${button}/hoverStyle`;
const label = `${button}/label`;

const wordBreak = "word-break:break-word;";

/** A label as editors store it. */
const wrapped = (text: string): string =>
  `<div class="txtTinyMce-wrapper" style="" data-mce-style=""><p style="${wordBreak}" data-mce-style="${wordBreak}">${text}</p></div>`;

// No angle bracket inside a tag: looking for the end of a tag that has none would take quadratic time.
const blockTag = /<\/?(?:div|p)(?:\s[^<>]*)?>/gi;

/** The text inside the blocks around it. Two paragraphs become two lines. */
const unwrapped = (html: string): string => html.replace(/<\/p>\s*<p(?:\s[^<>]*)?>/gi, "<br>").replace(blockTag, "");

const labelProperty = leafProperty<string>(label, {
  toLeaf: wrapped,
  fromLeaf: (leaf) => (typeof leaf === "string" ? unwrapped(leaf) : undefined),
});

const border = borderProperties(style, { width: "border-width", color: "border-color" });
const hoverBorder = borderProperties(hover, { width: "hoverBorderWidth", color: "hoverBorderColor" });

/** Styles that a block around the label has in every template. */
const usualStyle = /^\s*(?:(?:word-break|line-height|font-family|font-size|text-align)\s*:|$)/i;

const isUsual = (style: string): boolean => style.split(";").every((declaration) => usualStyle.test(declaration));

/** The blocks around a label may carry styles that Simple Schema has no place for. */
function loses(leaves: Leaves): readonly { readonly pointer: string; readonly reason: string }[] {
  const html = leaves.get(label);
  if (typeof html !== "string") return [];
  const styles = Array.from(html.matchAll(/<(?:div|p)\s(?:[^<>]*\s)?style="([^"<>]*)"/gi), ([, found = ""]) => found);
  if (styles.every(isUsual)) return [];
  return [{ pointer: label, reason: "The text is kept; the styles of the blocks around it are not." }];
}

export const buttonConverter: ModuleConverter = {
  type: "button",
  simpleType: "button",
  notes: ["/descriptor/computedStyle/width"],
  loses,
  ...converterOf<Button, "type">({
    shape: buttonSchema.shape,
    properties: {
      text: labelProperty,
      label: alias(labelProperty),
      href: plain(`${button}/href`),
      target: plain(`${button}/target`),
      align: alignment("/descriptor/style/text-align"),
      size: pixels(`${style}/font-size`),
      color: plain(`${style}/color`),
      "background-color": plain(`${style}/background-color`),
      "border-radius": pixels(`${style}/border-radius`),
      "border-width": border.width,
      "border-color": border.color,
      contentPaddingTop: pixels(`${style}/padding-top`),
      contentPaddingRight: pixels(`${style}/padding-right`),
      contentPaddingBottom: pixels(`${style}/padding-bottom`),
      contentPaddingLeft: pixels(`${style}/padding-left`),
      hoverBackgroundColor: plain(`${hover}/background-color`),
      hoverColor: plain(`${hover}/color`),
      hoverBorderWidth: hoverBorder.width,
      hoverBorderColor: hoverBorder.color,
      ...paddingProperties("/descriptor/style"),
      ...hostProperties,
    },
    base: () => ({
      ...moduleBase,
      [`${button}/href`]: "",
      [label]: wrapped(""),
      [`${button}/target`]: "_self",
      [`${style}/background-color`]: "#3AAEE0",
      ...borderLeaves(style, noBorder),
      [`${style}/border-radius`]: "4px",
      [`${style}/color`]: "#ffffff",
      [`${style}/direction`]: "ltr",
      [`${style}/font-family`]: "inherit",
      [`${style}/font-size`]: "16px",
      [`${style}/line-height`]: "200%",
      [`${style}/padding-top`]: "5px",
      [`${style}/padding-right`]: "20px",
      [`${style}/padding-bottom`]: "5px",
      [`${style}/padding-left`]: "20px",
      [`${style}/width`]: "auto",
      ...paddingBase(10),
      "/descriptor/style/text-align": "center",
      ...visibleBase,
    }),
  }),
};
