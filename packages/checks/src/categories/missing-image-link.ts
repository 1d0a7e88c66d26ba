import { type Check, everywhere } from "../check.ts";
import { kindOfAddress } from "../seen/addresses.ts";
import { byHand, partsOf } from "../seen/parts.ts";
import type { Reading, VisibleModule } from "../seen/reading.ts";

export const missingImageLink: Check = {
  category: "missingImageLink",
  severity: "suggestion",
  title: "Pictures without a link",
  finds:
    "Pictures and icons that can't be clicked. Readers try: most take a picture for a link. A merge tag counts as a link.",
  fix: "Say where a click leads: `update_image` with `href`; for icons in the editor, or in the page JSON at the pointer that the finding names.",
  media: everywhere,
  run: (reading) => ({ findings: reading.modules.flatMap((module) => findingsIn(reading, module)) }),
};

function findingsIn(reading: Reading, { id, node }: VisibleModule) {
  const unlinked = partsOf(node).pictures.filter(
    ({ src, href }) => src.trim() !== "" && href !== undefined && kindOfAddress(href) === "missing",
  );
  return unlinked.map(({ widgetType, label, index, hrefAt }) => ({
    element: reading.element(id, { widgetType, label }),
    message: `${index === undefined ? "The picture" : "The icon"} “${label}” has no link.`,
    fix:
      hrefAt === undefined
        ? `Say where a click leads: update_image with elementId "${id}" and href.`
        : `Say where a click leads: ${byHand(id, hrefAt)}`,
    data: index === undefined ? {} : { subModuleIndex: index },
  }));
}
