import { type Check, everywhere } from "../check.ts";
import { isJsonObject, objectsAt, textOf } from "../seen/json.ts";
import { inList, partsOf } from "../seen/parts.ts";
import type { Reading, VisibleModule } from "../seen/reading.ts";

export const missingAltText: Check = {
  category: "missingAltText",
  severity: "warning",
  title: "Pictures without alt text",
  finds:
    'Pictures, icons and social icons whose alt text is empty. A merge tag counts as text. A picture whose custom attributes say `role="presentation"`, `role="none"` or `aria-hidden="true"` is decoration and needs none.',
  fix: "Say what the picture shows: `alt` of `update_image`, or of the entry in `update_social` and `update_icon`.",
  media: everywhere,
  run: (reading) => ({ findings: reading.modules.flatMap((module) => findingsIn(reading, module)) }),
};

function findingsIn(reading: Reading, { id, node }: VisibleModule) {
  if (objectsAt(node, "/descriptor/customAttributes").some(saysDecoration)) return [];
  const bare = partsOf(node).pictures.filter(({ src, alt }) => src.trim() !== "" && alt.trim() === "");
  return bare.map(({ widgetType, label, index, list }) => ({
    element: reading.element(id, { widgetType, label }),
    message: `${titles[widgetType] ?? "The picture"} “${label}” has no alt text: who does not see it learns nothing of it.`,
    fix:
      list === undefined
        ? `Say what it shows: update_image with elementId "${id}" and alt.`
        : `${hints[widgetType] ?? "Say what it shows"}: ${inList(id, { list, index, name: "alt" })}`,
    data: index === undefined ? {} : { subModuleIndex: index },
  }));
}

const titles: Readonly<Record<string, string>> = { icon: "The icon", social: "The social icon" };
const hints: Readonly<Record<string, string>> = {
  icon: "Say what it stands for",
  social: "Name the profile it leads to",
};

function saysDecoration(attribute: Readonly<Record<string, unknown>>): boolean {
  if (!isJsonObject(attribute)) return false;
  const name = (textOf(attribute.key) || textOf(attribute.name)).toLowerCase();
  const value = textOf(attribute.value).toLowerCase();
  if (name === "aria-hidden") return value === "true";
  return name === "role" && (value === "presentation" || value === "none");
}
