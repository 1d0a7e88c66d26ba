import { useComputed } from "@preact/signals";
import { type ElementId, kindOf, labelOf, type NodeData } from "@waggle/template";
import type { ComponentChildren, JSX } from "preact";
import { Icon } from "../icons/icon.tsx";
import { iconOf, placeOf } from "../outline/element-names.ts";
import { Avatar } from "../people/avatar.tsx";
import { useEditor } from "../state/editor-context.ts";
import type { Touch } from "../state/touches.ts";
import { words } from "../words.ts";
import type { CanvasFrame } from "./canvas-frame.ts";
import { ModuleToolbar } from "./module-toolbar.tsx";

/** Everything drawn over the email. It belongs to the chrome, so it keeps clear of the email's own styles and events. */
export function Frames(): JSX.Element | null {
  const editor = useEditor();
  const canvas = editor.canvas.value;
  if (!canvas) return null;
  const { selectedId, hoveredId, editingId } = editor.view;
  const [selected, hovered, editing] = [selectedId.value, hoveredId.value, editingId.value];
  const touches = [...editor.touches.current.value.values()];
  return (
    <div class="wg-frames">
      {touches.map((touch) => (
        <AgentFrame key={touch.elementId} touch={touch} canvas={canvas} />
      ))}
      <PeopleFrames canvas={canvas} />
      {hovered !== undefined && hovered !== selected && !touches.some((touch) => touch.elementId === hovered) ? (
        <At key={hovered} id={hovered} canvas={canvas}>
          <span class="f hover" />
        </At>
      ) : null}
      {selected === undefined ? null : (
        <SelectionFrame
          id={selected}
          canvas={canvas}
          isEditing={editing === selected}
          hasOtherTag={touches.some(({ elementId, phase }) => elementId === selected && phase !== "past")}
        />
      )}
    </div>
  );
}

interface AtProps {
  readonly id: ElementId;
  readonly canvas: CanvasFrame;
  readonly children: ComponentChildren;
}

/** Places its children where an element of the email is, and again after every layout. Takes a key: it keeps to its id. */
function At({ id, canvas, children }: AtProps): JSX.Element | null {
  const box = useComputed(() => canvas.places.value.boxes.get(id)).value;
  if (!box) return null;
  const kind = canvas.elementFor(id)?.dataset.kind ?? "";
  const { left, top, width, height } = box;
  return (
    <div
      class={`wg-at ${kind}`}
      style={{ left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` }}
    >
      {children}
    </div>
  );
}

function AgentFrame({ touch, canvas }: { touch: Touch; canvas: CanvasFrame }): JSX.Element {
  const editor = useEditor();
  const { actor, phase, elementId } = touch;
  const isPast = phase === "past";
  return (
    <At id={elementId} canvas={canvas}>
      <span class={`f agent a${editor.colors.colorOf(actor)} ${isPast ? "past" : ""}`}>
        {phase === "writing" ? <span class="breath" /> : null}
        {isPast ? null : (
          // Edits after a pause get a new tag, which waggles once; those in a row do not shake it.
          <span key={touch.since} class="f-tag landed">
            <Avatar actor={actor} size="xs" />
            {actor.name} <em>{words.canvas.isWriting}</em>
          </span>
        )}
      </span>
    </At>
  );
}

/** Where the other people in a shared room are: what they have selected, in their colour and with their name. */
function PeopleFrames({ canvas }: { canvas: CanvasFrame }): JSX.Element {
  const { live, colors, view } = useEditor();
  const others = live.people.value.filter(({ isSelf, isMcpUser }) => !isSelf && !isMcpUser);
  return (
    <>
      {others.map(({ actor, selection }) =>
        selection === undefined || selection === view.selectedId.value ? null : (
          <At key={actor.id} id={selection} canvas={canvas}>
            <span class={`f person a${colors.colorOf(actor)}`}>
              <span class="f-tag">
                <Avatar actor={actor} size="xs" />
                {actor.name}
              </span>
            </span>
          </At>
        ),
      )}
    </>
  );
}

interface SelectionFrameProps {
  readonly id: ElementId;
  readonly canvas: CanvasFrame;
  readonly isEditing: boolean;
  /** An agent's tag is at the same place for a moment. */
  readonly hasOtherTag: boolean;
}

function SelectionFrame({ id, canvas, isEditing, hasOtherTag }: SelectionFrameProps): JSX.Element | null {
  const { live } = useEditor();
  const node = live.template.value.nodes.get(id);
  if (!node) return null;
  return (
    <At key={id} id={id} canvas={canvas}>
      <span class={isEditing ? "f lock a0" : "f"}>
        {hasOtherTag ? null : <SelectionTag id={id} node={node} isEditing={isEditing} />}
        <ModuleToolbar id={id} node={node} canvas={canvas} isEditing={isEditing} />
      </span>
    </At>
  );
}

function SelectionTag({ id, node, isEditing }: { id: ElementId; node: NodeData; isEditing: boolean }): JSX.Element {
  const { live } = useEditor();
  const [you, areEditing] = words.canvas.youEdit;
  const label = kindOf(node) === "module" ? labelOf(node) : placeOf(live.template.value, id);
  return (
    <span class="f-tag">
      <Icon name={iconOf(node)} />
      {isEditing ? (
        <>
          {you} <em>{areEditing}</em>
        </>
      ) : (
        label
      )}
    </span>
  );
}
