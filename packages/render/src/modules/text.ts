import { element } from "../tree.ts";
import { block, linkRules, type ModuleRenderer, plainTextStyles } from "./module-view.ts";

/** The older text module: its typography stands in the markup itself. */
export const renderText: ModuleRenderer = (view) => {
  const { reader } = view;
  const styles = plainTextStyles(view, "/descriptor/text/style");
  return block(view, {
    content: [
      element("div", {
        attributes: { class: "text" },
        styles,
        content: reader.html("/descriptor/text/html"),
        holdsText: true,
      }),
    ],
    textSelector: ".text",
    rules: linkRules(view, reader.css("/descriptor/text/computedStyle/linkColor")),
  });
};
