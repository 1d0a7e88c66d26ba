import { type ElementId, moduleTypeOf } from "@waggle/template";
import type { Reading } from "../seen/reading.ts";

/** Text of a module; head and body of a table are judged apart. */
export interface TextPart {
  readonly elementId: ElementId;
  readonly isTableHead: boolean;
}

/** What the contract calls the text of this part. */
export function widgetTypeOf(reading: Reading, { elementId, isTableHead }: TextPart): { readonly widgetType?: string } {
  const node = reading.snapshot.nodes.get(elementId);
  const type = node && moduleTypeOf(node);
  if (type === "table") return { widgetType: isTableHead ? "table-header" : "table-content" };
  return type === "icons" ? { widgetType: "icon" } : {};
}
