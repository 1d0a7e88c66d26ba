import { element, layoutTable, tableRow } from "../tree.ts";
import { alignment, borderWidth } from "../values/css.ts";
import { aligned, block, type ModuleRenderer } from "./module-view.ts";

/** A line, or, where its border shows nothing, a gap: older templates space with it. */
export const renderDivider: ModuleRenderer = (view) => {
  const { reader } = view;
  const styles = reader.styles("/descriptor/divider/style");
  const line = styles["border-top"];
  const isLine = borderWidth(line) > 0;
  const height = styles.height ?? "0px";
  const cell = element("td", {
    attributes: { class: "divider_inner" },
    styles:
      isLine && line !== undefined
        ? { "font-size": "1px", "line-height": "1px", "border-top": line }
        : { "font-size": "1px", "line-height": height, height },
    content: [element("span", { content: ["\u200a"] })],
  });
  const width = styles.width ?? "100%";
  const table = layoutTable({
    attributes: { width: width.replace(/px$/, "") },
    styles: { width },
    content: [tableRow([cell])],
  });
  return block(view, {
    content: [aligned(alignment(reader.value("/descriptor/computedStyle/align"), "center"), [table])],
  });
};
