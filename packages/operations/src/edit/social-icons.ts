import { type Draft, type ElementId, parentOf } from "@waggle/template";
import type { OperationContext } from "../context.ts";
import { isOnDarkGround } from "../elements/ground.ts";
import { entriesOf, identifyEntries, textAt } from "../modules/entry-list.ts";
import { settleIconSizes, socialIconsKey, socialModule, socialModuleWith } from "../modules/social.ts";
import { publicIcons } from "../social/icon-set.ts";
import type { IconStyle } from "../social/networks.ts";
import { elementTarget } from "./plain-module.ts";

/** What is known of social modules, with the set of icons of this host. */
export function socialSpec({ socialIcons }: OperationContext): typeof socialModule {
  return socialIcons ? socialModuleWith(socialIcons) : socialModule;
}

interface WrittenIcons {
  readonly elementId: ElementId;
  /** Names of the arguments that changed something. */
  readonly changed: readonly string[];
  readonly iconStyle: IconStyle | undefined;
}

/** Brings the rest of the module in line with what was written; answers with what is to be told. */
export function settleSocial(context: OperationContext, { elementId, changed, iconStyle }: WrittenIcons): string[] {
  const { draft, newId } = context;
  const target = elementTarget({ draft }, elementId);
  if (changed.includes("iconSize")) settleIconSizes(target);
  if (!changed.includes("socialIcons") && !changed.includes("iconStyle")) return [];
  identifyEntries(target, socialIconsKey, newId);
  const images = entriesOf(draft.get(elementId, socialIconsKey)).map((icon) => icon.image);
  const unlinked = images.filter((image) => textAt(image, "href") === "").length;
  return [
    ...(unlinked > 0 ? [`${unlinked} of the icons lead nowhere yet: give each its href.`] : []),
    ...setWarnings(context, { elementId, iconStyle, sources: images.map((image) => textAt(image, "src")) }),
  ];
}

interface SetUse {
  readonly elementId: ElementId;
  readonly iconStyle: IconStyle | undefined;
  readonly sources: readonly string[];
}

function setWarnings(context: OperationContext, { elementId, iconStyle, sources }: SetUse): readonly string[] {
  const set = context.socialIcons ?? publicIcons;
  const ofSet = sources.flatMap((source) => set.find(source) ?? []);
  const outlines = ofSet.filter(({ style }) => style === "outline").map(({ network }) => network.name);
  const isDark = ofSet.length > 0 && isOnDarkGround(context.draft, columnOf(context.draft, elementId));
  return [
    ...(iconStyle === "filled" && outlines.length > 0
      ? [`No filled icon for ${outlines.join(", ")}: the outline is used. outline has all of them.`]
      : []),
    ...(isDark
      ? [
          "The icons are black and stand on a dark colour: give src of light ones, or a light fill with update_column_style.",
        ]
      : []),
  ];
}

const columnOf = (draft: Draft, elementId: ElementId): ElementId => parentOf(draft.require(elementId)) ?? "";
