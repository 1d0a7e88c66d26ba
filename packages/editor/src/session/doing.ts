import type { Person } from "@waggle/sdk";
import { type ElementId, labelOf } from "@waggle/template";
import type { Editor } from "../state/editor.ts";
import { words } from "../words.ts";

export interface Doing {
  readonly text: string;
  /** Where it happens, for "show me". */
  readonly elementId?: ElementId;
  /** True in the moment after an edit landed. */
  readonly isWriting: boolean;
}

/** What a participant does now, as far as anyone can know it from here. */
export function doingOf(editor: Editor, person: Person): Doing {
  return person.isSelf ? ownDoing(editor) : (writingOf(editor, person) ?? restingOf(editor, person));
}

function ownDoing({ view, live }: Editor): Doing {
  const elementId = view.editingId.value ?? view.selectedId.value;
  const label = elementId === undefined ? undefined : labelIn(live.template.value, elementId);
  if (elementId === undefined || label === undefined) return { text: words.session.doing.here, isWriting: false };
  const isEditing = view.editingId.value !== undefined;
  const text = isEditing ? words.session.doing.editing(label) : words.session.doing.at(label);
  return { text, elementId, isWriting: isEditing };
}

function writingOf({ touches, live }: Editor, { actor }: Person): Doing | undefined {
  const touch = [...touches.current.value.values()].findLast((other) => other.actor.id === actor.id);
  const label = touch && labelIn(live.template.value, touch.elementId);
  if (!touch || label === undefined) return undefined;
  const isWriting = touch.phase !== "past";
  const text = isWriting ? words.session.doing.writing(label) : words.session.doing.lastIn(label);
  return { text, elementId: touch.elementId, isWriting };
}

function restingOf({ live }: Editor, { selection }: Person): Doing {
  const label = selection === undefined ? undefined : labelIn(live.template.value, selection);
  if (selection === undefined || label === undefined) return { text: words.session.doing.here, isWriting: false };
  return { text: words.session.doing.at(label), elementId: selection, isWriting: false };
}

function labelIn(template: Editor["live"]["template"]["value"], elementId: ElementId): string | undefined {
  const node = template.nodes.get(elementId);
  return node && labelOf(node);
}
