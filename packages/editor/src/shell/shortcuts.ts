import type { Editor } from "../state/editor.ts";
import { focusNextRegion } from "./regions.ts";

/** Handles a key pressed anywhere in the editor, in the chrome or in the canvas. */
export function onShortcut(editor: Editor, event: KeyboardEvent): void {
  if (event.defaultPrevented) return;
  const done = event.key === "F6" ? focusNextRegion(editor, event) : runKey(editor, event);
  if (done) event.preventDefault();
}

function runKey(editor: Editor, event: KeyboardEvent): boolean {
  if (isTyping(event)) return false;
  if (event.ctrlKey || event.metaKey) return runCommandKey(editor, event);
  if (event.altKey) return false;
  if (event.key === "Escape") return leave(editor);
  if (isOnControl(event)) return false;
  return runPlainKey(editor, event.key);
}

function runCommandKey(editor: Editor, { key, shiftKey }: KeyboardEvent): boolean {
  const letter = key.toLowerCase();
  if (letter === "z" && !shiftKey) editor.undo();
  else if ((letter === "z" && shiftKey) || letter === "y") editor.redo();
  else return false;
  return true;
}

function runPlainKey(editor: Editor, key: string): boolean {
  const selected = editor.view.selectedId.peek();
  if (selected === undefined) return false;
  if (key === "Delete" || key === "Backspace") editor.deleteSelected();
  else if (key === "Enter" && editor.canEditText(selected)) editor.editText(selected);
  else return false;
  return true;
}

/** Out of the text, then up to the parent, then out of the panel over the canvas. */
function leave(editor: Editor): boolean {
  const { editingId, selectedId, openPanel } = editor.view;
  if (editingId.peek() !== undefined) editor.stopEditing();
  else if (selectedId.peek() !== undefined) editor.selectParent();
  else if (openPanel.peek() !== undefined) openPanel.value = undefined;
  else return false;
  return true;
}

/** Fields and texts undo and delete by themselves. */
function isTyping(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  if (!target || !("closest" in target)) return false;
  // Whatever has `closest` is an Element, of this window or of the canvas.
  return (target as Element).closest("input, textarea, select, [contenteditable=true]") !== null;
}

/** Enter on a button presses it. */
function isOnControl(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  return target !== undefined && "closest" in target && (target as Element).closest("button, [role=treeitem]") !== null
    ? event.key === "Enter" || event.key === " "
    : false;
}
