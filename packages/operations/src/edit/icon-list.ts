import type { ElementId } from "@waggle/template";
import type { OperationContext } from "../context.ts";
import { isEmbeddedPicture } from "../fields/picture.ts";
import { identifyEntries } from "../modules/entry-list.ts";
import { type Icon, iconsKey } from "../modules/icons.ts";
import { embeddedWarning } from "./image-target.ts";
import { elementTarget } from "./plain-module.ts";

interface WrittenIcons {
  readonly elementId: ElementId;
  /** As they stand in the template now. */
  readonly icons: readonly Icon[];
}

/** Completes a list of icons that was written; answers with what is to be told. */
export function settleIcons({ draft, newId }: OperationContext, { elementId, icons }: WrittenIcons): string[] {
  identifyEntries(elementTarget({ draft }, elementId), iconsKey, newId);
  const bare = icons.filter(({ text = "", alt = "" }) => text === "" && alt === "").length;
  return [
    ...(bare > 0 ? [`${bare} of the icons have neither text nor alt: give alt, many readers see no pictures.`] : []),
    ...(icons.some(({ src }) => isEmbeddedPicture(src)) ? [embeddedWarning] : []),
  ];
}
