/// <reference lib="dom" />
import type { Styles } from "../tree.ts";

/** Makes an element's styles these, through the object model: a strict policy blocks `style` attributes. */
export function applyStyles(element: HTMLElement, before: Styles, after: Styles): void {
  for (const property of Object.keys(before)) {
    if (after[property] === undefined) element.style.removeProperty(property);
  }
  // Setting all in order, not only what changed: a shorthand overwrites the longhands set before it.
  if (!isSame(before, after)) {
    for (const [property, value] of Object.entries(after)) element.style.setProperty(property, value);
  }
}

function isSame(before: Styles, after: Styles): boolean {
  const entries = Object.entries(after);
  return (
    entries.length === Object.keys(before).length && entries.every(([property, value]) => before[property] === value)
  );
}
