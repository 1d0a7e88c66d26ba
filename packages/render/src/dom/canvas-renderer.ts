/// <reference lib="dom" />
import { type ElementId, type NodeData, type Snapshot, settingsId } from "@waggle/template";
import type { RenderMode } from "../modules/module-view.ts";
import { type Page, pageOf } from "../page.ts";
import { RowRenderer, rowIdsOf } from "../row.ts";
import { type CssRules, rulesOf } from "../rules.ts";
import { type ElementNode, element, layoutTable, tableRow } from "../tree.ts";
import { CanvasStyles } from "./canvas-styles.ts";
import { applyStyles } from "./element-styles.ts";
import { TreePatcher } from "./tree-patcher.ts";

export interface CanvasOptions {
  /** `edit` (default) shows placeholders where the e-mail has nothing; `send` shows what a reader gets. */
  readonly mode?: RenderMode;
  /** Pixels of the frame's width below which the mobile rules hold. By default those of the e-mail: its width + 20. */
  readonly breakpoint?: number;
}

export interface CanvasUpdate {
  /** The module whose text is being edited: it stays as it is until an update no longer names it. */
  readonly skip?: ElementId;
}

/** Shows a template in a live document. */
export interface CanvasRenderer {
  /** Draws the snapshot. Only what changed since the last one is touched. */
  update(snapshot: Snapshot, options?: CanvasUpdate): void;
  /** The element that shows a row, column or module; rows and modules are tables, columns are cells. */
  elementFor(id: ElementId): HTMLElement | undefined;
  /** The element in which the text of a module lives. */
  textElementFor(id: ElementId): HTMLElement | undefined;
  /** Draws one element anew, for when someone else has changed its DOM. */
  redraw(id: ElementId): void;
  /** Removes everything this renderer put into the document. */
  destroy(): void;
}

/**
 * A canvas in the body of a document, best an empty frame's. Needs no `style` attributes or elements, so it works under a
 * strict style policy. Nothing in the e-mail runs, and its links and forms lead nowhere.
 */
export function createCanvasRenderer(document: Document, options: CanvasOptions = {}): CanvasRenderer {
  return new Canvas(document, options);
}

class Canvas implements CanvasRenderer {
  readonly #document: Document;
  readonly #options: CanvasOptions;
  readonly #rows = new RowRenderer();
  readonly #rules = new WeakMap<ElementNode, CssRules>();
  readonly #patcher: TreePatcher;
  readonly #styles: CanvasStyles;
  #page: Page | undefined;
  #settings: NodeData | undefined;
  #root: HTMLElement | undefined;

  constructor(document: Document, options: CanvasOptions) {
    this.#document = document;
    this.#options = options;
    this.#patcher = new TreePatcher(document);
    this.#styles = new CanvasStyles(document);
    for (const event of stoppedEvents) document.addEventListener(event, stop, { capture: true });
  }

  update(snapshot: Snapshot, { skip }: CanvasUpdate = {}): void {
    const page = this.#pageOf(snapshot);
    const mode = this.#options.mode ?? "edit";
    const rows = rowIdsOf(snapshot).map((id) => this.#rows.row(snapshot, id, { page, mode }));
    if (page !== this.#page) this.#showPage(page);
    this.#styles.update({ page, breakpoint: this.#options.breakpoint, rows: rows.map((row) => this.#rulesOf(row)) });
    const root = this.#patcher.patch(messageTable(page, rows), skip);
    if (root !== this.#root) {
      this.#root?.remove();
      this.#document.body.append(root);
      this.#root = root;
    }
  }

  elementFor(id: ElementId): HTMLElement | undefined {
    return this.#patcher.find(id);
  }

  textElementFor(id: ElementId): HTMLElement | undefined {
    return this.elementFor(id)?.querySelector<HTMLElement>("[data-text]") ?? undefined;
  }

  redraw(id: ElementId): void {
    this.#patcher.redraw(id);
  }

  destroy(): void {
    for (const event of stoppedEvents) this.#document.removeEventListener(event, stop, { capture: true });
    this.#root?.remove();
    this.#root = undefined;
    this.#styles.destroy();
  }

  // Settings hold comments and more, so they are only read when something in them changed.
  #pageOf(snapshot: Snapshot): Page {
    const settings = snapshot.nodes.get(settingsId);
    if (this.#page && settings === this.#settings) return this.#page;
    this.#settings = settings;
    return pageOf(snapshot, this.#page);
  }

  #showPage(page: Page): void {
    applyStyles(this.#document.body, this.#page?.background ?? {}, { ...page.background, margin: "0", padding: "0" });
    this.#styles.loadFonts(page.webFonts);
    this.#page = page;
  }

  #rulesOf(row: ElementNode): CssRules {
    const known = this.#rules.get(row);
    if (known) return known;
    const rules = rulesOf(row, selectorOf);
    this.#rules.set(row, rules);
    return rules;
  }
}

const stoppedEvents = ["click", "auxclick", "submit"] as const;

/** Links stay links to look at and to select, but lead nowhere. */
function stop(event: Event): void {
  const target = event.target;
  const isOnLink = target !== null && "closest" in target && (target as Element).closest("a[href],area[href]") !== null;
  if (event.type === "submit" || isOnLink) event.preventDefault();
}

function messageTable(page: Page, rows: readonly ElementNode[]): ElementNode {
  return layoutTable({
    attributes: { class: "nl-container", width: "100%", dir: page.direction },
    styles: { ...page.background, "font-family": page.fontFamily, color: page.color, "word-break": "break-word" },
    content: [tableRow([element("td", { content: rows })])],
  });
}

// Ids come from files, so they may hold anything: escaped as CSS strings want it.
function selectorOf(node: ElementNode): string {
  const id = (node.element?.id ?? "").replace(
    /["\\\n\r\f<]/g,
    (character) => `\\${character.charCodeAt(0).toString(16)} `,
  );
  return `[data-uuid="${id}"]`;
}
