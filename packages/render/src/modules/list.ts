import { element, type Rule, type Styles } from "../tree.ts";
import { block, linkRules, type ModuleRenderer, type ModuleView, plainTextStyles } from "./module-view.ts";

const computed = "/descriptor/list/computedStyle";

/** A list whose markup is one `<ul>` or `<ol>`; what the module says of markers and gaps becomes rules for it. */
export const renderList: ModuleRenderer = (view) => {
  const { reader } = view;
  const styles = plainTextStyles(view, "/descriptor/list/style");
  return block(view, {
    content: [
      element("div", {
        attributes: { class: "text" },
        styles,
        content: reader.html("/descriptor/list/html"),
        holdsText: true,
      }),
    ],
    textSelector: ".text",
    rules: [...linkRules(view, reader.css(`${computed}/linkColor`)), ...listRules(view)],
  });
};

function listRules({ reader }: ModuleView): readonly Rule[] {
  const marker = reader.css(`${computed}/listStyleType`);
  const position = reader.text(`${computed}/listStylePosition`) === "inside" ? "inside" : "outside";
  const list: Styles = {
    margin: "0",
    padding: "0",
    "padding-inline-start": reader.css(`${computed}/liIndent`) ?? "40px",
    "list-style-position": position,
  };
  // The lists inside have markers of their own depth.
  const type: readonly Rule[] =
    marker === undefined || marker === "revert"
      ? []
      : [{ select: ".text>ul,.text>ol", styles: { "list-style-type": marker } }];
  const spacing = reader.css(`${computed}/liSpacing`);
  const gaps: readonly Rule[] = spacing === undefined ? [] : [{ select: "li+li", styles: { "margin-top": spacing } }];
  return [{ select: "ul,ol", styles: list }, ...type, ...gaps];
}
