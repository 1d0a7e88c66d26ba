import { type Draft, type ElementId, type ElementKind, kindOf, rootId } from "@waggle/template";

/** An element of the template, deleted ones left out. */
export interface VisibleElement {
  readonly id: ElementId;
  readonly kind: ElementKind;
}

/** The children people see, in order; `root` for the rows. */
export function visibleChildren(draft: Draft, id: ElementId): readonly ElementId[] {
  return draft.visibleChildren(id);
}

/** Rows, columns and modules in document order. */
export function* visibleElements(draft: Draft): Generator<VisibleElement> {
  for (const row of visibleChildren(draft, rootId)) {
    yield { id: row, kind: "row" };
    for (const column of visibleChildren(draft, row)) {
      yield { id: column, kind: "column" };
      for (const module of visibleChildren(draft, column)) yield { id: module, kind: "module" };
    }
  }
}

/** The kind of an element that is there; undefined for the page's settings and for what is not. */
export function findKind(draft: Draft, id: ElementId): ElementKind | undefined {
  const node = draft.find(id);
  const kind = node && kindOf(node);
  return kind === "settings" ? undefined : kind;
}
