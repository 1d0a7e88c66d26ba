import {
  childrenOf,
  type ElementId,
  isRichText,
  kindOf,
  labelOf,
  moduleTypeOf,
  moduleTypes,
  type NodeData,
  parentOf,
  plainText,
  rootId,
  type Snapshot,
  textKeyOf,
} from "@waggle/template";
import { words } from "../words.ts";

const longestName = 60;

/** What people call this element in lists: its text, its picture's alt text, or its kind. */
export function nameOf(snapshot: Snapshot, id: ElementId): string {
  const node = snapshot.nodes.get(id);
  if (!node) return "";
  const kind = kindOf(node);
  if (kind === "row") return rowName(snapshot, id, node);
  if (kind === "column") return words.outline.column(positionIn(snapshot, id, node));
  return textOf(node) || altTextOf(node) || labelOf(node);
}

/** "Row 3", "Column 1", "Button": where an element is rather than what it says. */
export function placeOf(snapshot: Snapshot, id: ElementId): string {
  const node = snapshot.nodes.get(id);
  if (!node) return "";
  const kind = kindOf(node);
  if (kind === "row") return words.outline.row(positionIn(snapshot, id, node));
  if (kind === "column") return words.outline.column(positionIn(snapshot, id, node));
  return labelOf(node);
}

/** The name of its icon in the icon sheet. */
export function iconOf(node: NodeData): string {
  const kind = kindOf(node);
  if (kind === "module") return moduleTypes[moduleTypeOf(node)].icon;
  return kind === "row" ? "rows" : "layers";
}

function rowName(snapshot: Snapshot, id: ElementId, node: NodeData): string {
  const given = givenName(node);
  if (given !== "") return given;
  const columns = childrenOf(snapshot, id);
  const name = firstText(snapshot, columns) || words.outline.row(positionIn(snapshot, id, node));
  return columns.length > 1 ? words.outline.columns(name, columns.length) : name;
}

function givenName(node: NodeData): string {
  const name = node["/name"] ?? node["/metadata/name"];
  return typeof name === "string" ? name.trim() : "";
}

function firstText(snapshot: Snapshot, columns: readonly ElementId[]): string {
  const modules = columns.flatMap((column) => childrenOf(snapshot, column));
  const nodes = modules.map((id) => snapshot.nodes.get(id)).filter((node) => node !== undefined);
  const titles = nodes.filter((node) => moduleTypes[moduleTypeOf(node)].isSingleBlock);
  const texts = [...titles, ...nodes].map(textOf).filter((text) => text !== "");
  return texts[0] ?? (nodes[0] ? altTextOf(nodes[0]) || labelOf(nodes[0]) : "");
}

function textOf(node: NodeData): string {
  const key = textKeyOf(node);
  const value = key === undefined ? undefined : node[key];
  const text = isRichText(value) ? plainText(value) : typeof value === "string" ? value.replace(/<[^<>]*>/g, " ") : "";
  return text.replace(/\s+/g, " ").trim().slice(0, longestName);
}

function altTextOf(node: NodeData): string {
  const alt = node["/descriptor/image/alt"];
  return typeof alt === "string" ? alt.trim().slice(0, longestName) : "";
}

/** 1 for the first child of its parent. */
function positionIn(snapshot: Snapshot, id: ElementId, node: NodeData): number {
  return childrenOf(snapshot, parentOf(node) ?? rootId).indexOf(id) + 1;
}
