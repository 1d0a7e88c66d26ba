import type { Schema } from "prosemirror-model";
import { initProseMirrorDoc } from "y-prosemirror";
import * as Y from "yjs";
import { words } from "../words.ts";

type Attributes = Readonly<Record<string, unknown>>;

/**
 * Calls once with a reason when a text that is bound must be let go: it got something in it that the schema doesn't know, or
 * it is a cell that went or changed its looks. The binding, which would delete the one and undo the other for everyone, has
 * not heard of it by then. Gives the way to stop watching.
 */
export function watchText(fragment: Y.XmlFragment, schema: Schema, onLost: (reason: string) => void): () => void {
  const { doc } = fragment;
  const stop = () => doc?.off("beforeObserverCalls", check);
  const check = (transaction: Y.Transaction) => {
    const reason = transaction.local ? undefined : whyLost(fragment, schema);
    if (reason === undefined) return;
    stop();
    onLost(reason);
  };
  doc?.on("beforeObserverCalls", check);
  return stop;
}

function whyLost(fragment: Y.XmlFragment, schema: Schema): string | undefined {
  if (fragment._item?.deleted) return words.text.removedText;
  if (unknownIn(fragment, schema)) return words.text.newerText;
  if (fragment instanceof Y.XmlElement && !isSameFrame(fragment, schema)) return words.text.changedCell;
  return undefined;
}

function isSameFrame(cell: Y.XmlElement, schema: Schema): boolean {
  const known: Attributes = schema.topNodeType.create().attrs;
  const current: Attributes = cell.getAttributes();
  return Object.keys(known).every((name) => (known[name] ?? null) === (current[name] ?? null));
}

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

function unknownIn(root: Y.XmlFragment, schema: Schema): boolean {
  if (root instanceof Y.XmlElement && hasUnknown(root.getAttributes(), schema.topNodeType.spec.attrs)) return true;
  // A text right below the root makes the binding throw.
  return root.toArray().some((child) => child instanceof Y.XmlText) || unknownBelow(root, schema);
}

function unknownBelow(parent: Y.XmlFragment, schema: Schema): boolean {
  return parent.toArray().some((child) => {
    if (child instanceof Y.XmlText) return unknownText(child, schema);
    if (!(child instanceof Y.XmlElement)) return true;
    const type = schema.nodes[child.nodeName];
    return !type || hasUnknown(child.getAttributes(), type.spec.attrs) || unknownBelow(child, schema);
  });
}

function unknownText(text: Y.XmlText, schema: Schema): boolean {
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
