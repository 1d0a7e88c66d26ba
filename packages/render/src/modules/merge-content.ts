import { block, type ModuleRenderer } from "./module-view.ts";
import { placeholder } from "./placeholder.ts";

const content = "/descriptor/mergeContent";

/** A tag that the sending system replaces by content. The e-mail carries the tag, the editor its name. */
export const renderMergeContent: ModuleRenderer = (view) => {
  const tag = view.reader.text(`${content}/value`);
  const name = view.reader.text(`${content}/name`) || tag || "Dynamic content";
  return block(view, { content: [view.mode === "edit" ? placeholder(name) : tag] });
};
