import type { ElementId } from "@waggle/template";
import type { Editor } from "../state/editor.ts";
import type { CanvasFrame } from "./canvas-frame.ts";

/** Lets a person point at, select and edit what the canvas shows, until the signal aborts. */
export function listenToCanvas(editor: Editor, canvas: CanvasFrame, signal: AbortSignal): void {
  const { document } = canvas;
  const { view } = editor;
  document.addEventListener(
    "pointermove",
    (event) => {
      view.hoveredId.value = event.pointerType === "touch" ? undefined : elementAt(event.target);
    },
    { signal },
  );
  document.documentElement.addEventListener(
    "pointerleave",
    () => {
      view.hoveredId.value = undefined;
    },
    { signal },
  );
  document.addEventListener("click", (event) => pick(editor, event), { signal });
  document.addEventListener("dblclick", (event) => edit(editor, event), { signal });
  document.addEventListener("dragstart", (event) => event.preventDefault(), { signal });
}

/** The first click selects, another one on the same text goes on to edit it where it points. */
function pick(editor: Editor, event: MouseEvent): void {
  const id = elementAt(event.target);
  if (id !== undefined && id === editor.view.editingId.peek()) return;
  if (id !== undefined && id === editor.view.selectedId.peek() && editor.canEditText(id)) edit(editor, event);
  else editor.select(id);
}

function edit(editor: Editor, event: MouseEvent): void {
  const id = elementAt(event.target);
  if (id === undefined || id === editor.view.editingId.peek()) return;
  editor.editText(id, { left: event.clientX, top: event.clientY });
}

/** The innermost module, column or row around a node. `instanceof` would fail: the node is of another window. */
function elementAt(target: EventTarget | null): ElementId | undefined {
  if (target === null || !("closest" in target)) return undefined;
  // Everything with `closest` is an Element.
  const element = (target as Element).closest("[data-uuid]");
  return element?.getAttribute("data-uuid") ?? undefined;
}
