import { type ElementNode, isHtmlContent, type RenderNode } from "../tree.ts";
import { declarationsText } from "../values/css.ts";
import { escapeAttribute, escapeText } from "./escape.ts";

const voidElements: ReadonlySet<string> = new Set(["img", "br", "hr"]);

export interface SerialiseOptions {
  /** What of people's and agents' markup may stand in an e-mail. */
  readonly sanitise: (html: string) => string;
  /** Further class names of an element of the template. */
  readonly classOf: (node: ElementNode) => string | undefined;
}

/** A render tree as HTML. */
export function serialise(node: RenderNode, options: SerialiseOptions): string {
  if (typeof node === "string") return escapeText(node);
  const start = `<${node.tag}${attributesText(node, options)}>`;
  const markup = voidElements.has(node.tag) ? start : `${start}${contentText(node, options)}</${node.tag}>`;
  const condition = node.element?.condition;
  return condition ? `${condition.before}${markup}${condition.after}` : markup;
}

function contentText({ content }: ElementNode, options: SerialiseOptions): string {
  if (isHtmlContent(content)) return content.html === "" ? "" : options.sanitise(content.html);
  return content.map((child) => serialise(child, options)).join("");
}

function attributesText(node: ElementNode, { classOf }: SerialiseOptions): string {
  const added = classOf(node);
  const names = [node.attributes.class, added].filter((name) => name !== undefined).join(" ");
  const attributes = names === "" ? node.attributes : { ...node.attributes, class: names };
  const style = declarationsText(node.styles);
  const all = style === "" ? attributes : { ...attributes, style };
  return Object.entries(all)
    .map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`)
    .join("");
}
