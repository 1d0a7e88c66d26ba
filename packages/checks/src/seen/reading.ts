import { type Page, pageOf } from "@waggle/render";
import {
  type ElementId,
  kindOf,
  labelOf,
  type ModuleType,
  moduleTypeOf,
  type NodeData,
  parentOf,
  type Snapshot,
  settingsId,
  walk,
} from "@waggle/template";
import { shorten } from "./addresses.ts";
import { Palette } from "./colors.ts";
import { hiddenOn, isOn } from "./json.ts";
import { lookThrough } from "./look-through.ts";
import type { Seen } from "./seen.ts";

/** An element as checks name it: the contract's names, and what people know it by. */
export interface FoundElement {
  readonly id: ElementId;
  readonly moduleType: ModuleType | undefined;
  /** "image", "button", "table-header", "row": the contract's word. */
  readonly widgetType: string;
  /** The start of its text, the name of its file, or what people call its kind. */
  readonly label: string;
  /** Whether it, or its row, is locked. */
  readonly isLocked: boolean;
  /** Whether its row is synced. */
  readonly isSynced: boolean;
  /** Place among the modules, from 0; a row has that of its first module. */
  readonly moduleIndex: number;
}

export interface VisibleModule {
  readonly id: ElementId;
  readonly node: NodeData;
}

const noNode: NodeData = {};

/** One template, read once for all checks. What only some of them need is worked out when the first one asks. */
export class Reading {
  readonly snapshot: Snapshot;
  readonly palette = new Palette();
  /** The modules somebody sees, in order. */
  readonly modules: readonly VisibleModule[];
  readonly #hidden: ReadonlySet<ElementId>;
  readonly #places = new Map<ElementId, number>();
  #seen: Seen | undefined;
  #texts: ReadonlyMap<ElementId, string> | undefined;
  #page: Page | undefined;

  constructor(snapshot: Snapshot) {
    this.snapshot = snapshot;
    const { modules, hidden } = visibleModules(snapshot);
    this.modules = modules;
    this.#hidden = hidden;
    for (const [index, { id }] of modules.entries()) this.#places.set(id, index);
  }

  get settings(): NodeData {
    return this.snapshot.nodes.get(settingsId) ?? noNode;
  }

  get page(): Page {
    this.#page ??= pageOf(this.snapshot);
    return this.#page;
  }

  get seen(): Seen {
    this.#seen ??= lookThrough(this.snapshot, {
      page: this.page,
      hidden: this.#hidden,
      palette: this.palette,
    });
    return this.#seen;
  }

  /** The element as a finding names it. */
  element(id: ElementId, named: { readonly widgetType?: string; readonly label?: string } = {}): FoundElement {
    const node = this.snapshot.nodes.get(id) ?? noNode;
    const isModule = kindOf(node) === "module";
    const moduleType = isModule ? moduleTypeOf(node) : undefined;
    const row = this.#rowOf(id) ?? noNode;
    return {
      id,
      moduleType,
      widgetType: named.widgetType ?? moduleType ?? kindOf(node) ?? "unknown",
      label: named.label || this.#textOf(id) || labelOf(node),
      isLocked: isOn(node["/locked"]) || isOn(row["/locked"]),
      isSynced: isOn(row["/synced"]) || isOn(node["/synced"]),
      moduleIndex: this.#places.get(id) ?? this.#firstPlaceIn(id),
    };
  }

  #textOf(id: ElementId): string {
    this.#texts ??= textsOf(this.seen);
    return shorten(this.#texts.get(id) ?? "", 80);
  }

  #rowOf(id: ElementId): NodeData | undefined {
    return this.#selfAndAbove(id).find((node) => kindOf(node) === "row");
  }

  /** A module, its column and its row: nothing is deeper, and broken documents may go in circles. */
  #selfAndAbove(id: ElementId): readonly NodeData[] {
    const found: NodeData[] = [];
    for (let at: ElementId | undefined = id; at !== undefined && found.length < 3; ) {
      const node: NodeData | undefined = this.snapshot.nodes.get(at);
      if (!node) break;
      found.push(node);
      at = parentOf(node);
    }
    return found;
  }

  #firstPlaceIn(id: ElementId): number {
    const container = this.snapshot.nodes.get(id);
    return container ? this.modules.findIndex((module) => this.#selfAndAbove(module.id).includes(container)) : -1;
  }
}

function textsOf({ texts }: Seen): ReadonlyMap<ElementId, string> {
  const found = new Map<ElementId, string>();
  for (const { elementId, text } of texts) {
    const before = found.get(elementId);
    found.set(elementId, before === undefined ? text : `${before} ${text}`);
  }
  return found;
}

interface Hiding {
  readonly mobile: boolean;
  readonly desktop: boolean;
}

const shown: Hiding = { mobile: false, desktop: false };

/** What is hidden on every screen nobody sees, whichever of module, column and row says so. */
function visibleModules(snapshot: Snapshot): { modules: VisibleModule[]; hidden: Set<ElementId> } {
  const modules: VisibleModule[] = [];
  const hidden = new Set<ElementId>();
  const levels: Hiding[] = [];
  for (const { id, node, kind, depth } of walk(snapshot)) {
    const own = hiddenOn(node);
    const above = levels[depth - 1] ?? shown;
    const here = { mobile: own.mobile || above.mobile, desktop: own.desktop || above.desktop };
    levels[depth] = here;
    const isGone = (here.mobile && here.desktop) || isOn(node["/descriptor/computedStyle/hideContentOnHtml"]);
    if (isGone) hidden.add(id);
    else if (kind === "module") modules.push({ id, node });
  }
  return { modules, hidden };
}
