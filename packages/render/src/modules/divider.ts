import { type ElementNode, element, layoutTable, tableRow } from "../tree.ts";
import { alignment, borderWidth } from "../values/css.ts";
import { isPadded } from "./html.ts";
import { aligned, bareBlock, block, type ModuleRenderer, type ModuleView } from "./module-view.ts";

/** A line, or, where its border shows nothing, a gap: older templates space with it. */
export const renderDivider: ModuleRenderer = (view) => {
  const { reader } = view;
  const styles = reader.styles("/descriptor/divider/style");
  const line = styles["border-top"];
  if (line === undefined || borderWidth(line) <= 0) return gap(view, styles.height);
  const width = styles.width ?? "100%";
  // The cell's own letter would be as high as the text around.
  const cell = element("td", {
    styles: { "font-size": "1px", "line-height": "1px", "border-top": line },
    content: ["\u200a"],
  });
  const table = layoutTable({
    attributes: { width: width.replace(/px$/, "") },
    styles: width === "100%" ? {} : { width, "max-width": "100%" },
    content: [tableRow([cell])],
  });
  const align = alignment(reader.value("/descriptor/computedStyle/align"), "center");
  return block(view, { content: [width === "100%" ? table : aligned(align, [table])] });
};

function gap(view: ModuleView, height = "0px"): ElementNode {
  const styles = { height, "line-height": height, "font-size": "1px" };
  const content = ["\u200a"];
  return isPadded(view)
    ? block(view, { content: [element("div", { styles, content })] })
    : bareBlock(view, { styles, content });
}
