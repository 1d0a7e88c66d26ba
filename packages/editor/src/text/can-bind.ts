import type { Schema } from "prosemirror-model";
import { initProseMirrorDoc } from "y-prosemirror";
import * as Y from "yjs";
import { words } from "../words.ts";

type Attributes = Readonly<Record<string, unknown>>;

/**
 * Why a fragment must not be bound to an editor, or undefined when it may. The binding deletes whatever its schema can't
 * build, for everyone in the room, so this has to pass before each mount.
 */
export function whyNotBound(fragment: Y.XmlFragment, schema: Schema): string | undefined {
  const unknown = unknownIn(fragment, schema);
  if (unknown) return words.canvas.opaqueText;
  // The content itself may not fit, such as a text that stands outside of any line.
  const { doc } = initProseMirrorDoc(fragment, schema);
  try {
    doc.check();
  } catch {
    return words.canvas.opaqueText;
  }
  return undefined;
}

function unknownIn(parent: Y.XmlFragment, schema: Schema): boolean {
  return parent.toArray().some((child) => {
    if (child instanceof Y.XmlText) return unknownText(child, schema);
    if (!(child instanceof Y.XmlElement)) return true;
    const type = schema.nodes[child.nodeName];
    return !type || hasUnknown(child.getAttributes(), type.spec.attrs) || unknownIn(child, schema);
  });
}

function unknownText(text: Y.XmlText, schema: Schema): boolean {
  // A text right below the root makes the binding throw.
  if (!(text.parent instanceof Y.XmlElement)) return true;
  const delta: readonly { readonly insert: unknown; readonly attributes?: Attributes }[] = text.toDelta();
  return delta.some(({ insert, attributes = {} }) => {
    if (typeof insert !== "string") return true;
    return Object.entries(attributes).some(([name, value]) => {
      const mark = schema.marks[name];
      return !mark || hasUnknown(value, mark.spec.attrs);
    });
  });
}

function hasUnknown(attributes: unknown, known: Attributes | null | undefined): boolean {
  if (typeof attributes !== "object" || attributes === null) return true;
  return Object.keys(attributes).some((name) => !known || !Object.hasOwn(known, name));
}
