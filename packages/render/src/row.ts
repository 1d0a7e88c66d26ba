import { childrenOf, type ElementId, type ElementKind, type NodeData, rootId, type Snapshot } from "@waggle/template";
import { columnInnerWidth, columnNode } from "./column.ts";
import { moduleRenderers } from "./modules/module-renderers.ts";
import { hiding, type RenderMode, viewOf } from "./modules/module-view.ts";
import { placeholder } from "./modules/placeholder.ts";
import { innerWidth, type Page } from "./page.ts";
import {
  classes,
  type ElementNode,
  element,
  layoutTable,
  type RenderNode,
  type Rule,
  type Styles,
  tableRow,
} from "./tree.ts";
import { background, borders, cssValue, horizontalExtent, padding, pick, radius } from "./values/css.ts";
import { ElementReader } from "./values/element-reader.ts";

export interface RowOptions {
  /** What `pageOf` says of the snapshot. */
  readonly page: Page;
  readonly mode: RenderMode;
}

/** Draws rows, and keeps what it drew: the same nodes give the same tree, so an output can compare by identity. */
export class RowRenderer {
  readonly #rows = new WeakMap<NodeData, Kept>();
  readonly #modules = new WeakMap<NodeData, Kept>();

  /** The render tree of one row. The row has to be in the snapshot. */
  row(snapshot: Snapshot, rowId: ElementId, options: RowOptions): ElementNode {
    const row = snapshot.nodes.get(rowId) ?? missing;
    const parts = partsOf(snapshot, rowId);
    const made = [
      rowId,
      options.page,
      options.mode,
      ...parts.flatMap(({ id, node, modules }) => [id, node, ...modules.flat()]),
    ];
    return kept(this.#rows, { node: row, made }, () => this.#drawRow(row, { ...options, id: rowId, parts }));
  }

  #drawRow(
    row: NodeData,
    { id, parts, page, mode }: RowOptions & { id: ElementId; parts: readonly ColumnParts[] },
  ): ElementNode {
    const reader = new ElementReader(row);
    const content = contentStyles(reader, page);
    const width = innerWidth(page.width, horizontalExtent(content));
    const gap = reader.pixels("/content/computedStyle/columnsSpacing") ?? 0;
    const shares = gridShares(parts);
    const room = innerWidth(width, gap * Math.max(0, parts.length - 1));
    const columns = parts.map((part, index): ElementNode => {
      const cell = room * (shares[index] ?? 0);
      const modules = this.#modulesOf(part, { page, mode, width: columnInnerWidth(part.node, cell) });
      const placed = { width: cell, percent: (cell / width) * 100, ...rowSays(reader), mode };
      return columnNode({ ...part, ...placed, isFirst: index === 0, isLast: index === parts.length - 1 }, modules);
    });
    return rowTable(reader, {
      id,
      content,
      page,
      cells: columns.length > 0 ? withGaps(columns, gap) : [noColumns(mode)],
    });
  }

  #modulesOf({ modules }: ColumnParts, surroundings: RowOptions & { width: number }): readonly ElementNode[] {
    const { page, mode, width } = surroundings;
    return modules.flatMap(([id, node]) => {
      const draw = (): ElementNode => {
        const view = viewOf(node, { id, page, mode, width });
        return moduleRenderers[view.type](view);
      };
      const isLeftOut = mode === "send" && node["/descriptor/computedStyle/hideContentOnHtml"] === true;
      return isLeftOut ? [] : [kept(this.#modules, { node, made: [id, page, mode, width] }, draw)];
    });
  }
}

const missing: NodeData = {};

interface Kept {
  readonly made: readonly unknown[];
  readonly tree: ElementNode;
}

interface Recipe {
  readonly node: NodeData;
  /** Everything besides the node that the tree is made of. */
  readonly made: readonly unknown[];
}

function kept(cache: WeakMap<NodeData, Kept>, { node, made }: Recipe, draw: () => ElementNode): ElementNode {
  const known = cache.get(node);
  if (known && known.made.length === made.length && known.made.every((part, index) => part === made[index]))
    return known.tree;
  const tree = draw();
  cache.set(node, { made, tree });
  return tree;
}

interface ColumnParts {
  readonly id: ElementId;
  readonly node: NodeData;
  readonly modules: readonly (readonly [ElementId, NodeData])[];
}

function partsOf(snapshot: Snapshot, rowId: ElementId): readonly ColumnParts[] {
  return nodesOf(snapshot, { parent: rowId, kind: "column" }).map(([id, node]) => {
    return { id, node, modules: nodesOf(snapshot, { parent: id, kind: "module" }) };
  });
}

interface ChildrenOf {
  readonly parent: ElementId;
  readonly kind: ElementKind;
}

// Concurrent moves can leave an element under a parent of the wrong kind until someone repairs it.
function nodesOf(snapshot: Snapshot, { parent, kind }: ChildrenOf): readonly (readonly [ElementId, NodeData])[] {
  const nodes = childrenOf(snapshot, parent).map((id) => [id, snapshot.nodes.get(id) ?? missing] as const);
  return nodes.filter(([, node]) => node.type === kind);
}

/** The ids of the rows people see, in order. */
export function rowIdsOf(snapshot: Snapshot): readonly ElementId[] {
  return nodesOf(snapshot, { parent: rootId, kind: "row" }).map(([id]) => id);
}

/** The share of the row each column has; they add up to one, whatever the columns say. */
function gridShares(parts: readonly ColumnParts[]): readonly number[] {
  const grids = parts.map(({ node }) => {
    const grid = Number(node["/grid-columns"]);
    return Number.isFinite(grid) && grid > 0 ? grid : 12 / Math.max(1, parts.length);
  });
  const sum = grids.reduce((total, grid) => total + grid, 0);
  return grids.map((grid) => grid / sum);
}

const verticalAlignments: ReadonlySet<string> = new Set(["top", "middle", "bottom"]);

function rowSays(reader: ElementReader): { verticalAlign: string; corners: Styles } {
  const named = reader.text("/content/computedStyle/verticalAlign", "/content/computedStyle/vertical-align");
  const corners = cssValue("border-radius", reader.value("/content/computedStyle/columnsBorderRadius"));
  return {
    verticalAlign: verticalAlignments.has(named) ? named : "top",
    corners: corners === undefined ? {} : radius({ "border-radius": corners }),
  };
}

function contentStyles(reader: ElementReader, page: Page): Styles {
  const styles = reader.styles("/content/style");
  return {
    ...page.messageBackground,
    ...background(styles),
    ...padding(styles),
    ...borders(styles),
    ...radius(styles),
    color: styles.color ?? page.color,
  };
}

function withGaps(columns: readonly ElementNode[], gap: number): readonly RenderNode[] {
  if (gap <= 0) return columns;
  const size = String(gap);
  const filler = layoutTable({
    attributes: { width: size, height: size },
    styles: { width: `${size}px`, height: `${size}px` },
    content: [tableRow([element("td")])],
  });
  const cell = element("td", { attributes: { class: "gap" }, styles: { padding: "0" }, content: [filler] });
  return columns.flatMap((column, index) => (index === 0 ? [column] : [cell, column]));
}

const noColumns = (mode: RenderMode): ElementNode =>
  element("td", { content: mode === "edit" ? [placeholder("Empty row")] : [] });

interface RowBody {
  readonly id: ElementId;
  readonly content: Styles;
  readonly page: Page;
  readonly cells: readonly RenderNode[];
}

function rowTable(reader: ElementReader, { id, content, page, cells }: RowBody): ElementNode {
  const computed = "/content/computedStyle";
  const stacks = reader.isOnByDefault(`${computed}/rowColStackOnMobile`) && "stack";
  const reverses = reader.isOn(`${computed}/rowReverseColStackOnMobile`) ? { class: "reverse" } : {};
  const message = layoutTable({
    attributes: { align: "center", width: String(page.width), ...classes("row-content", stacks) },
    styles: { ...content, width: `${page.width}px`, margin: "0 auto" },
    content: [tableRow(cells, reverses)],
  });
  return layoutTable({
    attributes: { align: "center", width: "100%", ...classes("row", ...hiding(reader, computed)) },
    styles: background(reader.styles("/container/style")),
    content: [tableRow([element("td", { content: [message] })])],
    element: { id, kind: "row", rules: mobileRules(reader), ...displayCondition(reader) },
  });
}

function mobileRules(reader: ElementReader): readonly Rule[] {
  const styles = reader.styles("/content/mobileStyle");
  const mobile = { ...padding(styles), ...borders(styles), ...pick(styles, ["background-color"]) };
  return Object.keys(mobile).length === 0 ? [] : [{ select: ".row-content", styles: mobile, isMobile: true }];
}

function displayCondition(reader: ElementReader): { condition?: { before: string; after: string } } {
  const at = (side: string): string =>
    reader.text(
      `/container/displayCondition/${side}`,
      `/container/display-condition/${side}`,
      `/display-condition/${side}`,
    );
  const [before, after] = [at("before"), at("after")];
  return before === "" && after === "" ? {} : { condition: { before, after } };
}
