import { element } from "../tree.ts";
import { horizontalExtent, pixels } from "../values/css.ts";
import { bareBlock, block, type ModuleRenderer, type ModuleView } from "./module-view.ts";

/** The author's own markup, as far as the sanitiser lets it through. Its conditions for Outlook stay where Outlook reads. */
export const renderHtmlModule: ModuleRenderer = (view) => {
  const content = { ...view.reader.html("/descriptor/html/html"), keepsConditions: true };
  const attributes = { class: "own" };
  if (!isPadded(view)) return bareBlock(view, { attributes, content });
  return block(view, { content: [element("div", { attributes, content })] });
};

// Outlook pads cells and nothing else, so only without padding a module can do without its table.
export function isPadded({ padding }: ModuleView): boolean {
  const vertical = ["padding", "padding-top", "padding-bottom"].some((side) => (pixels(padding[side]) ?? 0) > 0);
  return vertical || horizontalExtent(padding) > 0;
}
