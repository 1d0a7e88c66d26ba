import { background } from "../values/css.ts";
import { bareBlock, type ModuleRenderer } from "./module-view.ts";

/** Empty height. */
export const renderSpacer: ModuleRenderer = (view) => {
  const styles = view.reader.styles("/descriptor/spacer/style");
  const height = styles.height ?? "20px";
  return bareBlock(view, {
    styles: { height, "line-height": height, "font-size": "1px", ...background(styles) },
    content: ["\u200a"],
  });
};
