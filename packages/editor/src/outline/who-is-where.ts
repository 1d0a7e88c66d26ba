import type { Actor } from "@waggle/contract";
import type { ElementId } from "@waggle/template";
import type { Editor } from "../state/editor.ts";

/** Where the others are: agents at what they touched last, people at what they selected. */
export function whoIsWhere({ live, touches, colors }: Editor): ReadonlyMap<ElementId, readonly Actor[]> {
  const places = new Map<string, { readonly actor: Actor; readonly elementId: ElementId }>();
  for (const { actor, selection } of live.people.value) {
    if (selection !== undefined) places.set(actor.id, { actor, elementId: selection });
  }
  for (const { actor, elementId } of touches.current.value.values()) places.set(actor.id, { actor, elementId });
  const here = new Map<ElementId, Actor[]>();
  for (const { actor, elementId } of places.values()) {
    if (!colors.isSelf(actor.id)) here.set(elementId, [...(here.get(elementId) ?? []), actor]);
  }
  return here;
}
