import { type ElementId, moduleTypeOf, moduleTypes, tableKey, textKeyOf } from "@waggle/template";
import type { XmlFragment } from "yjs";
import type { CanvasFrame } from "../canvas/canvas-frame.ts";
import type { Editor } from "../state/editor.ts";
import { words } from "../words.ts";
import { cellsOf, isOpaqueCell } from "./table-cells.ts";

/** What is edited, and where on the canvas. */
export interface TextTarget {
  /** The live text, or a cell of it. */
  readonly fragment: XmlFragment;
  readonly host: HTMLElement;
  readonly isSingleBlock: boolean;
  /** Name of the field for readers. */
  readonly label: string;
  /** In a table: which cell it is, of how many. */
  readonly cell?: number;
  readonly cellCount?: number;
}

interface Asked {
  readonly editor: Editor;
  readonly canvas: CanvasFrame;
  readonly elementId: ElementId;
}

/** The text of an element, or the cell the caret is to go to; a reason where it can only be read. */
export function findTextTarget(asked: Asked): TextTarget | string {
  const { editor, canvas, elementId } = asked;
  const { bee, live } = editor;
  const node = live.template.peek().nodes.get(elementId);
  const key = node && textKeyOf(node);
  if (bee.status.textsAreReadOnly) return words.text.outdatedEditor;
  const fragment = key === undefined ? undefined : bee.textFragment(elementId, key);
  if (!node || !fragment) return words.canvas.opaqueText;
  const { isSingleBlock, label } = moduleTypes[moduleTypeOf(node)];
  const field = words.text.field(label);
  if (key === tableKey) return findCell(fragment, field, asked);
  const host = canvas.textElementFor(elementId);
  return host ? { fragment, host, isSingleBlock, label: field } : words.canvas.opaqueText;
}

function findCell(table: XmlFragment, label: string, { editor, canvas, elementId }: Asked): TextTarget | string {
  const cells = cellsOf(table);
  const hosts = [...(canvas.elementFor(elementId)?.querySelectorAll<HTMLElement>("[data-text]") ?? [])];
  const { caret } = editor;
  const pointed = caret && "left" in caret ? hosts.findIndex((host) => holds(host, caret)) : (caret?.cell ?? 0);
  const cell = Math.max(0, pointed);
  const [fragment, host] = [cells[cell], hosts[cell]];
  // Lines outside of all cells are shown as cells, but there is no such element to edit.
  if (!fragment || !host || cells.length !== hosts.length || isOpaqueCell(fragment)) return words.canvas.opaqueText;
  return { fragment, host, isSingleBlock: true, label, cell, cellCount: cells.length };
}

function holds(host: HTMLElement, { left, top }: { readonly left: number; readonly top: number }): boolean {
  const box = host.getBoundingClientRect();
  return left >= box.left && left < box.right && top >= box.top && top < box.bottom;
}
