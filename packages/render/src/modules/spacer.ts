import type { Rule } from "../tree.ts";
import { background } from "../values/css.ts";
import { bareBlock, type ModuleRenderer, type ModuleView } from "./module-view.ts";

/** Empty height. */
export const renderSpacer: ModuleRenderer = (view) => {
  const styles = view.reader.styles("/descriptor/spacer/style");
  const height = styles.height ?? "20px";
  return bareBlock(view, {
    rules: mobileRules(view),
    styles: { height, "line-height": height, "font-size": "1px", ...background(styles) },
    content: ["\u200a"],
  });
};

function mobileRules({ reader }: ModuleView): readonly Rule[] {
  const height = reader.css("/descriptor/mobileStyle/height") ?? reader.css("/descriptor/spacer/mobileStyle/height");
  return height === undefined ? [] : [{ select: "", styles: { height, "line-height": height }, isMobile: true }];
}
