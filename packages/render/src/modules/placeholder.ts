import { type ElementNode, element } from "../tree.ts";

/** A note for the person editing, where the e-mail itself shows nothing. */
export function placeholder(text: string): ElementNode {
  return element("div", { attributes: { class: "placeholder" }, content: [text] });
}
