import {
  type Cell,
  type ChangeSet,
  creates,
  findProperty,
  gridColumnsKey,
  isTextCell,
  isTextKey,
  kindOf,
  moduleTypeOf,
  type NodeChange,
  type NodeData,
  type Property,
  type Snapshot,
} from "@waggle/template";

/** What a change is about: words, looks, what else an element holds (links, pictures, lists), or which elements there are and where. */
export type Aspect = "text" | "style" | "content" | "structure";

/** One element that a change touches, and in what. */
export interface TouchedElement {
  readonly elementId: string;
  readonly aspects: ReadonlySet<Aspect>;
}

/** Properties that hold text which no reader reads as words: code, and names for programs. */
const notProse = new Set(["customTags", "language", "prefix", "value"]);
const looksLikeStyle = /\/(?:style|mobileStyle|computedStyle)\//;
const noNode: NodeData = {};

/** What a change does to each element it touches. */
export function aspectsOf(change: ChangeSet, snapshot: Snapshot): readonly TouchedElement[] {
  return Object.entries(change).map(([elementId, nodeChange]) => ({
    elementId,
    aspects: aspectsOfNode(nodeChange, snapshot.nodes.get(elementId) ?? noNode),
  }));
}

function aspectsOfNode(change: NodeChange, node: NodeData): ReadonlySet<Aspect> {
  // What a new element says and looks like is part of adding it.
  if (creates(change)) return new Set(["structure"]);
  return new Set(Object.entries(change).map(([key, cell]) => aspectOfCell(key, cell, node)));
}

function aspectOfCell(key: string, cell: Cell, node: NodeData): Aspect {
  if (!key.startsWith("/") || key === gridColumnsKey) return "structure";
  if (isTextCell(cell)) return "text";
  if (kindOf(node) === "module" && isTextKey(moduleTypeOf(node), key)) return "text";
  const property = findProperty(node, key);
  if (property) return aspectOfProperty(property);
  return looksLikeStyle.test(key) ? "style" : "content";
}

function aspectOfProperty({ name, role, value }: Property): Aspect {
  if (role !== "content") return "style";
  return value.kind === "text" && !notProse.has(name) ? "text" : "content";
}
