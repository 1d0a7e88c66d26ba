import { element } from "../tree.ts";
import { block, linkRules, type ModuleRenderer, textStyles } from "./module-view.ts";

/** A title: one heading element whose level the template names. */
export const renderHeading: ModuleRenderer = (view) => {
  const { reader } = view;
  const level = reader.text("/descriptor/heading/title").toLowerCase();
  const tag = /^h[1-6]$/.test(level) ? level : "h2";
  const styles = { margin: "0", ...textStyles(view, "/descriptor/heading/style") };
  const linkColor =
    reader.css("/descriptor/heading/style/link-color") ?? reader.css("/descriptor/heading/computedStyle/linkColor");
  const content = reader.html("/descriptor/heading/text", "/descriptor/heading/html");
  return block(view, {
    content: [element(tag, { attributes: { class: "text" }, styles, content, holdsText: true })],
    textSelector: ".text",
    rules: linkRules(view, linkColor),
  });
};
