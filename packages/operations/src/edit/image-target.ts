import type { Draft, ElementId } from "@waggle/template";
import type { ImageTarget } from "../modules/image.ts";

/** An image of the draft, to be written. */
export function imageTarget(draft: Draft, elementId: ElementId): ImageTarget {
  return {
    get: (pointer) => draft.get(elementId, pointer),
    set: (pointer, value) => draft.set(elementId, pointer, value),
    remove: (pointer) => draft.set(elementId, pointer, undefined),
  };
}

/** Tells what mail programs do with pictures that stand in the address itself. */
export const embeddedWarning =
  "Gmail and Outlook show no data: pictures. Put the picture on a server and give its https address.";
