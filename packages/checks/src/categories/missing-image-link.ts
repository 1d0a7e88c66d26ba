import { type Check, everywhere } from "../check.ts";
import { kindOfAddress } from "../seen/addresses.ts";
import { inList, partsOf } from "../seen/parts.ts";
import type { Reading, VisibleModule } from "../seen/reading.ts";

export const missingImageLink: Check = {
  category: "missingImageLink",
  severity: "suggestion",
  title: "Pictures without a link",
  finds:
    "Pictures and icons that can't be clicked. Readers try: most take a picture for a link. A merge tag counts as a link.",
  fix: "Say where a click leads: `href` of `update_image`, or of the entry in `update_icon`.",
  media: everywhere,
  run: (reading) => ({ findings: reading.modules.flatMap((module) => findingsIn(reading, module)) }),
};

function findingsIn(reading: Reading, { id, node }: VisibleModule) {
  const unlinked = partsOf(node).pictures.filter(
    ({ src, href }) => src.trim() !== "" && href !== undefined && kindOfAddress(href) === "missing",
  );
  return unlinked.map(({ widgetType, label, index, list }) => ({
    element: reading.element(id, { widgetType, label }),
    message: `${index === undefined ? "The picture" : "The icon"} “${label}” has no link.`,
    fix:
      list === undefined
        ? `Say where a click leads: update_image with elementId "${id}" and href.`
        : `Say where a click leads: ${inList(id, { list, index, name: "href" })}`,
    data: index === undefined ? {} : { subModuleIndex: index },
  }));
}
