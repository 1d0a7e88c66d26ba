import type { Editor } from "../state/editor.ts";

/** Moves the focus to the next region of the editor; with Shift to the one before. */
export function focusNextRegion(editor: Editor, { shiftKey }: KeyboardEvent): boolean {
  const canvas = editor.canvas.peek();
  const root = canvas?.scroller.getRootNode();
  if (!canvas || !(root instanceof ShadowRoot)) return false;
  const regions = [...root.querySelectorAll<HTMLElement>("[data-region]")].filter(isShown);
  const focused = root.activeElement;
  const index = regions.findIndex((region) => focused !== null && region.contains(focused));
  const step = shiftKey ? -1 : 1;
  const start = index < 0 && shiftKey ? 0 : index;
  regions[(start + step + regions.length) % regions.length]?.focus();
  return true;
}

function isShown(element: HTMLElement): boolean {
  return element.getClientRects().length > 0;
}
