import type { ElementId } from "@waggle/template";
import { hiding, type RenderMode } from "./modules/module-view.ts";
import { placeholder } from "./modules/placeholder.ts";
import { innerWidth } from "./page.ts";
import { classes, type ElementNode, element, type RenderNode, type Rule, type Styles } from "./tree.ts";
import { background, borders, horizontalExtent, padding, radius } from "./values/css.ts";
import type { ElementReader } from "./values/element-reader.ts";

/** A column as its row places it. */
export interface ColumnPlace {
  readonly id: ElementId;
  readonly reader: ElementReader;
  readonly mode: RenderMode;
  /** Pixels of the whole cell, and the same as a share of its row. */
  readonly width: number;
  readonly percent: number;
  readonly verticalAlign: string;
  /** Corners the row gives its columns; a column's own go before. */
  readonly corners: Styles;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/** A column's cell, around modules that are drawn already. */
export function columnNode(place: ColumnPlace, modules: readonly RenderNode[]): ElementNode {
  const { reader } = place;
  const styles = reader.styles("/style");
  const hidden = hiding(reader, "/computedStyle");
  // Where the order is turned round, the outer columns are shown as groups of a table, hidden or not.
  const ends = hidden.includes("mobile_hide") ? [] : [place.isFirst && "first", place.isLast && "last"];
  const names = classes("column", ...ends, ...hidden);
  return element("td", {
    attributes: { width: `${roundPercent(place.percent)}%`, ...names },
    styles: {
      "vertical-align": place.verticalAlign,
      ...padding(styles),
      ...borders(styles),
      ...background(styles),
      ...place.corners,
      ...radius(styles),
    },
    content: modules.length > 0 ? modules : emptyColumn(place.mode),
    element: { id: place.id, kind: "column", rules: mobileRules(reader) },
  });
}

/** Pixels that modules of this column have. */
export function columnInnerWidth(reader: ElementReader, width: number): number {
  return innerWidth(width, horizontalExtent(reader.styles("/style")));
}

// Without content some clients let the cell collapse and the columns beside it grow.
function emptyColumn(mode: RenderMode): readonly RenderNode[] {
  if (mode === "edit") return [placeholder("Empty column")];
  const styles = { height: "1px", "line-height": "1px", "font-size": "1px" };
  return [element("div", { styles, content: ["\u200a"] })];
}

function mobileRules(reader: ElementReader): readonly Rule[] {
  const styles = reader.styles("/mobileStyle");
  const mobile = { ...padding(styles), ...borders(styles) };
  return Object.keys(mobile).length === 0 ? [] : [{ select: "", styles: mobile, isMobile: true }];
}

const roundPercent = (percent: number): number => Math.round(percent * 10_000) / 10_000;
