import { type ElementId, labelOf, type NodeData, parentOf } from "@waggle/template";
import type { JSX } from "preact";
import { placeOf } from "../outline/element-names.ts";
import { rovingKeys } from "../shell/roving.ts";
import { ToolbarButton } from "../shell/toolbar-button.tsx";
import { useEditor } from "../state/editor-context.ts";
import { TextToolbar } from "../text/text-toolbar.tsx";
import { words } from "../words.ts";
import type { CanvasFrame } from "./canvas-frame.ts";
import type { Places } from "./places.ts";

interface ModuleToolbarProps {
  readonly id: ElementId;
  readonly node: NodeData;
  readonly canvas: CanvasFrame;
  readonly isEditing: boolean;
}

/** Narrower than this, the gutter beside the page has no room for a toolbar. */
const gutterForToolbar = 48;
/** Between the page and the toolbar; frames reach 6 px beyond their element. */
const gap = 12 + 6;

/** What can be done with the selection. In the gutter beside the page where there is room, else on the frame's edge. */
export function ModuleToolbar({ id, node, canvas, isEditing }: ModuleToolbarProps): JSX.Element {
  const label = labelOf(node);
  const left = gutterOffset(canvas.places.value, id);
  return (
    <span
      class={`f-bar ${left === undefined ? "" : "side"} ${isEditing ? "text" : ""}`}
      role="toolbar"
      aria-orientation={left === undefined ? "horizontal" : "vertical"}
      aria-label={isEditing ? words.text.toolbar : words.canvas.actions(label)}
      tabIndex={-1}
      onKeyDown={rovingKeys}
      style={left === undefined ? {} : { left: `${left}px` }}
    >
      {isEditing ? <TextToolbar /> : <ElementActions node={node} />}
    </span>
  );
}

/** The actions that work on any element. */
export function ElementActions({ node }: { node: NodeData }): JSX.Element {
  const editor = useEditor();
  const parent = parentOf(node);
  const template = editor.live.template.value;
  const parentLabel = parent === undefined ? "" : placeOf(template, parent);
  return (
    <>
      {parentLabel === "" ? null : (
        <ToolbarButton
          icon="parent"
          label={words.canvas.selectParent(parentLabel)}
          isFirst
          onPress={() => editor.selectParent()}
        />
      )}
      <ToolbarButton
        icon="trash"
        label={words.canvas.delete}
        isFirst={parentLabel === ""}
        onPress={() => editor.deleteSelected()}
      />
    </>
  );
}

/** Distance from the frame's left edge to the gutter, or undefined where the gutter is too narrow. */
function gutterOffset({ boxes, pageWidth, gutter }: Places, id: ElementId): number | undefined {
  const box = boxes.get(id);
  return box && gutter >= gutterForToolbar ? pageWidth - box.left + gap : undefined;
}
