import { type ElementId, type ElementKind, kindOf, type NodeData } from "../document/node.ts";
import type { Draft, Place } from "../draft/draft.ts";

/** Makes ids; `newElementId` does. */
export type NewId = () => ElementId;

/** An element's own properties, under another id: what a copy of it starts from. */
export function propertiesFor(id: ElementId, node: NodeData): NodeData {
  const { type: _type, pos: _pos, ...properties } = node;
  return { ...properties, "/uuid": id };
}

/** A copy of one element without what it holds; answers with its id. */
export function copyAlone(draft: Draft, source: ElementId, { place, newId }: Copying): ElementId {
  const node = draft.require(source);
  const id = newId();
  // Settings have no place, so nothing copies them; rows, columns and modules are what is left.
  draft.create(id, { kind: kindOf(node) as ElementKind, ...place, properties: propertiesFor(id, node) });
  return id;
}

export interface Copying {
  readonly place: Place;
  readonly newId: NewId;
}

/** A copy of an element with all it holds; answers with the id of the copy. */
export function copyWhole(draft: Draft, source: ElementId, { place, newId }: Copying): ElementId {
  const held = draft.children(source).filter((id) => draft.find(id));
  const copy = copyAlone(draft, source, { place, newId });
  held.forEach((id, index) => {
    copyWhole(draft, id, { place: { parent: copy, index }, newId });
  });
  return copy;
}
