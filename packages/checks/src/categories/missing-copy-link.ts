import { type Check, everywhere } from "../check.ts";
import { kindOfAddress } from "../seen/addresses.ts";
import { type LinkPart, partsOf } from "../seen/parts.ts";
import type { Reading, VisibleModule } from "../seen/reading.ts";

export const missingCopyLink: Check = {
  category: "missingCopyLink",
  severity: "warning",
  title: "Buttons and links that lead nowhere",
  finds:
    "Buttons, social icons and menu entries without a link, or with one that was never filled in (`#`, `https://`, `mailto:`). A merge tag counts as a link.",
  fix: "Say where a click leads: `update_button` with `href`; `update_menu` and `update_social` with `href` in each entry.",
  media: everywhere,
  run: (reading) => ({ findings: reading.modules.flatMap((module) => findingsIn(reading, module)) }),
};

function findingsIn(reading: Reading, { id, node }: VisibleModule) {
  const dead = partsOf(node).links.filter(({ href }) => kindOfAddress(href) === "missing");
  return dead.map((part) => {
    const element = reading.element(id, { label: part.label });
    return {
      element,
      message: `“${element.label}” leads nowhere: a click on it does nothing.`,
      fix: fixOf(part, { id, widgetType: element.widgetType }),
      data: part.index === undefined ? {} : { subModuleIndex: part.index },
    };
  });
}

function fixOf({ index }: LinkPart, { id, widgetType }: { id: string; widgetType: string }): string {
  if (index === undefined) return `Say where it leads: update_button with elementId "${id}" and href.`;
  const tool = widgetType === "social" ? "update_social" : "update_menu";
  return `Say where it leads: ${tool} with elementId "${id}", and href in entry ${index + 1}.`;
}
