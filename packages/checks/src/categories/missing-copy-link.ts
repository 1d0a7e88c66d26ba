import { type Check, everywhere } from "../check.ts";
import { kindOfAddress } from "../seen/addresses.ts";
import { inList, type LinkPart, partsOf } from "../seen/parts.ts";
import type { Reading, VisibleModule } from "../seen/reading.ts";

export const missingCopyLink: Check = {
  category: "missingCopyLink",
  severity: "warning",
  title: "Buttons and links that lead nowhere",
  finds:
    "Buttons, social icons and menu entries without a link, or with one that was never filled in (`#`, `https://`, `mailto:`). A merge tag counts as a link.",
  fix: "Say where a click leads: `href` of `update_button`, or of the entry in `update_social` and `update_menu`.",
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
      fix: fixOf(part, id),
      data: part.index === undefined ? {} : { subModuleIndex: part.index },
    };
  });
}

function fixOf({ list, index }: LinkPart, id: string): string {
  return list === undefined
    ? `Say where it leads: update_button with elementId "${id}" and href.`
    : `Say where it leads: ${inList(id, { list, index, name: "href" })}`;
}
