import type { DrawnBox } from "../drawing.ts";
import type { ModuleView } from "../modules/module-view.ts";
import type { ElementNode, Wrapping } from "../tree.ts";
import type { ElementReader } from "../values/element-reader.ts";
import { hashOf } from "./hamburger.ts";

/** What stands around a box and says for whom it is, as the author wrote it. */
export function conditionOf(reader: ElementReader): Wrapping | undefined {
  const at = (side: string): string =>
    reader.text(
      `/container/displayCondition/${side}`,
      `/container/display-condition/${side}`,
      `/displayCondition/${side}`,
      `/display-condition/${side}`,
    );
  const [before, after] = [at("before"), at("after")];
  return before === "" && after === "" ? undefined : { before, after };
}

/** Clients without rules in the head have to be told here too. Rules for narrow screens still win. */
function hidden(tree: ElementNode): ElementNode {
  if (!/\bdesktop_hide\b/.test(tree.attributes.class ?? "")) return tree;
  return { ...tree, styles: { ...tree.styles, display: "none", "mso-hide": "all" } };
}

/** A row or column as every written document has it. */
export function finishBox(tree: ElementNode, { reader }: DrawnBox): ElementNode {
  const condition = conditionOf(reader);
  const finished = hidden(tree);
  return condition ? { ...finished, around: condition } : finished;
}

/** A module as every written document has it. */
export function finishModule(tree: ElementNode, { reader, id }: ModuleView): ElementNode {
  const anchor = reader.text("/descriptor/id");
  const finished = hidden(tree);
  if (!/^[a-z][\w-]{0,80}$/i.test(anchor) || anchor === `menu-${hashOf(id)}`) return finished;
  return { ...finished, attributes: { ...finished.attributes, id: anchor } };
}
