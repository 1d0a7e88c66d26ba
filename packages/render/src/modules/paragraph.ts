import { element, type Rule } from "../tree.ts";
import { cssValue } from "../values/css.ts";
import { block, linkRules, type ModuleRenderer, plainTextStyles } from "./module-view.ts";

/** Running text. Its paragraphs stand apart by the spacing the module names. */
export const renderParagraph: ModuleRenderer = (view) => {
  const { reader } = view;
  const styles = plainTextStyles(view, "/descriptor/paragraph/style");
  const linkColor =
    reader.css("/descriptor/paragraph/computedStyle/linkColor") ?? reader.css("/descriptor/paragraph/style/link-color");
  const spacing = cssValue("margin-top", reader.value("/descriptor/paragraph/computedStyle/paragraphSpacing"));
  const spaced: readonly Rule[] =
    spacing === undefined ? [] : [{ select: ".text p+p", styles: { "margin-top": spacing } }];
  return block(view, {
    content: [
      element("div", {
        attributes: { class: "text" },
        styles,
        content: reader.html("/descriptor/paragraph/html", "/descriptor/paragraph/text"),
        holdsText: true,
      }),
    ],
    textSelector: ".text",
    rules: [...linkRules(view, linkColor), ...spaced],
  });
};
