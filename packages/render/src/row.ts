import { childrenOf, type ElementId, type ElementKind, type NodeData, rootId, type Snapshot } from "@waggle/template";
import { columnInnerWidth, columnNode } from "./column.ts";
import { type Drawing, type DrawnBox, plainDrawing } from "./drawing.ts";
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
  readonly #drawing: Drawing;
  readonly #rows: Cache;
  readonly #modules: Cache;

  constructor(drawing: Drawing = plainDrawing) {
    const { rows, modules } = cachesOf(drawing);
    this.#drawing = drawing;
    this.#rows = rows;
    this.#modules = modules;
  }

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

  #drawRow(row: NodeData, plan: RowPlan): ElementNode {
    const { id, page, mode } = plan;
    const reader = new ElementReader(row);
    const around = background(reader.styles("/container/style"));
    const content = contentStyles(reader, page);
    const isHidden = isHiddenOnDesktop(reader, computed);
    const columns = this.#columns(reader, { plan, content, isInShape: isHidden || this.#isShape(around) });
    const cells = columns.length > 0 ? withGaps(columns, gapOf(reader)) : [noColumns(mode)];
    const box = { reader, page, width: page.width, isInShape: isHidden };
    const message = this.#finish("finishContent", contentTable(reader, { content, page, cells }), {
      ...box,
      background: background(content),
      outerBackground: around,
    });
    return this.#finish("finishRow", rowTable(reader, { id, around, message }), { ...box, background: around });
  }

  #columns(reader: ElementReader, { plan, content, isInShape }: ColumnsPlan): readonly ElementNode[] {
    const { parts, page, mode } = plan;
    const width = innerWidth(page.width, horizontalExtent(content));
    const shares = gridShares(parts);
    const room = innerWidth(width, gapOf(reader) * Math.max(0, parts.length - 1));
    const says = rowSays(reader);
    const isBelowShape = isInShape || this.#isShape(background(content));
    return parts.map((part, index): ElementNode => {
      const cell = room * (shares[index] ?? 0);
      const own = new ElementReader(part.node);
      const fill = background(own.styles("/style"));
      const isHidden = isBelowShape || isHiddenOnDesktop(own, "/computedStyle");
      const modules = this.#modulesOf(part, {
        page,
        mode,
        width: columnInnerWidth(own, cell),
        isInShape: isHidden || this.#isShape(fill),
      });
      const placed = { width: cell, percent: (cell / width) * 100, ...says, mode };
      const tree = columnNode(
        { id: part.id, reader: own, ...placed, isFirst: index === 0, isLast: index === parts.length - 1 },
        modules,
      );
      return this.#finish("finishColumn", tree, {
        reader: own,
        page,
        background: fill,
        width: cell,
        isInShape: isHidden,
      });
    });
  }

  #modulesOf({ modules }: ColumnParts, surroundings: Surroundings): readonly ElementNode[] {
    const { page, mode, width, isInShape } = surroundings;
    return modules.flatMap(([id, node]) => {
      const draw = (): ElementNode => {
        const view = viewOf(node, { id, ...surroundings });
        const tree = this.#drawing.modules[view.type](view);
        return this.#drawing.finishModule?.(tree, view) ?? tree;
      };
      const isLeftOut = mode === "send" && new ElementReader(node).isOn("/descriptor/computedStyle/hideContentOnHtml");
      const drawn = isLeftOut ? [] : [kept(this.#modules, { node, made: [id, page, mode, width, isInShape] }, draw)];
      return mode === "send" ? drawn.filter((tree) => !tree.element?.isBlank) : drawn;
    });
  }

  #isShape(fill: Styles): boolean {
    return this.#drawing.isShape?.(fill) ?? false;
  }

  #finish(step: "finishContent" | "finishColumn" | "finishRow", tree: ElementNode, box: DrawnBox): ElementNode {
    return this.#drawing[step]?.(tree, box) ?? tree;
  }
}

const missing: NodeData = {};
const computed = "/content/computedStyle";

interface RowPlan extends RowOptions {
  readonly id: ElementId;
  readonly parts: readonly ColumnParts[];
}

interface ColumnsPlan {
  readonly plan: RowPlan;
  readonly content: Styles;
  readonly isInShape: boolean;
}

interface Surroundings extends RowOptions {
  readonly width: number;
  readonly isInShape: boolean;
}

interface Kept {
  readonly made: readonly unknown[];
  readonly tree: ElementNode;
}

type Cache = WeakMap<NodeData, Kept>;

interface Caches {
  readonly rows: Cache;
  readonly modules: Cache;
}

/** Trees and nodes never change, so whoever draws the same way may take what another has drawn. */
const caches = new WeakMap<Drawing, Caches>();

function cachesOf(drawing: Drawing): Caches {
  const known = caches.get(drawing);
  if (known) return known;
  const made = { rows: new WeakMap<NodeData, Kept>(), modules: new WeakMap<NodeData, Kept>() };
  caches.set(drawing, made);
  return made;
}

interface Recipe {
  readonly node: NodeData;
  /** Everything besides the node that the tree is made of. */
  readonly made: readonly unknown[];
}

function kept(cache: Cache, { node, made }: Recipe, draw: () => ElementNode): ElementNode {
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

function isHiddenOnDesktop(reader: ElementReader, pointer: string): boolean {
  return reader.isOn(`${pointer}/hideContentOnDesktop`);
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
  const named = reader.text(`${computed}/verticalAlign`, `${computed}/vertical-align`);
  const corners = cssValue("border-radius", reader.value(`${computed}/columnsBorderRadius`));
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
    ...(styles.color === undefined || styles.color === page.color ? {} : { color: styles.color }),
  };
}

const gapOf = (reader: ElementReader): number => Math.max(0, reader.pixels(`${computed}/columnsSpacing`) ?? 0);

// Side by side the cell's width is the gap; one under the other the height of what is in it.
function withGaps(columns: readonly ElementNode[], gap: number): readonly RenderNode[] {
  if (gap <= 0) return columns;
  const size = `${gap}px`;
  const filler = element("div", {
    styles: { height: size, "line-height": size, "font-size": "1px" },
    content: ["\u200a"],
  });
  const cell = element("td", { attributes: { class: "gap", width: String(gap) }, content: [filler] });
  return columns.flatMap((column, index) => (index === 0 ? [column] : [cell, column]));
}

const noColumns = (mode: RenderMode): ElementNode =>
  element("td", { content: mode === "edit" ? [placeholder("Empty row")] : [] });

interface ContentParts {
  readonly content: Styles;
  readonly page: Page;
  readonly cells: readonly RenderNode[];
}

// To a browser a table aligned left or right floats; only in the middle it stands as it should.
const places = { left: {}, center: { align: "center" }, right: {} } as const;
/** Up to so many columns, groups of a table turn their order round, which more clients know than flexible boxes. */
const mostInGroups = 3;

function contentTable(reader: ElementReader, { content, page, cells }: ContentParts): ElementNode {
  const stacks = reader.isOnByDefault(`${computed}/rowColStackOnMobile`);
  const columns = cells.filter((cell) => typeof cell !== "string" && cell.element !== undefined).length;
  const reverses = stacks && columns > 1 && reader.isOn(`${computed}/rowReverseColStackOnMobile`);
  const turned = reverses ? classes("reverse", columns > mostInGroups && "reverse-all") : {};
  return layoutTable({
    attributes: { ...places[page.align], width: String(page.width), ...classes("row-content", stacks && "stack") },
    styles: page.align === "right" ? { ...content, "margin-left": "auto" } : content,
    content: [tableRow(cells, turned)],
  });
}

interface RowParts {
  readonly id: ElementId;
  readonly around: Styles;
  readonly message: ElementNode;
}

function rowTable(reader: ElementReader, { id, around, message }: RowParts): ElementNode {
  return layoutTable({
    attributes: { width: "100%", ...classes("row", ...hiding(reader, computed)) },
    styles: around,
    content: [tableRow([element("td", { content: [message] })])],
    element: { id, kind: "row", rules: mobileRules(reader) },
  });
}

function mobileRules(reader: ElementReader): readonly Rule[] {
  const styles = reader.styles("/content/mobileStyle");
  const mobile = { ...padding(styles), ...borders(styles), ...pick(styles, ["background-color"]) };
  return Object.keys(mobile).length === 0 ? [] : [{ select: ".row-content", styles: mobile, isMobile: true }];
}
